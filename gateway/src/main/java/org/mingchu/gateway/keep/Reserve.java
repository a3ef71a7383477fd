package org.mingchu.gateway.keep;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file that only takes up room, to be given back when the disk is full: then the last alarms can
 * still be written. One thread.
 */
final class Reserve {
    /** Room for about 500 alarms with all that SQLite writes for each. */
    static final int BYTES = 1 << 20;

    private static final int BLOCK_BYTES = 1 << 16;

    private final Path file;

    Reserve(Path folder) {
        file = folder.resolve("reserve");
    }

    /** Whether it is there, or could be made. */
    boolean make() {
        try {
            if (isThere()) {
                return true;
            }
            write();
            return true;
        } catch (IOException e) {
            release();
            return false;
        }
    }

    /** What it takes up now. */
    long bytes() {
        try {
            return isThere() ? BYTES : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    private boolean isThere() throws IOException {
        return Files.exists(file) && Files.size(file) == BYTES;
    }

    /** Written, not only made long: a hole takes up no room. */
    private void write() throws IOException {
        try (var out = FileChannel.open(file, CREATE, WRITE)) {
            for (var at = 0; at < BYTES; at += BLOCK_BYTES) {
                out.write(ByteBuffer.allocate(BLOCK_BYTES), at);
            }
            out.force(true);
        }
    }

    /** Gives the room back; false when there was none. */
    boolean release() {
        try {
            return Files.deleteIfExists(file);
        } catch (IOException e) {
            return false;
        }
    }
}
