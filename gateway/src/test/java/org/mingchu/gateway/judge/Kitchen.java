package org.mingchu.gateway.judge;

import static org.assertj.core.api.Assertions.assertThat;

import static java.util.Objects.requireNonNull;

import org.mingchu.config.CameraVerdict;
import org.mingchu.config.Plan;
import org.mingchu.config.Priority;
import org.mingchu.config.Quantity;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Fault;
import org.mingchu.sensors.Flag;
import org.mingchu.sensors.Moment;
import org.mingchu.sensors.Reading;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A kitchen told in words, in virtual time: it appends, judges and recalls as the house does, and
 * wakes the judge only when a word comes or the judge's own deadline has come.
 */
final class Kitchen {
    static final String EPOCH = "9f2c61d07b3a4e55";
    static final Person STAFF = new Person("p-03", Role.STAFF, Strength.TAP);

    private final List<Entry> journal = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private final List<AlarmEvent> events = new ArrayList<>();

    private Plan plan;
    private Judge judge;
    private State state;
    private String epoch = EPOCH;
    private long seq;
    private int boots = 1;
    private Duration clock = Duration.ZERO;
    private Duration bootedAt = Duration.ofHours(-1);
    private ClockState trust = ClockState.SYNCED;

    Kitchen(Plan plan) {
        this.plan = plan;
        judge = new Judge(plan);
        state = judge.begin(EPOCH);
    }

    /** A kitchen whose program has just started for the first time. */
    static Kitchen of(Plan plan) {
        return new Kitchen(plan).start();
    }

    // ---- time -----------------------------------------------------------------------------

    Moment now() {
        var up = clock.minus(bootedAt);
        var wallMs = 1_790_000_000_000L + clock.toMillis();
        return new Moment("boot-" + boots, up.toNanos(), wallMs, trust, 10);
    }

    /** Time goes by without any word; the judge is woken at its deadlines. */
    Kitchen passes(String time) {
        return until(clock.plus(Plans.time(time)));
    }

    private Kitchen until(Duration target) {
        var deadline = deadline();
        while (deadline.isPresent() && deadline.get().compareTo(target) <= 0) {
            if (deadline.get().compareTo(clock) > 0) {
                clock = deadline.get();
            }
            var before = events.size();
            keep(judge.advance(state, now()));
            assertThat(events.size()).as("a deadline brings a decision").isGreaterThan(before);
            deadline = deadline();
        }
        clock = target;
        assertThat(judge.advance(state, now()).decisions()).as("no deadline forgotten").isEmpty();
        return this;
    }

    private Optional<Duration> deadline() {
        var deadlineNs = judge.nextDeadlineUpNs(state);
        var sameBoot = state.at().filter(at -> at.boot().equals(now().boot())).isPresent();
        return deadlineNs.isPresent() && sameBoot
                ? Optional.of(bootedAt.plusNanos(deadlineNs.getAsLong()))
                : Optional.empty();
    }

    // ---- the program ----------------------------------------------------------------------

    Kitchen start() {
        return says(new Fact.Started("0.1.0", false));
    }

    /** The program ends, and starts again so much later on the running machine. */
    Kitchen restarts(String after) {
        return leaves(after).start();
    }

    /** The program is back so much after it ended, and has said nothing yet. */
    Kitchen leaves(String after) {
        clock = clock.plus(Plans.time(after));
        reread();
        return this;
    }

    /** What was due while nobody was there is decided now. */
    Kitchen decidesWhatIsDue() {
        var due = judge.advance(state, now());
        assertThat(due.decisions()).as("something was due").isNotEmpty();
        keep(due);
        return this;
    }

    /** The program was away for an hour. */
    Kitchen restartsAfterOutage() {
        return restarts("1h");
    }

    /** The power fails and comes back so much later; the wall clock is known or not. */
    Kitchen powerFails(String after, ClockState trust) {
        return boots(after, trust).start();
    }

    /** The machine is back so much after its power failed; the program has said nothing yet. */
    Kitchen boots(String after, ClockState trust) {
        clock = clock.plus(Plans.time(after));
        boots++;
        bootedAt = clock.minusSeconds(20);
        this.trust = trust;
        reread();
        return this;
    }

    /** The clock is set from here on. */
    Kitchen syncs() {
        trust = ClockState.SYNCED;
        return this;
    }

    /** The program starts under another plan. */
    Kitchen replan(Plan other) {
        plan = other;
        judge = new Judge(other);
        return says(new Fact.PlanChanged("00", "test-pack", "1.2.3", "00"));
    }

    /** The journal's epoch ends. */
    Kitchen epochEnds(String next) {
        var before = epoch;
        epoch = next;
        seq = 0;
        state = judge.recall(state, append(new Fact.EpochBegan(Optional.of(before), "copied")));
        return this;
    }

    private void reread() {
        var living = state;
        state = rebuilt();
        assertThat(state).isEqualTo(living);
    }

    private State rebuilt() {
        var rebuilt = judge.begin(EPOCH);
        for (var entry : journal) {
            rebuilt = judge.recall(rebuilt, entry);
        }
        return rebuilt;
    }

