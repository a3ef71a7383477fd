package org.mingchu.gateway;

import org.mingchu.config.Plan;
import org.mingchu.config.Quantity;
import org.mingchu.gateway.judge.AlarmEvent;
import org.mingchu.gateway.judge.AlarmId;
import org.mingchu.gateway.judge.Entry;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.Glance;
import org.mingchu.gateway.judge.Judge;
import org.mingchu.gateway.judge.LinkState;
import org.mingchu.gateway.judge.State;
import org.mingchu.gateway.judge.StorageState;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Flag;
import org.mingchu.sensors.Moment;
import org.mingchu.sensors.Reading;
import org.mingchu.simulator.Deed;
import org.mingchu.simulator.Scenario;
import org.mingchu.simulator.Weather;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * Plays one scenario through plan, judge and {@link Play}, and writes down what a person in the
 * kitchen would learn of it: each step of an alarm, and each change of the buzzer. One thread.
 *
 * <p>Beside the deeds of {@link ReelPeople} a scenario may say:
 *
 * <pre>
 * site door UNIT...            these have a contact
 * site mains smoke             the building has such contacts
 * site closed 2026-11-04 2026-11-15  its hours have such a closure
 * site meal lunch 11:00-13:00  one is served then
 * somebody comes 7m            so long after it began to sound each alarm is acknowledged
 * curtain up                   what was before is not compared
 * look UNIT|all                how the page shows it
 * defrosts UNIT                at which times of day it has been learned to defrost
 * show causes                  name the alarm that speaks for another one
 * UNIT reads 8.1C 7.9C 2h      its probe says so, in turn, whatever the weather
 * UNIT goes 60C 22C 2h         its probe says so, from one to the other in a straight line
 * link down|up                 the platform
 * restart 5m                   the program is away for so long, in the same boot
 * clock boots unsynced|rtc|synced    what the clock will be like after a power cut
 * clock is unsynced|rtc|synced, clock +2h, clock -2h, clock synced
 * </pre>
 */
final class Reel {
    private static final Fact.Started STARTED = new Fact.Started("film", true);
    private static final String EPOCH = "9f2c61d07b3a4e55";

    private final Scenario scenario;
    private final Plan plan;
    private final Weather weather;
    private final FilmKitchen kitchen;
    private final Glance glance;
    private final Judge witness;
    private final int rebuiltEvery;
    private final ReelClock clock = new ReelClock();
    private final ReelPeople people;
    private final List<String> timeline = new ArrayList<>();
    private final Map<String, Reads> reads = new HashMap<>();
    private final Map<AlarmId, Integer> names = new HashMap<>();
    private Play play;
    private ClockWatch clockWatch = new ClockWatch(Optional.empty());
    private final List<Entry> unread = new ArrayList<>();
    private State recalled;
    private ClockState nextBoot = ClockState.SYNCED;
    private Optional<Duration> somebodyComes = Optional.empty();
    private boolean causes;
    private boolean powered;
    private long poweredUntilMs;
    private long awayUntilMs;
    private long nextRebuild;
    private String buzzer = "quiet";

    /** What a probe says whatever the weather: its values in turn, one a round. */
    private record Reads(Deque<Long> milli, long untilMs) {}

    /**
     * @param rebuiltEvery the program ends, and is rebuilt from the record alone, after so many
     *     entries; 0 for never
     */
    Reel(Scenario scenario, Plan plan, int rebuiltEvery) {
        this.scenario = scenario;
        this.plan = plan;
        this.rebuiltEvery = rebuiltEvery;
        nextRebuild = rebuiltEvery;
        weather = scenario.weather();
        kitchen = new FilmKitchen(plan, weather);
        glance = new Glance(plan);
        witness = new Judge(plan);
        recalled = witness.begin(EPOCH);
        play = new Play(new Judge(plan), recalled, this::decided);
        people = new ReelPeople(this, plan);
    }

    /** Each step of an alarm and of the buzzer, and the answers to those who looked. */
    List<String> play() {
        var deeds = new ArrayDeque<>(scenario.deeds());
        boot(0);
        for (var ms = scenario.periodMs(); ms <= scenario.lengthMs(); ms += scenario.periodMs()) {
            while (!deeds.isEmpty() && deeds.getFirst().timeMs() <= ms) {
                var deed = deeds.removeFirst();
                power(deed.timeMs());
                obey(deed);
            }
            power(ms);
            if (running(ms)) {
                round(ms);
            }
        }
        rebuild();
        return timeline;
    }

    private boolean running(long ms) {
        return powered && ms > awayUntilMs;
    }

