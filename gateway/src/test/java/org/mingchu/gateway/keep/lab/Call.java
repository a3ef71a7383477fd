package org.mingchu.gateway.keep.lab;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One call that changed the disk, or a mark between two of them. Paths are absolute. */
sealed interface Call {
    /**
     * A file or folder was opened.
     *
     * @param made it was not there before
     * @param emptied it was, and lost its content
     */
    record Open(int fd, String path, boolean made, boolean emptied, boolean folder)
            implements Call {}

    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Write(int fd, long offset, byte[] data) implements Call {}

    record Truncate(int fd, long length) implements Call {}

    record Sync(int fd) implements Call {}

    /**
     * As Linux fails: what was waiting may be on the disk or not, and no later sync writes it
     * again.
     */
    record SyncFailed(int fd) implements Call {}

    record Close(int fd) implements Call {}

    record Rename(String from, String to) implements Call {}

    record Unlink(String path) implements Call {}

    record MakeFolder(String path) implements Call {}

    record RemoveFolder(String path) implements Call {}

    /** So many lines of the account were true by then. */
    record Mark(int lines) implements Call {}

    /** All calls of a log, in the order in which they were done. */
    static List<Call> read(Path log) throws IOException {
        var calls = new ArrayList<Call>();
        try (var channel = FileChannel.open(log)) {
            var bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
            bytes.order(ByteOrder.nativeOrder());
            while (bytes.hasRemaining()) {
                calls.add(next(bytes));
            }
        }
        return calls;
    }

    private static Call next(ByteBuffer bytes) {
        var op = bytes.getInt();
        var fd = bytes.getInt();
        var offset = bytes.getLong();
        var flags = bytes.getInt();
        var path = new byte[bytes.getInt()];
        var data = new byte[bytes.getInt()];
        bytes.getInt();
        bytes.get(path).get(data);
        var name = new String(path, StandardCharsets.UTF_8);
        return switch (op) {
            case 1 -> new Open(fd, name, (flags & 1) != 0, (flags & 2) != 0, (flags & 4) != 0);
            case 2 -> new Write(fd, offset, data);
            case 3 -> new Truncate(fd, offset);
            case 4 -> new Sync(fd);
            case 5 -> new Close(fd);
            case 6 -> new Rename(name, new String(data, StandardCharsets.UTF_8));
            case 7 -> new Unlink(name);
            case 8 -> new MakeFolder(name);
            case 9 -> new RemoveFolder(name);
            case 10 -> new Mark(Integer.parseInt(name));
            case 12 -> new SyncFailed(fd);
            default -> throw new AssertionError("the recorder cannot follow " + name);
        };
    }
}
