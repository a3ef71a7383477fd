package org.mingchu.sensors.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.Optional;

/** At a real socket of the kernel, which a service manager would have made. */
final class NotifySocketTest {
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;

    @TempDir private Path folder;

    @Test
    void a_word_arrives_as_one_datagram() throws Throwable {
        var path = folder.resolve("notify").toString();
        try (var manager = new Manager(path);
                var ear = NotifySocket.of(Optional.of(path)).orElseThrow()) {
            ear.say("READY=1\nSTATUS=看着");
            ear.say("WATCHDOG=1");
            assertThat(manager.hear()).isEqualTo("READY=1\nSTATUS=看着");
            assertThat(manager.hear()).isEqualTo("WATCHDOG=1");
        }
    }

    @Test
    void an_abstract_name_begins_with_a_zero_byte() throws Throwable {
        var name = "@mingchu-test-" + ProcessHandle.current().pid();
        try (var manager = new Manager(name);
                var ear = NotifySocket.of(Optional.of(name)).orElseThrow()) {
            ear.say("READY=1");
            assertThat(manager.hear()).isEqualTo("READY=1");
        }
    }

    @Test
    void a_manager_that_is_gone_costs_nothing_and_one_that_comes_back_hears() throws Throwable {
        var path = folder.resolve("notify").toString();
        try (var ear = NotifySocket.of(Optional.of(path)).orElseThrow()) {
            ear.say("WATCHDOG=1");
            try (var manager = new Manager(path)) {
                ear.say("WATCHDOG=2");
                assertThat(manager.hear()).isEqualTo("WATCHDOG=2");
            }
        }
    }

    @Test
    void without_a_manager_and_with_an_impossible_one_there_is_no_ear() {
        assertThat(NotifySocket.of(Optional.empty())).isEmpty();
        assertThat(NotifySocket.of(Optional.of(""))).isEmpty();
        assertThat(NotifySocket.of(Optional.of("run/notify"))).isEmpty();
        assertThat(NotifySocket.of(Optional.of("/" + "x".repeat(NotifySocket.PATH_BYTES_MAX))))
                .isEmpty();
    }

    @Test
    void after_the_end_nothing_is_said() throws Throwable {
        var path = folder.resolve("notify").toString();
        try (var manager = new Manager(path)) {
            var ear = NotifySocket.of(Optional.of(path)).orElseThrow();
            ear.close();
            ear.close();
            ear.say("WATCHDOG=1");
            assertThat(manager.hear()).isEmpty();
        }
    }

    /** The other end: a bound socket that never waits. */
    private static final class Manager implements AutoCloseable {
        private static final int DATAGRAM_NONBLOCKING = 2 | 0x800;
        private static final int ADDRESS_BYTES = 110;

        private final Arena arena = Arena.ofConfined();
        private final int socket;

        Manager(String path) throws Throwable {
            socket = (int) call("socket", INT, INT, INT, INT).invoke(1, DATAGRAM_NONBLOCKING, 0);
            var bytes = path.getBytes(UTF_8);
            var length = 2 + bytes.length;
            if (bytes[0] == '@') {
                bytes[0] = 0;
            } else {
                length++;
            }
            var address = arena.allocate(ADDRESS_BYTES);
            address.set(ValueLayout.JAVA_SHORT, 0, (short) 1);
            MemorySegment.copy(bytes, 0, address, ValueLayout.JAVA_BYTE, 2, bytes.length);
            var bound =
                    (int)
                            call("bind", INT, INT, ValueLayout.ADDRESS, INT)
                                    .invoke(socket, address, length);
            assertThat(bound).isZero();
        }

        /** What has come; empty when nothing has. */
        String hear() throws Throwable {
            var buffer = arena.allocate(4096);
            var length =
                    (long)
                            call(
                                            "recv",
                                            ValueLayout.JAVA_LONG,
                                            INT,
                                            ValueLayout.ADDRESS,
                                            ValueLayout.JAVA_LONG,
                                            INT)
                                    .invoke(socket, buffer, 4096L, 0);
            return length < 0
                    ? ""
                    : new String(buffer.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE), UTF_8);
        }

        @SuppressWarnings("restricted")
        private static MethodHandle call(
                String name, ValueLayout answer, ValueLayout... arguments) {
            var linker = Linker.nativeLinker();
            return linker.downcallHandle(
                    linker.defaultLookup().find(name).orElseThrow(),
                    FunctionDescriptor.of(answer, arguments));
        }

        @Override
        public void close() {
            try {
                var _ = (int) call("close", INT, INT).invoke(socket);
            } catch (Throwable e) {
                throw new AssertionError(e);
            }
            arena.close();
        }
    }
}