    /** The weather says whether the gateway has power. */
    private void power(long ms) {
        weather.advanceTo(ms);
        if (powered && !weather.gatewayPowered()) {
            powered = false;
            poweredUntilMs = ms;
        } else if (!powered && weather.gatewayPowered()) {
            if (nextBoot == ClockState.UNSYNCED) {
                clock.stoodStill(Duration.ofMillis(ms - poweredUntilMs));
            }
            boot(ms);
        } else if (awayUntilMs > 0 && ms > awayUntilMs) {
            restarted(awayUntilMs);
        }
    }

    private void boot(long ms) {
        powered = true;
        clock.boot(ms, nextBoot);
        restarted(ms);
    }

    /** The program starts: what it knows is what the record says. */
    private void restarted(long ms) {
        awayUntilMs = 0;
        rebuild();
        clockWatch = new ClockWatch(recalled.at());
        var now = clock.at(ms);
        keep(now, STARTED);
        say(now, new Fact.Storage(StorageState.SOUND, ""));
        say(now, new Fact.Link("platform", LinkState.UP, "film"));
        listen(now);
    }

    /** The living state must be the recall of the record: from here on it is. */
    private void rebuild() {
        for (var entry : unread) {
            recalled = witness.recall(recalled, entry);
        }
        unread.clear();
        if (!recalled.equals(play.state())) {
            throw new AssertionError(
                    "rebuilt at entry %d: %s%nliving: %s"
                            .formatted(recalled.seq(), recalled, play.state()));
        }
        play = new Play(new Judge(plan), recalled, this::decided);
    }

    private void round(long ms) {
        var now = clock.at(ms);
        until(now);
        say(now, new Fact.Round(kitchen.round(ms).stream().map(r -> read(r, ms)).toList()));
        listen(now);
        somebodyComes.ifPresent(after -> people.come(now, ms, after));
        if (rebuiltEvery > 0 && play.state().seq() >= nextRebuild) {
            nextRebuild = play.state().seq() + rebuiltEvery;
            rebuild();
        }
    }

    private Reading read(Reading reading, long ms) {
        var told = reads.get(reading.subject());
        if (told == null || told.untilMs() < ms) {
            return reading;
        }
        long milli = told.milli().removeFirst();
        told.milli().addLast(milli);
        return new Reading.Measured(
                reading.subject(), Quantity.TEMPERATURE, milli, milli, 0, Set.of(Flag.SIMULATED));
    }

    private void obey(Deed deed) {
        var words = deed.words();
        var ms = deed.timeMs();
        switch (words.getFirst()) {
            case "site" -> {} // the site file has it
            case "show" -> causes = true; // "show causes"
            case "somebody" -> somebodyComes = Optional.of(Lengths.of(words.get(2)));
            case "clock" -> clock(ms, words);
            case "restart" -> awayUntilMs = ms + Lengths.of(words.get(1)).toMillis();
            case "curtain" -> { // before it people and machines rehearse
                until(clock.at(ms));
                timeline.clear();
                names.clear();
            }
            case "look" -> look(ms, words.get(1));
            case "defrosts" -> defrosts(ms, words.get(1));
            case "link" -> {
                var link = LinkState.valueOf(words.get(1).toUpperCase(java.util.Locale.ROOT));
                act(ms, new Fact.Link("platform", link, "film"));
            }
            default -> {
                switch (words.get(1)) {
                    case "reads" -> reads(words, ms);
                    case "goes" -> goes(words, ms);
                    default -> {
                        until(clock.at(ms));
                        people.obey(clock.at(ms), ms, words);
                        listen(clock.at(ms));
                    }
                }
            }
        }
    }

    /** {@code UNIT reads 8.1C 7.9C 2h}: in turn, from the next round on. */
    private void reads(List<String> words, long ms) {
        var values = words.subList(2, words.size() - 1).stream().map(Reel::milli).toList();
        reads(words.getFirst(), values, ms + Lengths.of(words.getLast()).toMillis());
    }

    /** {@code UNIT goes 60C 22C 2h}: a value each round, the first and the last included. */
    private void goes(List<String> words, long ms) {
        long from = milli(words.get(2));
        long rise = milli(words.get(3)) - from;
        var lengthMs = Lengths.of(words.get(4)).toMillis();
        var values =
                LongStream.iterate(0, gone -> gone <= lengthMs, gone -> gone + scenario.periodMs())
                        .mapToObj(gone -> from + Math.round((double) rise * gone / lengthMs))
                        .toList();
        reads(words.getFirst(), values, ms + lengthMs);
    }

    private void reads(String unit, List<Long> milli, long untilMs) {
        reads.put(ReelSite.probe(unit), new Reads(new ArrayDeque<>(milli), untilMs));
    }

    private static long milli(String degrees) {
        return new BigDecimal(degrees.replace("C", "")).movePointRight(3).longValueExact();
    }