    // ---- words ----------------------------------------------------------------------------

    Kitchen says(Fact fact) {
        var entry = append(fact);
        keep(judge.apply(state, entry));
        return this;
    }

    Kitchen round(Reading... readings) {
        return says(new Fact.Round(List.of(readings)));
    }

    /** A temperature, now. */
    Kitchen air(double degrees, Flag... flags) {
        return round(temperature("air", degrees, flags));
    }

    /** A temperature once a minute: the first one minute from now. */
    Kitchen air(double degrees, int times) {
        for (var i = 0; i < times; i++) {
            passes("1m").air(degrees);
        }
        return this;
    }

    Kitchen fault(Fault fault) {
        return round(new Reading.Silent("air", fault, ""));
    }

    Kitchen fault(Fault fault, int times) {
        for (var i = 0; i < times; i++) {
            passes("1m").fault(fault);
        }
        return this;
    }

    Kitchen door(long milli) {
        return round(new Reading.Measured("door", Quantity.DOOR, milli, milli, 0, Set.of()));
    }

    Kitchen camera(CameraVerdict verdict) {
        return round(new Reading.Seen("cam", verdict, 0));
    }

    Kitchen link(String platform, LinkState link) {
        return says(new Fact.Link(platform, link, "test"));
    }

    Kitchen acknowledge() {
        return acknowledge(events.getLast().id());
    }

    Kitchen acknowledge(AlarmId alarm) {
        return says(new Fact.Acknowledged(alarm, STAFF, Optional.of("on it")));
    }

    /** Somebody does something to the fridge, for a time. */
    Kitchen does(Doing doing, String time) {
        return does(doing, time, Optional.empty());
    }

    Kitchen does(Doing doing, String time, Optional<String> movedTo) {
        var forMs = Plans.time(time).toMillis();
        return says(new Fact.Done("cold-1", doing, forMs, 0, "test", movedTo, STAFF));
    }

    /** The fridge is switched off until so much later. */
    Kitchen stops(String until) {
        var untilMs = now().wallMs() + Plans.time(until).toMillis();
        return says(
                new Fact.Done(
                        "cold-1", Doing.STOPPED, 0, untilMs, "test", Optional.empty(), STAFF));
    }

    Kitchen backInUse() {
        return does(Doing.IN_USE, "0s");
    }

    Kitchen shelve(String time, boolean once) {
        var forMs = Plans.time(time).toMillis();
        return says(new Fact.Shelved(last().id(), forMs, once, "test", STAFF));
    }

    static Reading temperature(String subject, double degrees, Flag... flags) {
        var milli = Math.round(degrees * 1000);
        return new Reading.Measured(
                subject, Quantity.TEMPERATURE, milli - 7, milli, 0, Set.of(flags));
    }

    static Reading opened(String subject) {
        return new Reading.Measured(subject, Quantity.DOOR, 1000, 1000, 0, Set.of());
    }

    // ---- what the house does --------------------------------------------------------------

    private Entry append(Fact fact) {
        seq++;
        var entry = new Entry(epoch, seq, now(), fact);
        journal.add(entry);
        return entry;
    }

    static List<AlarmEvent> alarms(Verdict verdict) {
        return verdict.decisions().stream()
                .filter(Fact.Alarm.class::isInstance)
                .map(fact -> ((Fact.Alarm) fact).event())
                .toList();
    }

    private void keep(Verdict verdict) {
        state = verdict.state();
        for (var decision : verdict.decisions()) {
            state = judge.recall(state, append(decision));
            if (decision instanceof Fact.Alarm(var event)) {
                tell(event);
            }
        }
    }

    private void tell(AlarmEvent event) {
        events.add(event);
        told.add(
                String.format(
                        "%02d:%02d %s %s %s",
                        clock.toMinutes(),
                        clock.toSecondsPart(),
                        event.rule(),
                        event.change().word(),
                        event.state().word()));
    }

    // ---- what came of it ------------------------------------------------------------------

    /** Each decision as {@code "mm:ss rule change state"}; the journal gives the same state. */
    List<String> told() {
        assertThat(rebuilt()).isEqualTo(state);
        return told;
    }

    List<AlarmEvent> events() {
        return events;
    }

    AlarmEvent last() {
        return events.getLast();
    }

    State state() {
        return state;
    }

    State.Heard heard(String subject) {
        return requireNonNull(state.heard().get(subject));
    }

    State.LinkView seenLink(String platform) {
        return requireNonNull(state.links().get(platform));
    }

    State.Watching watching(State.Key key) {
        return requireNonNull(state.watching().get(key));
    }

    Judge judge() {
        return judge;
    }

    List<Entry> journal() {
        return journal;
    }

    long seq() {
        return seq;
    }

    Glance glance() {
        return new Glance(plan);
    }

    /** The id of the latest alarm of a rule. */
    AlarmId alarm(String rule) {
        return events.reversed().stream()
                .filter(event -> event.rule().equals(rule))
                .findFirst()
                .orElseThrow()
                .id();
    }

    Light light() {
        return glance().units(state, now()).getFirst().light();
    }

    Optional<Priority> sounding() {
        return glance().sounding(state, now());
    }
}
