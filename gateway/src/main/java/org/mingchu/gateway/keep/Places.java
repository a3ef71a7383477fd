package org.mingchu.gateway.keep;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Pictures of the places where probes hang, one for each probe, in {@value #FOLDER} of the state
 * folder, mode 0600. The record has their hashes. Any thread, one at a time.
 */
public final class Places {
    /** Within the state folder. */
    public static final String FOLDER = "places";

    /** Longest picture, in bytes: what a tablet takes at full size. */
    public static final int BYTES_MAX = 4 << 20;

    /** All of them together, in bytes: a kitchen of sixteen probes at full size. */
    public static final long ALL_BYTES_MAX = 64L << 20;

    /** An id of the site file; so no name can climb out of the folder. */
    private static final Pattern ID = Pattern.compile("[a-z0-9-]{1,40}");

    private static final String ENDING = ".jpg";

    private final Path folder;

    public Places(Path state) {
        this.folder = state.resolve(FOLDER);
    }

    /** What came of putting one down. */
    public enum Put {
        DONE,
        /** All of them together would be more than {@link #ALL_BYTES_MAX}. */
        NO_ROOM
    }

    /**
     * Puts a picture down in one step, in the place of an older one.
     *
     * @throws UncheckedIOException when the disk does not take it
     */
    public synchronized Put put(String sensor, byte[] picture) {
        if (!ID.matcher(sensor).matches() || picture.length > BYTES_MAX) {
            throw new IllegalArgumentException(sensor + ", " + picture.length + " bytes");
        }
        try {
            StateFolder.makeFolder(folder);
            if (bytesBeside(sensor) + picture.length > ALL_BYTES_MAX) {
                return Put.NO_ROOM;
            }
            var fresh = folder.resolve(sensor + ".new");
            Files.deleteIfExists(fresh);
            Files.createFile(
                    fresh,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------")));
            Files.write(fresh, picture, StandardOpenOption.WRITE);
            try (var file = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
                file.force(true);
            }
            Files.move(fresh, file(sensor), StandardCopyOption.ATOMIC_MOVE);
            return Put.DONE;
        } catch (IOException e) {
            throw new UncheckedIOException("picture of " + sensor + " not kept: " + e, e);
        }
    }

    private long bytesBeside(String sensor) throws IOException {
        var sum = 0L;
        try (var files = Files.newDirectoryStream(folder, "*" + ENDING)) {
            for (var file : files) {
                sum += file.equals(file(sensor)) ? 0 : Files.size(file);
            }
        }
        return sum;
    }

    /** The picture of a probe's place; empty where there is none. */
    public synchronized Optional<byte[]> of(String sensor) {
        if (!ID.matcher(sensor).matches()) {
            return Optional.empty();
        }
        try (var in = Files.newInputStream(file(sensor))) {
            return Optional.of(in.readNBytes(BYTES_MAX));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whose places there are pictures of. */
    public synchronized Set<String> sensors() {
        var sensors = new TreeSet<String>();
        try (var files = Files.newDirectoryStream(folder, "*" + ENDING)) {
            for (var file : files) {
                var name = file.getFileName().toString();
                sensors.add(name.substring(0, name.length() - ENDING.length()));
            }
        } catch (IOException _) {
            return Set.of(); // none was ever put there
        }
        return sensors;
    }

    private Path file(String sensor) {
        return folder.resolve(sensor + ENDING);
    }
}
