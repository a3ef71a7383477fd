package org.mingchu.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.mingchu.config.Attention;
import org.mingchu.config.Priority;
import org.mingchu.gateway.NormalKitchen.Said;
import org.mingchu.gateway.judge.AlarmChange;
import org.mingchu.simulator.At;
import org.mingchu.simulator.Command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * A city on the first day of its gateways, on which nothing is learned yet: kitchens in which
 * nothing breaks, and five in which something does that endangers people. Nobody answers at night,
 * so that whatever is P1 then goes up to a regulator's person: hardly anything may.
 */
final class CityTest {
    /** 952 kitchens: the canteens of one city. */
    private static final int KITCHENS = Proof.pick(10, 60, 952);

    private static final Duration DAY = Duration.ofDays(1);
    private static final long FIRST_SEED = 100_001;

    /** A regulator's person has time for so many on a day. */
    private static final int REGULATOR_MAX = 5;

    /** Somebody is in the house, in milliseconds of the day. */
    private static final long COME_MS = Duration.ofHours(6).toMillis();

    private static final long LEAVE_MS = Duration.ofHours(18).toMillis();

    /**
     * Something breaks, at an hour of the day.
     *
     * @param rule the P1 that has to be raised
     * @param dueHours after it broke
     * @param mended at which hour, where somebody mends it on that day
     */
    private record Broken(int hour, Command what, String rule, int dueHours, List<At> mended) {
        Broken(int hour, Command what, String rule, int dueHours) {
            this(hour, what, rule, dueHours, List.of());
        }

        Broken(int hour, Command what, String rule, int dueHours, int mendedHour, Command mended) {
            this(hour, what, rule, dueHours, List.of(at(mendedHour, mended)));
        }

        List<At> timeline() {
            return Stream.concat(Stream.of(at(hour, what)), mended.stream()).toList();
        }

        private static At at(int hour, Command what) {
            return new At(Duration.ofHours(hour).toMillis(), what);
        }

        /** The P1 is raised in time, and goes up to a regulator's person when nobody is there. */
        boolean isHeard(List<Said> said) {
            return urgent(said)
                    .filter(s -> s.event().rule().equals(rule))
                    .mapToLong(Said::filmMs)
                    .filter(ms -> ms > Duration.ofHours(hour).toMillis())
                    .filter(ms -> ms <= Duration.ofHours(hour + dueHours).toMillis())
                    .anyMatch(ms -> isStaffed(ms) || asked(said).anyMatch(s -> s.filmMs() > ms));
        }
    }

    private static final List<Broken> BROKEN =
            List.of(
                    new Broken(
                            1,
                            new Command.CompressorOff("samples-1"),
                            "sample-fridge-high",
                            3,
                            7,
                            new Command.CompressorOn("samples-1")),
                    new Broken(
                            1,
                            new Command.DoorWide("freezer-1"),
                            "freezer-high-high",
                            2,
                            7,
                            new Command.DoorShut("freezer-1")),
                    new Broken(
                            7,
                            new Command.DoorWide("cold-2"),
                            "chilled-product",
                            3,
                            10,
                            new Command.DoorShut("cold-2")),
                    new Broken(
                            8,
                            new Command.CompressorOff("cold-3"),
                            "chilled-hour",
                            5,
                            14,
                            new Command.CompressorOn("cold-3")),
                    new Broken(19, new Command.DoorWide("cold-1"), "chilled-hour", 2));

    private static boolean isStaffed(long ms) {
        return ms >= COME_MS && ms < LEAVE_MS;
    }

    private static List<Said> day(long seed, List<At> timeline) {
        try {
            return new NormalKitchen(seed, timeline, CityTest::isStaffed).play(DAY).said();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void a_regulator_is_asked_five_times_a_day_at_most_and_hears_of_every_danger() {
        var normal =
                LongStream.range(FIRST_SEED, FIRST_SEED + KITCHENS)
                        .parallel()
                        .mapToObj(seed -> day(seed, List.of()))
                        .toList();
        var broken =
                IntStream.range(0, BROKEN.size())
                        .parallel()
                        .mapToObj(i -> day(FIRST_SEED - 1 - i, BROKEN.get(i).timeline()))
                        .toList();
        report("normal", normal);
        report("broken", broken);

        for (var i = 0; i < BROKEN.size(); i++) {
            assertThat(BROKEN.get(i).isHeard(broken.get(i))).as("%s", BROKEN.get(i)).isTrue();
        }
        assertThat(Stream.of(normal, broken).flatMap(List::stream).flatMap(CityTest::asked))
                .hasSizeLessThanOrEqualTo(REGULATOR_MAX);
        assertThat(normal.stream().flatMap(CityTest::urgent)).isEmpty();
    }

    private static Stream<Said> urgent(List<Said> said) {
        return raised(said).filter(s -> s.event().priority() == Priority.P1);
    }

    private static Stream<Said> raised(List<Said> said) {
        return said.stream().filter(s -> s.event().change() == AlarmChange.RAISED);
    }

    /** A regulator's person is asked: later steps of the same alarm ask nobody anew. */
    private static Stream<Said> asked(List<Said> said) {
        return said.stream()
                .filter(s -> s.event().attention() == Attention.REGULATOR)
                .filter(s ->
                        s.event().change() == AlarmChange.ESCALATED
                                || s.event().change() == AlarmChange.RAISED);
    }

    private static void report(String kind, List<List<Said>> kitchens) {
        IO.println(
                "city: %d %s kitchens, one day: %d alarms, %d of them P1; a regulator is asked %d times"
                        .formatted(
                                kitchens.size(),
                                kind,
                                kitchens.stream().flatMap(CityTest::raised).count(),
                                kitchens.stream().flatMap(CityTest::urgent).count(),
                                kitchens.stream().flatMap(CityTest::asked).count()));
    }
}
