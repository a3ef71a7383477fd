package org.mingchu.gateway.judge;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.Predicate;

/**
 * One unit with one seed: three weeks in which it is known, then each trouble befalls a copy of it
 * at a moment of its own within a week, while the unit itself stays well. One thread.
 */
final class Trial {
    private static final long DAY_MIN = 1440;
    private static final long KNOWN_MIN = 7 * DAY_MIN;

    /** A drift is told from the weeks before. */
    private static final long WATCHED_MIN = 21 * DAY_MIN;

    /** A fifth of a year after the first week. */
    private static final long WELL_MIN = KNOWN_MIN + 73 * DAY_MIN;

    /**
     * What came of a trouble.
     *
     * @param passed minutes until the air was beyond the legal limit for good
     * @param heard by contender
     */
    record Outcome(
            Appliance appliance, Trouble trouble, OptionalDouble passed, List<Ear.Heard> heard) {
        Outcome {
            heard = List.copyOf(heard);
        }
    }

    /**
     * What was said of a unit that was well, by contender.
     *
     * @param days after the first week
     * @param firstWeek in it
     * @param later after it
     */
    record Quiet(
            Appliance appliance,
            double days,
            List<List<Ear.Sound>> firstWeek,
            List<List<Ear.Sound>> later) {
        Quiet {
            firstWeek = List.copyOf(firstWeek);
            later = List.copyOf(later);
        }
    }

    record Found(List<Outcome> outcomes, Quiet quiet) {}

    private record Start(Trouble trouble, long minute) {}

    private final Appliance appliance;
    private final long seed;
    private final Random chance;
    private final Subject well;

    Trial(Appliance appliance, List<Contender> contenders, long seed) {
        this.appliance = appliance;
        this.seed = seed;
        chance = new Random(seed * 31 + List.of(Appliance.values()).indexOf(appliance));
        var cabinet = new Cabinet(appliance.fridge(), seed);
        var phase = chance.nextLong(DAY_MIN);
        well =
                new Subject(
                        appliance,
                        cabinet,
                        contenders.stream().map(c -> new Ear(c, appliance, phase)).toList());
    }

    Found run() {
        var outcomes = new ArrayList<Outcome>();
        for (var start : starts()) {
            well.minutes(start.minute() - well.minute());
            var copy = well.fork(seed * 1009 + List.of(Trouble.values()).indexOf(start.trouble()));
            outcomes.add(befall(copy, start.trouble()));
        }
        well.minutes(WELL_MIN - well.minute());
        return new Found(outcomes, quiet());
    }

    private List<Start> starts() {
        return Arrays.stream(Trouble.values())
                .filter(trouble -> trouble.befalls(appliance))
                .map(trouble -> new Start(trouble, WATCHED_MIN + chance.nextLong(KNOWN_MIN)))
                .sorted(Comparator.comparingLong(Start::minute))
                .toList();
    }

    private Outcome befall(Subject subject, Trouble trouble) {
        trouble.await(subject);
        var begun = subject.minute();
        var passed = OptionalLong.empty();
        trouble.begin(subject);
        while (subject.minute() < begun + trouble.watched().toMinutes()
                && !(subject.ears().stream().allMatch(ear -> lasts(ear, subject, begun))
                        && (passed.isPresent() || !trouble.warms()))) {
            trouble.hourly(subject);
            subject.minutes(60);
            passed = passed.isPresent() || !trouble.warms() ? passed : subject.passed();
        }
        return new Outcome(
                appliance,
                trouble,
                // The air may have been warm of a defrost when it began.
                passed.stream().asDoubleStream().map(m -> Math.max(0, m - begun)).findFirst(),
                subject.ears().stream().map(e -> e.heardOf(begun, subject.minute())).toList());
    }

    private static boolean lasts(Ear ear, Subject subject, long begun) {
        return ear.heardOf(begun, subject.minute()).lasting().isPresent();
    }

    private Quiet quiet() {
        return new Quiet(
                appliance,
                (WELL_MIN - KNOWN_MIN) / (double) DAY_MIN,
                sounds(sound -> sound.minute() < KNOWN_MIN),
                sounds(sound -> sound.minute() >= KNOWN_MIN));
    }

    private List<List<Ear.Sound>> sounds(Predicate<Ear.Sound> which) {
        return well.ears().stream()
                .map(ear -> ear.sounds().stream().filter(which).toList())
                .toList();
    }
}
