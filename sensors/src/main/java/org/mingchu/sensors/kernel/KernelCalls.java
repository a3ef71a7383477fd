package org.mingchu.sensors.kernel;

import java.util.Optional;
import java.util.OptionalLong;

/** What the kernel answers to calls, as far as it answers. Any thread. */
interface KernelCalls {
    /** A kernel that answers nothing: the clock then reads files. */
    KernelCalls NONE =
            new KernelCalls() {
                @Override
                public OptionalLong bootNs() {
                    return OptionalLong.empty();
                }

                @Override
                public Optional<Timex> timex() {
                    return Optional.empty();
                }
            };

    /** CLOCK_BOOTTIME in nanoseconds. */
    OptionalLong bootNs();

    /** What {@code adjtimex} says without changing anything. */
    Optional<Timex> timex();

    /**
     * The kernel's opinion of its wall clock.
     *
     * @param synced whether STA_UNSYNC is clear
     * @param maxErrorUs bound of the error in microseconds; grows by 500 ppm since the last update
     */
    record Timex(boolean synced, long maxErrorUs) {}
}
