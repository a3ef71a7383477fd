package org.mingchu.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.mingchu.config.Plan;
import org.mingchu.config.Quantity;
import org.mingchu.gateway.judge.AlarmEvent;
import org.mingchu.gateway.judge.Entry;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.Judge;
import org.mingchu.gateway.keep.Chronology;
import org.mingchu.gateway.keep.Journal;
import org.mingchu.sensors.Clock;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Moment;
import org.mingchu.sensors.Reading;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * Boot in 1970, sync after six hours, steps of two hours and of ten years, two boots that never see
 * a clock: the same kitchen as under a clock that is always right, and every moment read right.
 */
final class ClockFilmTest {
    private static final Duration PERIOD = Duration.ofSeconds(10);
    private static final long HOUR_MS = Duration.ofHours(1).toMillis();
    private static final long TEN_YEARS_MS = Duration.ofDays(3650).toMillis();
    private static final long EARLIEST_MS = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();
    private static final long BEGIN_MS = Instant.parse("2026-11-23T00:00:00Z").toEpochMilli();
    private static final int ERROR_MS = 12;

    /** What the wall clock does from here on. */
    private record Scene(
            String boot, Duration length, ClockState state, long wrongByMs, Duration offBefore) {
        Scene(String boot, int hours, ClockState state, long wrongByMs) {
            this(boot, Duration.ofHours(hours), state, wrongByMs, Duration.ZERO);
        }
    }

    private static final List<Scene> SCENES =
            List.of(
                    new Scene("a", 6, ClockState.UNSYNCED, -BEGIN_MS),
                    new Scene("a", 7, ClockState.SYNCED, 5),
                    new Scene("a", 1, ClockState.UNSYNCED, 2 * HOUR_MS),
                    new Scene("a", 1, ClockState.UNSYNCED, -2 * HOUR_MS),
                    new Scene("a", 1, ClockState.SYNCED, -7),
                    new Scene("a", 1, ClockState.UNSYNCED, TEN_YEARS_MS),
                    new Scene("a", 1, ClockState.UNSYNCED, -TEN_YEARS_MS),
                    new Scene("a", 2, ClockState.SYNCED, 3),
                    new Scene(
                            "b",
                            Duration.ofHours(2),
                            ClockState.UNSYNCED,
                            -BEGIN_MS,
                            Duration.ofHours(9)),
                    new Scene(
                            "c",
                            Duration.ofHours(2),
                            ClockState.UNSYNCED,
                            -BEGIN_MS,
                            Duration.ofMinutes(20)),
                    new Scene(
                            "d",
                            Duration.ofHours(1),
                            ClockState.SYNCED,
                            -2,
                            Duration.ofMinutes(3)));

    /** A crystal that is 40 ppm slow, and a wall clock that is as wrong as the scene says. */
    private static final class SceneClock implements Clock {
        private final boolean alwaysRight;
        private final Map<String, Long> bootedMs = new HashMap<>();
        private long trueMs = BEGIN_MS;
        private Scene scene = SCENES.getFirst();

        SceneClock(boolean alwaysRight) {
            this.alwaysRight = alwaysRight;
            begin(scene);
        }

        void begin(Scene next) {
            scene = next;
            trueMs += next.offBefore.toMillis();
            bootedMs.putIfAbsent(next.boot, trueMs - 20_000);
        }

        long trueMs(Moment moment) {
            var upMs = moment.upNs() / 1_000_000;
            return bootedMs.getOrDefault(moment.boot(), 0L) + upMs + upMs * 40 / 1_000_000;
        }

        @Override
        public Moment now() {
            var passedMs = trueMs - bootedMs.getOrDefault(scene.boot, 0L);
            var upNs = (passedMs - passedMs * 40 / 1_000_000) * 1_000_000;
            return alwaysRight
                    ? new Moment(scene.boot, upNs, trueMs, ClockState.SYNCED, ERROR_MS)
                    : new Moment(
                            scene.boot, upNs, trueMs + scene.wrongByMs, scene.state, errorMs());
        }

        private long errorMs() {
            return scene.state == ClockState.SYNCED ? ERROR_MS : Moment.ERROR_UNKNOWN_MS;
        }
    }

    private final Plan plan = Film.plan();

    @Test
    void no_step_changes_a_decision_or_a_delay() {
        var timeline = timeline(play(new SceneClock(true)));
        assertThat(timeline).hasSizeGreaterThan(10).noneMatch(ClockFilmTest::isOfTheClock);
        var wrong = timeline(play(new SceneClock(false)));
        assertThat(wrong).anyMatch(ClockFilmTest::isOfTheClock);
        assertThat(wrong).filteredOn(line -> !isOfTheClock(line)).isEqualTo(timeline);
    }

    /** That the clock is unsure is all that may be said of it. */
    private static boolean isOfTheClock(String line) {
        return line.contains(" clock-unsure ");
    }

