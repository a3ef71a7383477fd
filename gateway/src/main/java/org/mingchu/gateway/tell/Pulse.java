package org.mingchu.gateway.tell;

import org.mingchu.gateway.judge.AlarmState;
import org.mingchu.gateway.judge.Lane;
import org.mingchu.gateway.judge.State;
import org.mingchu.sensors.Moment;

import java.util.function.Supplier;

/** Makes the heartbeat: that we live, and how far the platform is behind. One thread. */
final class Pulse {
    /** Ranges above the floor that are counted; beyond it the backlog is an upper bound. */
    private static final int RANGES_MAX = 100;

    private final Outbox outbox;
    private final NativeEncoder encoder;
    private final Supplier<State> state;
    private final Delivery alarms;
    private final Delivery readings;
    private long dueNs = Long.MIN_VALUE;

    Pulse(
            Outbox outbox,
            NativeEncoder encoder,
            Supplier<State> state,
            Delivery alarms,
            Delivery readings) {
        this.outbox = outbox;
        this.encoder = encoder;
        this.state = state;
        this.alarms = alarms;
        this.readings = readings;
    }

    long dueNs() {
        return dueNs;
    }

    /** A new connection: those who listen want to know at once. */
    void now() {
        dueNs = Long.MIN_VALUE;
    }

    void said(Moment now) {
        dueNs = now.upNs() + NativeEncoder.HEARTBEAT_PERIOD.toNanos();
    }

    Wire.Message beat(Moment now) {
        var oldestMs =
                Math.max(oldestMs(Lane.ALARM, alarms, now), oldestMs(Lane.READING, readings, now));
        var backlog =
                new NativeEncoder.Backlog(
                        missing(Lane.ALARM, alarms), missing(Lane.READING, readings), oldestMs);
        return encoder.heartbeat(now, outbox.lastSeq(), backlog, openAlarms());
    }

    private long openAlarms() {
        return state.get().watching().values().stream()
                .flatMap(watching -> watching.open().stream())
                .filter(open -> open.last().state() != AlarmState.NORMAL)
                .count();
    }

    private long missing(Lane lane, Delivery delivery) {
        var progress = delivery.progress();
        var missing = outbox.countInLane(lane, progress.floor() + 1);
        for (var range : progress.above().stream().limit(RANGES_MAX).toList()) {
            missing -=
                    outbox.countInLane(lane, range.from())
                            - outbox.countInLane(lane, range.to() + 1);
        }
        return Math.max(0, missing);
    }

    private long oldestMs(Lane lane, Delivery delivery, Moment now) {
        return outbox.read(lane, delivery.missingFrom(1), 1).stream()
                .mapToLong(entry -> ageMs(entry.at(), now))
                .max()
                .orElse(0);
    }

    /** Within one boot the clock cannot lie; across boots only the wall clock is left. */
    private static long ageMs(Moment at, Moment now) {
        var ms =
                at.boot().equals(now.boot())
                        ? Json.ms(now.upNs() - at.upNs())
                        : now.wallMs() - at.wallMs();
        return Math.max(0, ms);
    }
}
