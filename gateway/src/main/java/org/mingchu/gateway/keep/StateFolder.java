package org.mingchu.gateway.keep;

import static java.nio.charset.StandardCharsets.US_ASCII;

import org.mingchu.gateway.keep.store.JournalException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * The folder with everything the gateway keeps, mode 0700, held by one process at a time through
 * its {@code lock} file. Any thread; closing lets go of the lock.
 */
public final class StateFolder implements AutoCloseable {
    private static final String FOLDER_MODE = "rwx------";
    private static final String FILE_MODE = "rw-------";
    private static final List<String> ROOMS = List.of("quarantine", "rules", "tls");
    private static final int TOKEN_BYTES = 32;
    private static final Pattern TOKEN = Pattern.compile("[0-9a-f]{64}");

    private final Path path;
    private final FileChannel lock;
    private final String consoleToken;

    private StateFolder(Path path, FileChannel lock, String consoleToken) {
        this.path = path;
        this.lock = lock;
        this.consoleToken = consoleToken;
    }

    /**
     * Makes the folder if need be, and takes it.
     *
     * @param chance where a new console token comes from; a secure one outside films
     * @throws StateInUse when another process has it
     * @throws JournalException when it cannot be made or read
     */
    public static StateFolder open(Path path, RandomGenerator chance) {
        try {
            makeFolder(path);
            var lock = lock(path);
            try {
                for (var room : ROOMS) {
                    makeFolder(path.resolve(room));
                }
                return new StateFolder(path, lock, token(path, chance));
            } catch (IOException | RuntimeException e) {
                lock.close();
                throw e;
            }
        } catch (IOException e) {
            throw new JournalException(
                    "cannot use state folder "
                            + path
                            + ": "
                            + why(e)
                            + "; give it a folder that this user may write",
                    e);
        }
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
     */
    public String consoleToken() {
        return consoleToken;
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new JournalException("cannot let go of state folder " + path + ": " + e, e);
        }
    }

    /** Folders that are there already are narrowed too: a restored copy may stand open. */
    static void makeFolder(Path folder) throws IOException {
        var mode = PosixFilePermissions.fromString(FOLDER_MODE);
        Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(mode));
        Files.setPosixFilePermissions(folder, mode);
    }

    private static FileChannel lock(Path folder) throws IOException {
        var channel =
                FileChannel.open(
                        folder.resolve("lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
        if (!taken(channel)) {
            channel.close();
            throw new StateInUse(folder);
        }
        return channel;
    }

    private static boolean taken(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false; // this very process has it
        }
    }

    private static String token(Path folder, RandomGenerator chance) throws IOException {
        var file = folder.resolve("console.token");
        if (Files.exists(file)) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(FILE_MODE));
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
