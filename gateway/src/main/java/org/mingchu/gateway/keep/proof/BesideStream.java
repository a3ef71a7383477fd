package org.mingchu.gateway.keep.proof;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Hands what is written on to a stream that is slow for the processor, chunk by chunk, and lets a
 * thread of its own write it there while the next chunk comes. Closing waits for the last byte; the
 * stream behind stays open. What fails there is thrown at the next chunk, or by closing. Less than
 * a chunk needs no thread. One thread writes and closes.
 */
final class BesideStream extends OutputStream {
    private static final int CHUNK_BYTES = 1 << 16;

    /** So many chunks wait at most: enough for a pause of either side, 512 KiB in all. */
    private static final int CHUNKS_MAX = 8;

    private final OutputStream behind;

    /** Never waits for room: there are no more chunks. */
    private final BlockingQueue<Chunk> full = new ArrayBlockingQueue<>(CHUNKS_MAX + 1);

    private final BlockingQueue<Chunk> empty = new ArrayBlockingQueue<>(CHUNKS_MAX);
    private Chunk chunk = new Chunk();
    private int chunks = 1;
    private boolean closed;
    private boolean told;
    private Optional<Thread> writer = Optional.empty();
    private volatile Optional<Throwable> failure = Optional.empty();

    BesideStream(OutputStream behind) {
        this.behind = behind;
    }

    private static final class Chunk {
        final byte[] bytes = new byte[CHUNK_BYTES];
        int length;
        boolean last;

        void to(OutputStream out) throws IOException {
            out.write(bytes, 0, length);
            length = 0;
        }
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        var next = from;
        while (next < from + length) {
            if (chunk.length == CHUNK_BYTES) {
                handOver();
            }
            var count = Math.min(from + length - next, CHUNK_BYTES - chunk.length);
            System.arraycopy(bytes, next, chunk.bytes, chunk.length, count);
            chunk.length += count;
            next += count;
        }
    }

    private void handOver() throws IOException {
        throwFailure();
        if (writer.isEmpty()) {
            writer = Optional.of(Thread.ofPlatform().daemon().name("export").start(this::writeAll));
        }
        full.add(chunk);
        if (chunks < CHUNKS_MAX) {
            chunks++;
            chunk = new Chunk();
            return;
        }
        try {
            chunk = empty.take();
        } catch (InterruptedException e) {
            chunk = new Chunk(); // for the end
            throw interrupted();
        }
    }

    private static InterruptedIOException interrupted() {
        Thread.currentThread().interrupt();
        return new InterruptedIOException("interrupted while an export was written");
    }

    /** Takes chunks to the last one, even after a failure: nobody may wait for this in vain. */
    private void writeAll() {
        try {
            for (var last = false; !last; ) {
                var taken = full.take();
                last = taken.last;
                pass(taken);
                empty.offer(taken);
            }
        } catch (InterruptedException e) {
            failure = Optional.of(e);
        }
    }

    private void pass(Chunk taken) {
        try {
            if (failure.isEmpty()) {
                taken.to(behind);
            }
        } catch (IOException | RuntimeException | Error e) {
            failure = Optional.of(e);
        } finally {
            taken.length = 0;
        }
    }

    private void throwFailure() throws IOException {
        var cause = failure.orElse(null);
        if (cause instanceof Error error && !told) {
            told = true; // whoever is closed after it cannot suppress it by itself
            throw error;
        }
        if (cause != null) {
            throw new IOException(cause.getMessage(), cause);
        }
    }

    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        if (writer.isEmpty()) {
            chunk.to(behind);
            return;
        }
        chunk.last = true;
        full.add(chunk);
        try {
            writer.get().join();
        } catch (InterruptedException e) {
            failure = Optional.of(e); // what is left need not be written
            throw interrupted();
        }
        throwFailure();
    }
}
