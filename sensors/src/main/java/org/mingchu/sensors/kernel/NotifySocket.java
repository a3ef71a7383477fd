package org.mingchu.sensors.kernel;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/**
 * The service manager's ear, by the protocol of {@code sd_notify(3)}: one datagram to the socket
 * that {@code NOTIFY_SOCKET} names. The JDK has stream sockets of that family only, so three calls
 * of the C library are made, by the 64-bit Linux ABI. A word that cannot be delivered is said once
 * in the log and lost: the manager then does what it does with a program that hangs. Any thread.
 */
public final class NotifySocket implements AutoCloseable {
    /** What {@code sun_path} takes, in bytes; the last one stays zero. */
    static final int PATH_BYTES_MAX = 107;

    private static final Logger LOG = LoggerFactory.getLogger(NotifySocket.class);

    private static final short AF_UNIX = 1;
    private static final int SOCK_DGRAM = 2;
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int MSG_NOSIGNAL = 0x4000;
    private static final int MSG_DONTWAIT = 0x40;

    /** struct sockaddr_un: the family in two bytes, then the path. */
    private static final int FAMILY_BYTES = 2;

    private final Arena arena = Arena.ofShared();
    private final MemorySegment address;
    private final MethodHandle sendto;
    private final MethodHandle closing;
    private final int socket;
    private boolean failing;
    private boolean closed;

    private NotifySocket(String path, Linker linker) {
        address = address(path, arena);
        sendto =
                Libc.handle(
                        linker,
                        "sendto",
                        FunctionDescriptor.of(
                                ValueLayout.JAVA_LONG,
                                ValueLayout.JAVA_INT,
                                ValueLayout.ADDRESS,
                                ValueLayout.JAVA_LONG,
                                ValueLayout.JAVA_INT,
                                ValueLayout.ADDRESS,
                                ValueLayout.JAVA_INT));
        closing =
                Libc.handle(
                        linker,
                        "close",
                        FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
        socket = open(linker);
    }

    /**
     * The ear that the environment names.
     *
     * @param path what {@code NOTIFY_SOCKET} holds; empty when no manager has started this program
     * @return empty as well where it cannot be had, which is said in the log
     */
    public static Optional<NotifySocket> of(Optional<String> path) {
        if (path.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new NotifySocket(path.get(), Linker.nativeLinker()));
        } catch (RuntimeException e) {
            LOG.error(
                    "event=no-service-manager NOTIFY_SOCKET={} cause=\"{}\" remedy=\"start with"
                            + " --enable-native-access=ALL-UNNAMED, from a unit of Type=notify\"",
                    path.get(),
                    e.getMessage());
            return Optional.empty();
        }
    }

    /** Says one or more lines such as {@code READY=1}; never waits. */
    public synchronized void say(String words) {
        if (closed) {
            return;
        }
        try (var call = Arena.ofConfined()) {
            var bytes = words.getBytes(UTF_8);
            var sent = send(call.allocateFrom(ValueLayout.JAVA_BYTE, bytes), bytes.length);
            if (sent != bytes.length && !failing) {
                LOG.error(
                        "event=service-manager-deaf words=\"{}\"",
                        words.lines().findFirst().orElse(""));
            }
            failing = sent != bytes.length;
        }
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            shut();
            arena.close();
        }
    }

    /** A name that begins with @ is one of the abstract namespace: a zero byte stands there. */
    private static MemorySegment address(String path, Arena arena) {
        var bytes = path.getBytes(UTF_8);
        if (bytes.length == 0 || bytes.length > PATH_BYTES_MAX) {
            throw new IllegalArgumentException("1 to " + PATH_BYTES_MAX + " bytes are an address");
        }
        if (bytes[0] == '@') {
            bytes[0] = 0;
        } else if (bytes[0] != '/') {
            throw new IllegalArgumentException("neither a path nor an abstract name");
        }
        var made = arena.allocate(FAMILY_BYTES + bytes.length + (bytes[0] == 0 ? 0L : 1L));
        made.set(ValueLayout.JAVA_SHORT, 0, AF_UNIX);
        MemorySegment.copy(bytes, 0, made, ValueLayout.JAVA_BYTE, FAMILY_BYTES, bytes.length);
        return made;
    }

    private static int open(Linker linker) {
        var call =
                Libc.handle(
                        linker,
                        "socket",
                        FunctionDescriptor.of(
                                ValueLayout.JAVA_INT,
                                ValueLayout.JAVA_INT,
                                ValueLayout.JAVA_INT,
                                ValueLayout.JAVA_INT));
        int socket;
        try {
            socket = (int) call.invokeExact((int) AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
        } catch (Throwable e) {
            throw new IllegalStateException("socket cannot be called", e);
        }
        if (socket < 0) {
            throw new IllegalStateException("the kernel gives no socket");
        }
        return socket;
    }

    private long send(MemorySegment words, int length) {
        try {
            return (long)
                    sendto.invokeExact(
                            socket,
                            words,
                            (long) length,
                            MSG_NOSIGNAL | MSG_DONTWAIT,
                            address,
                            (int) address.byteSize());
        } catch (Throwable e) {
            throw new IllegalStateException("sendto cannot be called", e);
        }
    }

    private void shut() {
        try {
            var _ = (int) closing.invokeExact(socket);
        } catch (Throwable e) {
            throw new IllegalStateException("close cannot be called", e);
        }
    }
}
