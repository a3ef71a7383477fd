package org.mingchu.sensors.kernel;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Two calls of the C library, by the 64-bit Linux ABI. Memory is confined to each call: a clock
 * that is read for years must not grow. Any thread.
 */
final class Libc implements KernelCalls {
    private static final Logger LOG = LoggerFactory.getLogger(Libc.class);

    private static final int CLOCK_BOOTTIME = 7;
    private static final long TIMESPEC_BYTES = 16;
    private static final long NANOSECONDS_AT = 8;
    private static final long NS_PER_SECOND = 1_000_000_000;

    /** struct timex: {@code modes} = 0 reads only. */
    private static final long TIMEX_BYTES = 208;

    private static final long MAX_ERROR_AT = 24;
    private static final long STATUS_AT = 40;
    private static final int STA_UNSYNC = 0x40;

    private final MethodHandle clockGettime;
    private final MethodHandle adjtimex;

    private Libc(Linker linker) {
        clockGettime =
                handle(
                        linker,
                        "clock_gettime",
                        FunctionDescriptor.of(
                                ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS));
        adjtimex =
                handle(
                        linker,
                        "adjtimex",
                        FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS));
    }

    /** The C library, or nothing where native access is refused. */
    static KernelCalls open() {
        try {
            return new Libc(Linker.nativeLinker());
        } catch (RuntimeException e) {
            LOG.warn(
                    "event=no-native-calls cause=\"{}\" remedy=\"start with"
                            + " --enable-native-access=ALL-UNNAMED\"",
                    e.getMessage());
            return NONE;
        }
    }

    /** Restricted, because a wrong type would crash: those that are asked for stand in the ABI. */
    @SuppressWarnings("restricted")
    static MethodHandle handle(Linker linker, String name, FunctionDescriptor type) {
        return linker.downcallHandle(linker.defaultLookup().find(name).orElseThrow(), type);
    }

    @Override
    public OptionalLong bootNs() {
        try (var arena = Arena.ofConfined()) {
            var time = arena.allocate(TIMESPEC_BYTES, Long.BYTES);
            if (bootTime(time) != 0) {
                return OptionalLong.empty();
            }
            return OptionalLong.of(
                    time.get(ValueLayout.JAVA_LONG, 0) * NS_PER_SECOND
                            + time.get(ValueLayout.JAVA_LONG, NANOSECONDS_AT));
        }
    }

    @Override
    public Optional<Timex> timex() {
        try (var arena = Arena.ofConfined()) {
            var timex = arena.allocate(TIMEX_BYTES, Long.BYTES);
            if (adjust(timex) < 0) {
                return Optional.empty();
            }
            return Optional.of(
                    new Timex(
                            (timex.get(ValueLayout.JAVA_INT, STATUS_AT) & STA_UNSYNC) == 0,
                            timex.get(ValueLayout.JAVA_LONG, MAX_ERROR_AT)));
        }
    }

    private int bootTime(MemorySegment time) {
        try {
            return (int) clockGettime.invokeExact(CLOCK_BOOTTIME, time);
        } catch (Throwable e) {
            throw new IllegalStateException("clock_gettime cannot be called", e);
        }
    }

    private int adjust(MemorySegment timex) {
        try {
            return (int) adjtimex.invokeExact(timex);
        } catch (Throwable e) {
            throw new IllegalStateException("adjtimex cannot be called", e);
        }
    }
}