    private void clock(long ms, List<String> words) {
        until(clock.at(ms));
        switch (words.get(1)) {
            case "boots" -> nextBoot = trust(words.get(2));
            case "is" -> clock.trust(trust(words.get(2)));
            case "synced" -> clock.sync();
            default -> clock.step(Lengths.signed(words.get(1)));
        }
    }

    private static ClockState trust(String word) {
        return ClockState.valueOf(word.toUpperCase(java.util.Locale.ROOT));
    }

    /** How units look to somebody who stands before the page. */
    private void look(long ms, String which) {
        until(clock.at(ms));
        for (var view : glance.units(play.state(), clock.at(ms))) {
            if (which.equals("all") || which.equals(view.unit().id())) {
                write(clock.at(ms), "%s looks %s".formatted(view.unit().id(), view.light().word()));
            }
        }
    }

    /** {@code 02:03 10:03 18:03}, by the site's clock. */
    private void defrosts(long ms, String unit) {
        until(clock.at(ms));
        var times =
                Optional.ofNullable(play.state().traces().get(ReelSite.probe(unit))).stream()
                        .flatMap(trace -> trace.habit().stream())
                        .flatMap(habit -> habit.minutesOfDay().stream())
                        .map(minute -> LocalTime.ofSecondOfDay(minute * 60L).toString())
                        .collect(Collectors.joining(" "));
        write(
                clock.at(ms),
                "%s defrosts at %s".formatted(unit, times.isEmpty() ? "no known time" : times));
    }

    /** Somebody's word is kept, if the program runs. */
    void act(long ms, Fact fact) {
        if (powered && awayUntilMs == 0) {
            until(clock.at(ms));
            say(clock.at(ms), fact);
            listen(clock.at(ms));
        }
    }

    private void until(Moment now) {
        if (powered && awayUntilMs == 0) {
            play.until(now);
        }
    }

    private void say(Moment now, Fact fact) {
        clockWatch.changed(now).ifPresent(set -> keep(now, set));
        clockWatch.kept(now);
        keep(now, fact);
    }

    private void keep(Moment now, Fact fact) {
        var entry = new Entry(EPOCH, play.state().seq() + 1, now, fact);
        unread.add(entry);
        play.take(entry);
    }

    private void decided(Entry entry) {
        unread.add(entry);
        switch (entry.fact()) {
            case Fact.Alarm(var event) -> {
                write(entry.at(), line(event));
                listen(entry.at());
            }
            case Fact.Cycled cycled -> write(entry.at(), line(cycled));
            case Fact.BatchJudged judged -> write(entry.at(), line(judged));
            default -> {} // of what it learns for itself nobody is told
        }
    }

    private static String line(Fact.Cycled cycled) {
        return "%s %s %s, held %s"
                .formatted(
                        cycled.subject(),
                        cycled.rule(),
                        cycled.cycle().passed() ? "passed" : "failed",
                        Lengths.word(cycled.cycle().heldNs()));
    }

    private static String line(Fact.BatchJudged judged) {
        return judged.findings().stream()
                .map(finding ->
                        "%s %s after %s"
                                .formatted(
                                        finding.rule(),
                                        finding.outcome().word(),
                                        Lengths.word(finding.ns())))
                .collect(Collectors.joining(", ", "batch " + judged.batch() + ": ", ""));
    }

    private void listen(Moment now) {
        var sounds = glance.sounding(play.state(), now).map(Enum::name).orElse("quiet");
        if (!sounds.equals(buzzer)) {
            buzzer = sounds;
            write(now, "buzzer " + sounds);
        }
    }

    /** Alarms are called by numbers: {@code #1} is the first of the film, in all its life. */
    private String line(AlarmEvent event) {
        var value =
                event.valueMilli().isPresent()
                        ? BigDecimal.valueOf(event.valueMilli().getAsLong(), 3).toPlainString()
                        : "-";
        return String.join(
                " ",
                name(event.id()),
                event.subject(),
                event.rule(),
                event.change().word(),
                event.state().word(),
                value,
                event.priority().name(),
                event.attention().word()
                        + event.parent()
                                .filter(_ -> causes)
                                .map(first -> " of " + name(first))
                                .orElse(""));
    }

    private String name(AlarmId id) {
        return "#" + names.computeIfAbsent(id, _ -> names.size() + 1);
    }

    void write(Moment at, String what) {
        var ms = clock.filmMs(at);
        var time = Duration.ofMillis(ms);
        timeline.add(
                "%dd%02d:%02d:%02d %s"
                        .formatted(
                                time.toDays(),
                                time.toHoursPart(),
                                time.toMinutesPart(),
                                time.toSecondsPart(),
                                what));
    }

    State state() {
        return play.state();
    }

    Judge judge() {
        return witness;
    }
}
