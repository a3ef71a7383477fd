package org.mingchu.gateway;

import org.mingchu.config.Attention;
import org.mingchu.config.Plan;
import org.mingchu.config.Priority;
import org.mingchu.gateway.judge.AlarmChange;
import org.mingchu.gateway.judge.AlarmEvent;
import org.mingchu.gateway.judge.AlarmState;
import org.mingchu.gateway.judge.Entry;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.Judge;
import org.mingchu.gateway.judge.Person;
import org.mingchu.gateway.judge.Role;
import org.mingchu.gateway.judge.State;
import org.mingchu.gateway.judge.Strength;
import org.mingchu.sensors.ClockState;
import org.mingchu.simulator.At;
import org.mingchu.simulator.Deed;
import org.mingchu.simulator.Fridge;
import org.mingchu.simulator.Scenario;
import org.mingchu.simulator.Watched;
import org.mingchu.simulator.Weather;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongPredicate;

/**
 * Eight units in which nothing breaks, sampled each minute, the contacts of their doors heard at
 * once, judged by the shipped pack: every sound is held against what the weather knows of its
 * cause. Somebody answers after seven minutes. One thread, one seed.
 */
final class NormalKitchen {
    private static final Person COOK = new Person("p-03", Role.STAFF, Strength.TAP);
    private static final long PERIOD_MS = Duration.ofMinutes(1).toMillis();
    private static final long COMES_NS = Duration.ofMinutes(7).toNanos();
    private static final String EPOCH = "9f2c61d07b3a4e55";

    /** Three steps of one alarm within this are a chatter. */
    private static final long CHATTER_NS = Duration.ofMinutes(1).toNanos();

    private static final int CHATTER_STEPS = 3;

    /** What was so long ago has not caused it. */
    private static final Duration CAUSE = Duration.ofHours(1);

    /** A longer opening is not ordinary. */
    private static final Duration DOOR_MAX = Duration.ofMinutes(2);

    private static final List<Watched> UNITS =
            List.of(
                    Fridge.chilled("cold-1"),
                    Fridge.chilled("cold-2"),
                    Fridge.chilled("cold-3"),
                    Fridge.sampleFridge("samples-1"),
                    Fridge.freezer("freezer-1"),
                    Fridge.freezer("freezer-2"),
                    Fridge.uprightFreezer("upright-1"),
                    Fridge.hotHolding("hot-1"));

    private final Plan plan;
    private final Weather weather;
    private final FilmKitchen kitchen;
    private final ReelClock clock = new ReelClock();
    private final Play play;
    private final Map<String, Truth> truths = new HashMap<>();
    private final Map<State.Key, Deque<Long>> steps = new HashMap<>();
    private final List<Sound> sounds = new ArrayList<>();
    private final List<String> chatters = new ArrayList<>();
    private final List<Said> said = new ArrayList<>();
    private final LongPredicate staffed;

    /** Why it sounded, as far as the weather knows. */
    enum Cause {
        /** The unit defrosted, and no door was open for long. */
        DEFROST,
        /** Doors were open, none for longer than {@link #DOOR_MAX}. */
        SHORT_DOORS,
        OTHER
    }

    /** An alarm began to sound. */
    record Sound(long filmMs, AlarmEvent event, Cause cause) {
        @Override
        public String toString() {
            var at = Duration.ofMillis(filmMs);
            return "%dd%02d:%02d %s %s %s for %s"
                    .formatted(
                            at.toDays(),
                            at.toHoursPart(),
                            at.toMinutesPart(),
                            event.subject(),
                            event.rule(),
                            event.change().word(),
                            cause);
        }
    }

    /** A step of an alarm's life, and when in the film. */
    record Said(long filmMs, AlarmEvent event) {}

    /** What the weather knows of one unit. */
    private static final class Truth {
        private long defrostedMs = Long.MIN_VALUE;
        private long doorMs = Long.MIN_VALUE;
        private long longDoorMs = Long.MIN_VALUE;
        private long openedMs = Long.MIN_VALUE;

        void see(Weather weather, String id) {
            var ms = weather.timeMs();
            if (weather.defrosting(id)) {
                defrostedMs = ms;
            }
            if (!weather.doorOpen(id)) {
                openedMs = Long.MIN_VALUE;
                return;
            }
            openedMs = openedMs == Long.MIN_VALUE ? ms : openedMs;
            doorMs = ms;
            if (ms - openedMs > DOOR_MAX.toMillis()) {
                longDoorMs = ms;
            }
        }

