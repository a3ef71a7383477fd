package org.mingchu.gateway.keep.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * A file that is read whatever state it is in: what is missing, behind its end or on a bad sector
 * reads as zeros. One thread.
 */
final class DamagedFile implements AutoCloseable {
    /** What a card loses at least when it loses something; read one by one after an error. */
    private static final int SECTOR_BYTES = 512;

    private final Optional<FileChannel> channel;
    private final long size;
    private long unreadableBytes;

    private DamagedFile(Optional<FileChannel> channel, long size) {
        this.channel = channel;
        this.size = size;
    }

    /**
     * Opens the file; one that is not there is empty.
     *
     * @throws JournalException when it is there and may not be read
     */
    static DamagedFile open(Path file) {
        if (!Files.isRegularFile(file)) {
            return new DamagedFile(Optional.empty(), 0);
        }
        try {
            var channel = FileChannel.open(file, StandardOpenOption.READ);
            return new DamagedFile(Optional.of(channel), channel.size());
        } catch (IOException e) {
            throw new JournalException(
                    "cannot salvage " + file + ": " + e + "; see that this user may read it", e);
        }
    }

    long size() {
        return size;
    }

    /** Bytes that the card did not give. */
    long unreadableBytes() {
        return unreadableBytes;
    }

    /** Fills the first {@code length} bytes of {@code into} from {@code offset} on. */
    void read(long offset, byte[] into, int length) {
        if (!tryRead(offset, into, 0, length)) {
            for (var at = 0; at < length; at += SECTOR_BYTES) {
                var some = Math.min(SECTOR_BYTES, length - at);
                if (!tryRead(offset + at, into, at, some)) {
                    unreadableBytes += some;
                }
            }
        }
    }

    private boolean tryRead(long offset, byte[] into, int at, int length) {
        var buffer = ByteBuffer.wrap(into, at, length);
        try {
            while (channel.isPresent() && buffer.hasRemaining()) {
                if (channel.get().read(buffer, offset + buffer.position() - at) < 0) {
                    break;
                }
            }
            fillZero(buffer);
            return true;
        } catch (IOException e) {
            fillZero(buffer.position(at));
            return false;
        }
    }

    private static void fillZero(ByteBuffer buffer) {
        while (buffer.hasRemaining()) {
            buffer.put((byte) 0);
        }
    }

    @Override
    public void close() {
        if (channel.isPresent()) {
            try {
                channel.get().close();
            } catch (IOException e) {
                throw new JournalException("cannot close a salvaged file: " + e, e);
            }
        }
    }
}
