package org.mingchu.gateway.show;

import org.mingchu.sensors.Moment;

import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * How long ago something was, seen from one moment. Immutable.
 *
 * @param now the moment it is seen from
 */
record Ages(Moment now) {
    /**
     * Milliseconds since {@code then}; within one boot by the clock that never jumps, else by the
     * wall clock, which may not know.
     */
    OptionalLong msSince(Moment then) {
        var ms =
                sameBoot(then)
                        ? TimeUnit.NANOSECONDS.toMillis(now.upNs() - then.upNs())
                        : now.wallMs() - then.wallMs();
        return ms >= 0 ? OptionalLong.of(ms) : OptionalLong.empty();
    }

    boolean sameBoot(Moment then) {
        return now.boot().equals(then.boot());
    }

    /**
     * When {@code then} was by today's wall clock: an alarm that began before the clock was set
     * must not be shown in 1970.
     */
    long wallMsOf(Moment then) {
        return sameBoot(then)
                ? now.wallMs() - TimeUnit.NANOSECONDS.toMillis(now.upNs() - then.upNs())
                : then.wallMs();
    }
}