        Cause cause(long sinceMs) {
            var from = sinceMs - CAUSE.toMillis();
            if (longDoorMs >= from) {
                return Cause.OTHER;
            }
            if (defrostedMs >= from) {
                return Cause.DEFROST;
            }
            return doorMs >= from ? Cause.SHORT_DOORS : Cause.OTHER;
        }
    }

    NormalKitchen(long seed) throws IOException {
        this(seed, List.of(), _ -> true);
    }

    /**
     * The same kitchen, in which something happens.
     *
     * @param timeline what, in order of time
     * @param staffed whether anybody is there to answer, by time of the film in milliseconds
     */
    NormalKitchen(long seed, List<At> timeline, LongPredicate staffed) throws IOException {
        this.staffed = staffed;
        var doors = new Deed(0, List.of("site", "door", "cold-1", "freezer-1"));
        var scenario = new Scenario(seed, PERIOD_MS, PERIOD_MS, UNITS, timeline, List.of(doors));
        plan = ReelSite.plan(scenario, Path.of("no-such-site.toml"));
        weather = scenario.weather();
        kitchen = new FilmKitchen(plan, weather);
        UNITS.forEach(unit -> truths.put(unit.id(), new Truth()));
        var judge = new Judge(plan);
        play = new Play(judge, judge.begin(EPOCH), this::decided);
        clock.boot(0, ClockState.SYNCED);
        keep(0, new Fact.Started("film", true));
    }

    NormalKitchen play(Duration length) {
        for (var ms = PERIOD_MS; ms <= length.toMillis(); ms += PERIOD_MS) {
            for (var stepMs = weather.timeMs() + Weather.STEP_MS;
                    stepMs <= ms;
                    stepMs += Weather.STEP_MS) {
                var changed = kitchen.announced(stepMs);
                truths.forEach((id, truth) -> truth.see(weather, id));
                if (!changed.isEmpty() && stepMs < ms) {
                    play.until(clock.at(stepMs));
                    keep(stepMs, new Fact.Round(changed));
                }
            }
            play.until(clock.at(ms));
            keep(ms, new Fact.Round(kitchen.round(ms)));
            if (staffed.test(ms)) {
                somebodyComes(ms);
            }
        }
        return this;
    }

    /** Every time an alarm began to sound. */
    List<Sound> sounds() {
        return sounds;
    }

    List<String> chatters() {
        return chatters;
    }

    /** Every step of every alarm. */
    List<Said> said() {
        return said;
    }

    private void keep(long ms, Fact fact) {
        play.take(new Entry(EPOCH, play.state().seq() + 1, clock.at(ms), fact));
    }

    private void decided(Entry entry) {
        if (!(entry.fact() instanceof Fact.Alarm(var event))) {
            return;
        }
        var ms = clock.filmMs(entry.at());
        said.add(new Said(ms, event));
        if (event.change() == AlarmChange.RAISED
                || event.change() == AlarmChange.RE_ALARMED
                || event.change() == AlarmChange.RETURNED) {
            chatter(entry.at().upNs(), event);
        }
        // Whoever acknowledged it and left it open hears it again: that is no alarm of its own.
        if (event.state() == AlarmState.UNACK_ACTIVE
                && (event.priority() != Priority.P3 || event.attention() != Attention.NONE)) {
            var truth = event.unit().flatMap(unit -> Optional.ofNullable(truths.get(unit)));
            var since = clock.filmMs(event.since());
            sounds.add(new Sound(ms, event, truth.map(t -> t.cause(since)).orElse(Cause.OTHER)));
        }
    }

    private void chatter(long upNs, AlarmEvent event) {
        var key = new State.Key(event.subject(), event.rule());
        var last = steps.computeIfAbsent(key, _ -> new ArrayDeque<>());
        last.addLast(upNs);
        while (upNs - last.getFirst() > CHATTER_NS) {
            last.removeFirst();
        }
        if (last.size() >= CHATTER_STEPS) {
            chatters.add(event.subject() + " " + event.rule());
        }
    }

    private void somebodyComes(long ms) {
        var nowNs = clock.at(ms).upNs();
        for (var watching : List.copyOf(play.state().watching().values())) {
            watching.open()
                    .filter(open ->
                            open.last().state() == AlarmState.UNACK_ACTIVE
                                    || open.last().state() == AlarmState.UNACK_RETURNED)
                    .filter(open -> nowNs - open.changedAt().upNs() >= COMES_NS)
                    .ifPresent(open ->
                            keep(
                                    ms,
                                    new Fact.Acknowledged(
                                            open.last().id(), COOK, Optional.empty())));
        }
    }
}
