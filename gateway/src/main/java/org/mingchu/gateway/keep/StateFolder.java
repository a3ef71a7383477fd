package org.mingchu.gateway.keep;

import static java.nio.charset.StandardCharsets.US_ASCII;

import org.jspecify.annotations.Nullable;
import org.mingchu.gateway.keep.store.JournalException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * The folder with everything the gateway keeps, mode 0700, held by one process at a time through
 * its {@code lock} file. Any thread; closing lets go of the lock.
 */
public final class StateFolder implements AutoCloseable {
    private static final String FOLDER_MODE = "rwx------";
    private static final Logger LOG = LoggerFactory.getLogger(StateFolder.class);
    private static final String LOCK = "lock";
    private static final String FILE_MODE = "rw-------";
    private static final List<String> ROOMS = List.of("quarantine", "rules", "tls");
    private static final int TOKEN_BYTES = 32;
    private static final Pattern TOKEN = Pattern.compile("[0-9a-f]{64}");

    private final Path path;
    private final RandomGenerator chance;
    private Optional<FileChannel> lock = Optional.empty();
    private Optional<String> consoleToken = Optional.empty();

    private StateFolder(Path path, RandomGenerator chance) {
        this.path = path;
        this.chance = chance;
    }

    /**
     * Makes the folder if need be, and takes it.
     *
     * @param chance where a new console token comes from; a secure one outside films
     * @throws StateInUse when another process has it
     * @throws JournalException when it cannot be made or read
     */
    public static StateFolder open(Path path, RandomGenerator chance) {
        var folder = new StateFolder(path, chance);
        try {
            folder.take();
            folder.token();
            return folder;
        } catch (IOException e) {
            folder.close();
            throw folder.refused(e);
        }
    }

    /**
     * The same for the agent, which a disk that refuses must not keep from watching the kitchen:
     * what cannot be had now is asked for again by {@link #settle}.
     *
     * @throws StateInUse when another process has it
     */
    public static StateFolder hold(Path path, RandomGenerator chance) {
        var folder = new StateFolder(path, chance);
        try {
            folder.take();
        } catch (IOException e) {
            refuseSecond(path);
            LOG.error(
                    "event=state-folder-refused cause=\"{}\" remedy=\"the record is in memory until"
                            + " it can be written\"",
                    folder.refused(e).getMessage());
        }
        return folder;
    }

    /**
     * Takes the folder if it is not taken yet. Until then nothing in it may be opened to be
     * written.
     *
     * @throws JournalException while it cannot be taken
     */
    public synchronized void settle() {
        try {
            take();
        } catch (StateInUse e) {
            throw new JournalException(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw refused(e);
        }
    }

    private synchronized void take() throws IOException {
        if (lock.isPresent()) {
            return;
        }
        try {
            makeFolder(path);
        } catch (IOException e) {
            if (!Files.isDirectory(path)) {
                throw e;
            }
            // Somebody else's, as it seems; whether it can be written the lock will show.
            LOG.warn("event=state-folder-open folder={} cause=\"{}\"", path, why(e));
        }
        lock = Optional.of(lock(path));
        for (var room : ROOMS) {
            try {
                makeFolder(path.resolve(room));
            } catch (IOException e) {
                // Whoever needs it makes it, and says so when that fails.
                LOG.warn("event=room-missing room={} cause=\"{}\"", room, why(e));
            }
        }
    }

    /** Where nothing can be written, a lock for reading still shows whether another agent runs. */
    private static void refuseSecond(Path folder) {
        try (var channel = FileChannel.open(folder.resolve(LOCK), StandardOpenOption.READ)) {
            if (!taken(() -> channel.tryLock(0, Long.MAX_VALUE, true))) {
                throw new StateInUse(folder);
            }
        } catch (IOException e) {
            LOG.warn("event=lock-unreadable folder={} cause=\"{}\"", folder, why(e));
        }
    }

    private JournalException refused(IOException e) {
        return new JournalException(
                "cannot use state folder "
                        + path
                        + ": "
                        + why(e)
                        + "; give it a folder that this user may write",
                e);
    }

    /** In words; the names of the exceptions are ours, not a technician's. */
    static String why(IOException e) {
        return switch (e) {
            case NoSuchFileException _ -> "it cannot be made there";
            case FileAlreadyExistsException _ -> "a file is in its place";
            case AccessDeniedException denied -> "this user may not write " + denied.getFile();
            case FileSystemException failed when failed.getReason() != null ->
                    failed.getFile() + ": " + failed.getReason();
            default -> e.toString();
        };
    }

    public Path path() {
        return path;
    }

    /**
     * What a command of this user shows to a running agent: 64 hexadecimal digits. Never logged.
     *
     * @throws JournalException when there is none and none can be written
     */
    public String consoleToken() {
        try {
            return token();
        } catch (IOException e) {
            throw refused(e);
        }
    }

    private synchronized String token() throws IOException {
        if (consoleToken.isEmpty()) {
            consoleToken = Optional.of(token(path, chance));
        }
        return consoleToken.get();
    }

    @Override
    public synchronized void close() {
        try {
            if (lock.isPresent()) {
                lock.get().close();
            }
        } catch (IOException e) {
            throw new JournalException("cannot let go of state folder " + path + ": " + e, e);
        }
    }

    /** Folders that are there already are narrowed too: a restored copy may stand open. */
    static void makeFolder(Path folder) throws IOException {
        var mode = PosixFilePermissions.fromString(FOLDER_MODE);
        Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(mode));
        narrow(folder, mode);
    }

    /** Only where it is wider: a disk that takes no write is no reason to fail over what is so. */
    static void narrow(Path path, Set<PosixFilePermission> mode) throws IOException {
        if (!Files.getPosixFilePermissions(path).equals(mode)) {
            Files.setPosixFilePermissions(path, mode);
        }
    }

    private static FileChannel lock(Path folder) throws IOException {
        var channel =
                FileChannel.open(
                        folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (taken(channel::tryLock)) {
                return channel;
            }
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        channel.close();
        throw new StateInUse(folder);
    }

    /** Tries to lock; null when another process has it. */
    @FunctionalInterface
    private interface Attempt {
        @Nullable FileLock lock() throws IOException;
    }

    private static boolean taken(Attempt attempt) throws IOException {
        try {
            return attempt.lock() != null;
        } catch (OverlappingFileLockException e) {
            return false; // this very process has it
        }
    }

    private static String token(Path folder, RandomGenerator chance) throws IOException {
        var file = folder.resolve("console.token");
        if (Files.exists(file)) {
            narrow(file, PosixFilePermissions.fromString(FILE_MODE));
            var token = Files.readString(file, US_ASCII).strip();
            if (TOKEN.matcher(token).matches()) {
                return token;
            }
        }
        return newToken(file, chance);
    }

    /** Beside, forced, then renamed: a power cut leaves no half token. */
    private static String newToken(Path file, RandomGenerator chance) throws IOException {
        var bytes = new byte[TOKEN_BYTES];
        chance.nextBytes(bytes);
        var token = HexFormat.of().formatHex(bytes);
        var draft = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(draft);
        Files.createFile(
                draft,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(FILE_MODE)));
        try (var out = FileChannel.open(draft, StandardOpenOption.WRITE)) {
            out.write(ByteBuffer.wrap((token + '\n').getBytes(US_ASCII)));
            out.force(true);
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        return token;
    }
}
