package org.mingchu.gateway.judge;

import org.mingchu.config.Quantity;
import org.mingchu.sensors.Reading;

import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A unit and everybody who listens to it: all hear the same samples of the same probe. Minute 0 is
 * a Monday's midnight. One thread.
 */
final class Subject {
    /** What is beyond the limit for so long is no defrost. */
    private static final int PASSED_MIN = 60;

    private final Appliance appliance;
    private final Cabinet cabinet;
    private final List<Ear> ears;
    private final long limitMilli;
    private boolean silent;
    private OptionalLong stuck = OptionalLong.empty();
    private long minute;
    private OptionalLong beyondSince = OptionalLong.empty();

    Subject(Appliance appliance, Cabinet cabinet, List<Ear> ears) {
        this.appliance = appliance;
        this.cabinet = cabinet;
        this.ears = List.copyOf(ears);
        limitMilli = appliance.limitMilli(Ward.PACK);
    }

    /** The same unit and listeners from here on, with other people at its door. */
    Subject fork(long seed) {
        var other =
                new Subject(appliance, cabinet.fork(seed), ears.stream().map(Ear::fork).toList());
        other.minute = minute;
        other.beyondSince = beyondSince;
        return other;
    }

    void minutes(long count) {
        for (var end = minute + count; minute < end; ) {
            minute++;
            cabinet.advanceTo(minute * 60);
            if (cabinet.airMilli() <= limitMilli) {
                beyondSince = OptionalLong.empty();
            } else if (beyondSince.isEmpty()) {
                beyondSince = OptionalLong.of(minute);
            }
            var shown = stuck.orElse(cabinet.shownMilli());
            ears.stream()
                    .filter(ear -> ear.samplesAt(minute))
                    .forEach(ear -> ear.hears(minute, readings(shown)));
        }
    }

    private List<Reading> readings(long milli) {
        return silent
                ? List.of()
                : List.of(
                        new Reading.Measured(
                                "air", Quantity.TEMPERATURE, milli, milli, 0, Set.of()));
    }

    /** The minute from which the air has been beyond the legal limit, for an hour by now. */
    OptionalLong passed() {
        return beyondSince.isPresent() && minute - beyondSince.getAsLong() >= PASSED_MIN
                ? OptionalLong.of(beyondSince.getAsLong())
                : OptionalLong.empty();
    }

    /** The probe shows the same for ever. */
    void stick() {
        stuck = OptionalLong.of(cabinet.shownMilli());
    }

    void fallSilent() {
        silent = true;
    }

    Appliance appliance() {
        return appliance;
    }

    Cabinet cabinet() {
        return cabinet;
    }

    List<Ear> ears() {
        return ears;
    }

    /** The legal limit, in ℃. */
    double limit() {
        return limitMilli / 1000.0;
    }

    long minute() {
        return minute;
    }
}
