package org.mingchu.gateway.keep.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

@Timeout(20)
class BesideStreamTest {
    private static final int SOME_CHUNKS = 3_000_000;

    private final Random chance = new Random(1);

    @Test
    void every_byte_arrives_in_order_whatever_the_pieces() throws Exception {
        var bytes = new byte[SOME_CHUNKS];
        chance.nextBytes(bytes);
        var behind = new ByteArrayOutputStream();
        try (var beside = new BesideStream(behind)) {
            for (var next = 0; next < bytes.length; ) {
                var count = Math.min(chance.nextInt(200_000), bytes.length - next);
                beside.write(bytes, next, count);
                next += count;
                if (next < bytes.length) {
                    beside.write(bytes[next++]);
                }
            }
        }
        assertThat(behind.toByteArray()).isEqualTo(bytes);
    }

    @Test
    void little_is_written_by_the_thread_that_has_it_and_much_by_another() throws Exception {
        assertThat(writers(1_000)).containsExactly(Thread.currentThread());
        assertThat(writers(SOME_CHUNKS)).hasSize(1).doesNotContain(Thread.currentThread());
    }

    private static Set<Thread> writers(int bytes) throws IOException {
        var threads = new HashSet<Thread>();
        try (var beside = new BesideStream(new Behind(_ -> threads.add(Thread.currentThread())))) {
            beside.write(new byte[bytes]);
        }
        return threads;
    }

    @Test
    void what_fails_behind_is_told_and_nothing_more_is_written_there() {
        var taken = new int[1];
        var behind =
                new Behind(count -> {
                    taken[0]++;
                    throw new IOException("No space left on device");
                });
        assertThatIOException()
                .isThrownBy(() -> {
                    try (var beside = new BesideStream(behind)) {
                        beside.write(new byte[SOME_CHUNKS]);
                    }
                })
                .withMessage("No space left on device");
        assertThat(taken[0]).isEqualTo(1);
    }

    @Test
    void what_came_before_a_source_failed_is_written_all_the_same() {
        var behind = new ByteArrayOutputStream();
        assertThatIOException()
                .isThrownBy(() -> {
                    try (var beside = new BesideStream(behind)) {
                        beside.write(new byte[SOME_CHUNKS]);
                        throw new IOException("the card is out");
                    }
                })
                .withMessage("the card is out");
        assertThat(behind.size()).isEqualTo(SOME_CHUNKS);
    }

    @Test
    void an_error_behind_stays_an_error() {
        var behind =
                new Behind(_ -> {
                    throw new OutOfMemoryError("packing");
                });
        assertThatThrownBy(
                        () -> {
                            try (var beside = new BesideStream(behind)) {
                                beside.write(new byte[SOME_CHUNKS]);
                            }
                        })
                .isInstanceOf(OutOfMemoryError.class);
    }

    @Test
    void who_is_interrupted_goes_and_the_thread_beside_ends() throws Exception {
        var came = new CountDownLatch(1);
        var may = new CountDownLatch(1);
        var beside = new AtomicReference<Thread>();
        var behind =
                new Behind(_ -> {
                    beside.set(Thread.currentThread());
                    came.countDown();
                    may.await();
                });
        var source = Thread.currentThread();
        assertThatThrownBy(
                        () -> {
                            try (var stream = new BesideStream(behind)) {
                                stream.write(new byte[1 << 17]);
                                came.await();
                                source.interrupt();
                                stream.write(new byte[SOME_CHUNKS]);
                            }
                        })
                .isInstanceOf(InterruptedIOException.class);
        assertThat(Thread.interrupted()).isTrue();
        may.countDown();
        beside.get().join();
    }

    /** A table's writer may close it, and whoever opened it does. */
    @Test
    void closing_twice_is_closing_once() throws Exception {
        var behind = new ByteArrayOutputStream();
        try (var beside = new BesideStream(behind)) {
            try (var table = new PrintStream(beside, false, UTF_8)) {
                table.print("all");
            }
        }
        assertThat(behind.toString(UTF_8)).isEqualTo("all");
    }

    private interface Taking {
        void take(int count) throws IOException, InterruptedException;
    }

    private static final class Behind extends OutputStream {
        private final Taking taking;

        Behind(Taking taking) {
            this.taking = taking;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            try {
                taking.take(length);
            } catch (InterruptedException e) {
                throw new AssertionError("nobody interrupts the thread beside", e);
            }
        }
    }
}