    @Test
    void every_moment_is_read_right_to_its_bound_and_in_order() {
        Proof.notInShort();
        var clock = new SceneClock(false);
        var entries = play(clock);
        assertRight(clock, entries, entries);
    }

    @Test
    void so_it_is_when_the_rounds_have_been_thinned() {
        Proof.notInShort();
        var clock = new SceneClock(false);
        var entries = play(clock);
        var rest = entries.stream().filter(e -> !(e.fact() instanceof Fact.Round)).toList();
        assertThat(rest.size()).isLessThan(entries.size() / 10);
        assertRight(clock, rest, entries);
    }

    @Test
    void receivers_that_add_up_the_steps_read_a_boot_that_was_synced_right() {
        Proof.notInShort();
        var clock = new SceneClock(false);
        var entries = play(clock);
        for (var entry : entries) {
            if (entry.at().boot().equals("a")) {
                var offsetMs =
                        entries.stream()
                                .filter(later -> later.seq() > entry.seq())
                                .filter(later -> later.at().boot().equals("a"))
                                .map(Entry::fact)
                                .filter(Fact.ClockSet.class::isInstance)
                                .mapToLong(fact -> ((Fact.ClockSet) fact).offsetMs())
                                .sum();
                // each step may hide what the crystal drifted until then
                assertThat(Math.abs(entry.at().wallMs() + offsetMs - clock.trueMs(entry.at())))
                        .as(entry + " corrected by " + offsetMs)
                        .isLessThan(1_100);
            }
        }
    }

    private static void assertRight(SceneClock clock, List<Entry> known, List<Entry> asked) {
        var chronology = new Chronology(EARLIEST_MS);
        known.forEach(chronology::add);
        var inOrder = Set.copyOf(known);
        var last = EARLIEST_MS;
        var seq = 0L;
        for (var entry : asked) {
            assertThat(entry.seq()).isEqualTo(++seq);
            var found = chronology.corrected(entry.at());
            var off = Math.abs(found.wallMs() - clock.trueMs(entry.at()));
            var as = entry + " read as " + found + ", off by " + off;
            assertThat(found.bounded()).as(as).isTrue();
            assertThat(off).as(as).isLessThanOrEqualTo(found.errorMs() + 1);
            assertThat(found.notBeforeMs())
                    .as(as)
                    .isLessThanOrEqualTo(clock.trueMs(entry.at()) + 1);
            if (entry.at().boot().equals("a")) {
                assertThat(found.errorMs()).as(as).isLessThanOrEqualTo(1_100);
            }
            if (inOrder.contains(entry)) {
                assertThat(found.wallMs()).as(as).isGreaterThan(last - 2 * ERROR_MS - 1_100);
                last = found.wallMs();
            }
        }
    }

    private List<Entry> play(SceneClock clock) {
        var journal = Journal.inMemory(new Random(1), clock.now());
        var house = house(journal, clock);
        var boot = SCENES.getFirst().boot();
        var round = 0;
        for (var scene : SCENES) {
            clock.begin(scene);
            if (!scene.boot().equals(boot)) {
                boot = scene.boot();
                var image = journal.image();
                journal.close();
                journal = Journal.inMemory(image, new Random(1));
                house = house(journal, clock);
            }
            for (long i = 0; i < scene.length().dividedBy(PERIOD); i++) {
                house.say(round(round++));
                house.step();
                clock.trueMs += PERIOD.toMillis();
            }
        }
        var entries = new ArrayList<Entry>();
        for (var page = journal.read(1, 1_000);
                !page.isEmpty();
                page = journal.read(page.getLast().seq() + 1, 1_000)) {
            entries.addAll(page);
        }
        journal.close();
        return entries;
    }

    private House house(Journal journal, Clock clock) {
        var house = new House(plan, new Judge(plan), journal, clock, (_, _, _) -> {});
        house.begin(new Fact.Started("film", true));
        return house;
    }

    /** Warm for 55 minutes of every two hours: over most steps an alarm or a delay is under way. */
    private static Fact round(int round) {
        var milli = round % 720 >= 330 && round % 720 < 660 ? -5_000 : -18_000;
        return new Fact.Round(
                List.of(
                        new Reading.Measured(
                                "freezer-1-air", Quantity.TEMPERATURE, milli, milli, 0, Set.of())));
    }

    private static List<String> timeline(List<Entry> entries) {
        return entries.stream()
                .flatMap(entry ->
                        entry.fact() instanceof Fact.Alarm(AlarmEvent event)
                                ? Optional.of(line(entry, event)).stream()
                                : Optional.<String>empty().stream())
                .toList();
    }

    private static String line(Entry entry, AlarmEvent event) {
        return "%s %d %s %s %s since %s %d"
                .formatted(
                        entry.at().boot(),
                        entry.at().upNs(),
                        event.subject(),
                        event.rule(),
                        event.change().word(),
                        event.since().boot(),
                        event.since().upNs());
    }
}
