package org.mingchu.gateway.judge;

import org.mingchu.config.Annunciator;
import org.mingchu.config.CameraVerdict;
import org.mingchu.config.Unit;
import org.mingchu.config.Watch;
import org.mingchu.gateway.judge.State.Doubt;
import org.mingchu.gateway.judge.State.Heard;
import org.mingchu.gateway.judge.State.LinkView;
import org.mingchu.gateway.judge.State.Open;
import org.mingchu.gateway.judge.State.Pending;
import org.mingchu.gateway.judge.State.Settling;
import org.mingchu.gateway.judge.State.Watching;
import org.mingchu.sensors.Flag;
import org.mingchu.sensors.Moment;
import org.mingchu.sensors.Reading;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Takes one entry into a state, deciding nothing. Maps that the entry does not touch stay the same
 * objects: a quiet round copies one map only. One thread, one entry.
 */
final class Recollection {
    /** The entry that begins an epoch; what is carried over has its evidence there. */
    static final long FIRST_SEQ = 1;

    private final Bounds bounds;
    private final Doubts proof;
    private final Conduct conduct;
    private final State was;
    private final String epoch;
    private final long seq;
    private final Moment at;

    private Map<String, Heard> heard;
    private Map<String, Trace> traces;
    private Map<State.Key, Watching> watching;
    private boolean watchingCopied;
    private Map<String, LinkView> links;
    private Map<String, Doubt> doubts;
    private Map<String, State.Act> acts;
    private Map<String, State.Service> services;
    private Map<AlarmId, State.Shelf> shelves;
    private Food food;
    private Duties duties;
    private Optional<Moment> silencedUntil;

    Recollection(Bounds bounds, Doubts proof, Conduct conduct, State was, Entry entry) {
        this.bounds = bounds;
        this.proof = proof;
        this.conduct = conduct;
        this.was = was;
        epoch = entry.epoch();
        seq = entry.seq();
        at = entry.at();
        heard = was.heard();
        traces = was.traces();
        watching = was.watching();
        links = was.links();
        doubts = was.doubts();
        acts = was.acts();
        services = was.services();
        shelves = was.shelves();
        food = was.food();
        duties = was.duties();
        silencedUntil = was.silencedUntil();
    }

    /**
     * @param lastRead when the latest reading was kept, where no readings are recalled
     */
    State after(Fact fact, Optional<Moment> lastRead) {
        if (!epoch.equals(was.epoch())) {
            rekey();
        }
        clock();
        switch (fact) {
            case Fact.Round round -> round(round);
            case Fact.Alarm(var event) -> alarm(event);
            case Fact.Started _ -> started(lastRead);
            case Fact.EpochBegan(var previous, _) -> began(previous.isPresent());
            case Fact.Link link -> link(link);
            case Fact.Silenced(var forMs) -> silenced(forMs);
            case Fact.Storage(var storage, _) -> storage(storage);
            case Fact.CarriedAlarm(_, _, var event) -> carried(event);
            case Fact.PlanChanged _ -> forgetWhatIsGone();
            case Fact.ClockSet _ -> doubts = proof.set(doubts, at);
            case Fact.Warmed(var subject, var warming) -> warmed(subject, warming);
            case Fact.Done done -> done(done);
            case Fact.Shelved shelved -> shelved(shelved);
            case Fact.Serviced serviced -> serviced(serviced);
            case Fact.Checked(var unit, var fit, _, _) -> checked(unit, fit);
            case Fact.BatchBegan began -> food = new Foods(bounds).began(food, began, at);
            case Fact.BatchEnded(var batch, _) -> food = food.without(batch);
            case Fact.Remedied word -> duties = duties.remedied(word, at);
            case Fact.Verified(var alarm, _, _) -> duties = duties.verified(alarm);
            case Fact.Reviewed _ -> duties = duties.reviewed(at);
            case Fact.BuzzerTested(var heard, _) -> buzzer(heard);
            case Fact.Drilled(var ran, _) -> drilled(ran.isEmpty());
            case Fact.HandRead word -> duties = duties.handRead(word, at);
            case Fact.Cycled cycled -> food = new Foods(bounds).cycled(food, cycled);
            // What they change follows as decisions, or is no matter of the judge.
            case Fact.Acknowledged _,
                    Fact.Unshelved _,
                    Fact.Reset _,
                    Fact.Delivered _,
                    Fact.Gap _,
                    Fact.CarriedCheckpoint _,
                    Fact.Rekeyed _,
                    Fact.Checkpointed _,
                    Fact.Receipted _,
                    Fact.HoldPlaced _,
                    Fact.HoldReleased _,
                    Fact.BatchJudged _,
                    Fact.Relearned _,
                    Fact.SelfTested _,
                    Fact.Restarted _,
                    Fact.Stopping _,
                    Fact.Commissioned _,
                    Fact.PlacePictured _,
                    Fact.Access _,
                    Fact.Corrected _ -> {}
        }
        return new State(
                epoch,
                seq,
                Optional.of(at),
                heard,
                traces,
                watching,
                links,
                doubts,
                acts,
                services,
                shelves,
                food,
                duties,
                silencedUntil);
    }

    private void round(Fact.Round round) {
        var words = new HashMap<>(heard);
        var courses = new HashMap<>(traces);
        food = new Foods(bounds).heard(food, round, new Foods.Before(heard, acts), at);
        for (var reading : round.readings()) {
            var looking = bounds.bySubject().get(reading.subject());
            // A value the probe had buffered is history, not the sensor's word on the present.
            if (looking != null && !backfilled(reading)) {
                words.put(reading.subject(), heard(reading, words));
                follow(reading, words, courses);
                for (var bound : looking) {
                    take(bound, bound.says(courses, food, at, reading));
                }
            }
        }
        var rounds = new Conduct.Rounds(heard, words);
        doubts = proof.heard(doubts, rounds, at);
        var going = acts;
        acts = conduct.heard(acts, proof, rounds, at);
        heard = words;
        traces = courses;
        if (acts.size() < going.size()) {
            emptied(going)
                    .forEach(subject ->
                            traces.computeIfPresent(subject, (_, trace) -> trace.withFreshFood()));
        }
    }

    /** The probes of units that are back in use: what was in them while they were warm is gone. */
    private Stream<String> emptied(Map<String, State.Act> going) {
        return bounds.all().stream()
                .map(Bound::watch)
                .filter(watch ->
                        watch.unit()
                                .map(Unit::id)
                                .filter(unit ->
                                        going.containsKey(unit)
                                                && !acts.containsKey(unit)
                                                && going.get(unit).doing() != Doing.LOADING)
                                .isPresent())
                .map(Watch::subject);
    }

    /** An unproven sender may be lying: nothing is learned from it. */
    private void follow(Reading reading, Map<String, Heard> words, Map<String, Trace> courses) {
        var subject = reading.subject();
        var was = courses.getOrDefault(subject, Trace.NOTHING);
        var course = bounds.courses().get(subject);
        if (course == null
                || !(reading instanceof Reading.Measured measured)
                || measured.flags().contains(Flag.UNAUTHENTICATED)) {
            return;
        }
        courses.put(subject, course.after(was, measured, at, words));
    }

    private void warmed(String subject, Warming warming) {
        var course = bounds.courses().get(subject);
        if (course != null) {
            traces = new HashMap<>(traces);
            traces.merge(
                    subject,
                    Trace.NOTHING.learned(warming, course.lore()),
                    (was, _) -> was.learned(warming, course.lore()));
        }
    }

    private static boolean backfilled(Reading reading) {
        return reading instanceof Reading.Measured measured
                && measured.flags().contains(Flag.BACKFILLED);
    }

    private Heard heard(Reading reading, Map<String, Heard> words) {
        var good =
                switch (reading) {
                    case Reading.Measured measured -> Optional.of(at.before(measured.ageNs()));
                    case Reading.Seen(_, var verdict, var ageNs) ->
                            verdict == CameraVerdict.HEALTHY
                                    ? Optional.of(at.before(ageNs))
                                    : Optional.<Moment>empty();
                    case Reading.Silent _ -> Optional.<Moment>empty();
                };
        if (good.isPresent()) {
            return new Heard(reading, at, seq, Optional.of(reading), good);
        }
        var before = words.get(reading.subject());
        return before == null
                ? new Heard(reading, at, seq, Optional.empty(), Optional.empty())
                : new Heard(reading, at, seq, before.lastGood(), before.lastGoodAt());
    }

    private void done(Fact.Done done) {
        if (conduct.refuses(done, at).isEmpty()) {
            acts = conduct.after(acts, done, at);
            food = new Foods(bounds).done(food, done);
        }
    }

    private void shelved(Fact.Shelved shelved) {
        var key =
                watching.entrySet().stream()
                        .filter(entry ->
                                entry.getValue()
                                        .open()
                                        .filter(open -> open.last().id().equals(shelved.alarm()))
                                        .isPresent())
                        .map(Map.Entry::getKey)
                        .findFirst();
        var bound = key.map(bounds.byKey()::get);
        if (key.isPresent() && conduct.refuses(shelved, bound.orElse(null)).isEmpty()) {
            shelves = new HashMap<>(shelves);
            shelves.put(shelved.alarm(), new State.Shelf(at, shelved.forMs(), shelved.once()));
        }
    }

    private void serviced(Fact.Serviced serviced) {
        services = new HashMap<>(services);
        if (serviced.out()) {
            services.put(
                    serviced.subject(),
                    new State.Service(at, serviced.dueMs(), serviced.reason(), serviced.person()));
        } else {
            services.remove(serviced.subject());
        }
    }

    /** Food that is not fit changes nothing: the unit stays in doubt. */
    private void checked(String unit, boolean fit) {
        if (fit) {
            food = new Foods(bounds).renewed(food, unit);
        }
        if (fit && doubts.containsKey(unit)) {
            doubts = new HashMap<>(doubts);
            doubts.remove(unit);
        }
    }

    private void take(Bound bound, Word word) {
        var now = watching.getOrDefault(bound.key(), Watching.NOTHING);
        put(bound.key(), now, bound.after(now, word, at, seq));
    }

    private void put(State.Key key, Watching now, Watching then) {
        if (then.equals(now)) {
            return;
        }
        if (!watchingCopied) {
            watching = new HashMap<>(watching);
            watchingCopied = true;
        }
        if (then.equals(Watching.NOTHING)) {
            watching.remove(key);
        } else {
            watching.put(key, then);
        }
    }

    /** A decision takes effect when it is kept, here and nowhere else. */
    private void alarm(AlarmEvent event) {
        var key = new State.Key(event.subject(), event.rule());
        var now = watching.getOrDefault(key, Watching.NOTHING);
        var then = after(now, event);
        put(key, now, event.drill() ? lasting(then) : then);
        duties = duties.alarm(event, at);
        if (event.state() != AlarmState.SHELVED && shelves.containsKey(event.id())) {
            shelves = new HashMap<>(shelves);
            shelves.remove(event.id());
        }
        if (event.state() == AlarmState.UNACK_ACTIVE && Glance.sounds(event)) {
            silencedUntil = Optional.empty();
        }
    }

    /** What is taken up again after it was put aside is the same alarm, if it still holds. */
    private static boolean mayComeBack(AlarmChange change) {
        return change == AlarmChange.RETURNED
                || change == AlarmChange.ACKNOWLEDGED
                || change == AlarmChange.UNSHELVED;
    }

    private Watching after(Watching now, AlarmEvent event) {
        if (event.state() == AlarmState.NORMAL) {
            return mayComeBack(event.change())
                    ? now.withSettling(event, at)
                    : now.withOpen(Optional.empty()).withReturning(Optional.empty());
        }
        var calls =
                event.change() == AlarmChange.RAISED || event.change() == AlarmChange.RE_ALARMED;
        var open =
                new Open(
                        event,
                        now.open().map(Open::raisedAt).orElse(at),
                        at,
                        calls ? at : now.open().map(Open::calledAt).orElse(at));
        var then = now.withOpen(Optional.of(open));
        return Life.active(event.state())
                ? then.withPending(Optional.empty())
                : then.withReturning(Optional.empty());
    }

    /**
     * The old epoch's open alarm goes on in this one. A state that has lived through the change
     * knows it already; one that is rebuilt from this epoch alone learns it here.
     */
    private void carried(AlarmEvent event) {
        var key = new State.Key(event.subject(), event.rule());
        var now = watching.getOrDefault(key, Watching.NOTHING);
        if (now.open().isPresent() || event.state() == AlarmState.NORMAL) {
            return;
        }
        var last = Events.rekeyed(event, FIRST_SEQ);
        var then = now.withOpen(Optional.of(new Open(last, event.since(), at, at)));
        put(key, now, event.drill() ? lasting(then) : then);
        duties = duties.alarm(event, at);
    }

    /** Each entry says what its clock is worth; only a change of it is a word. */
    private void clock() {
        var word = Bound.says(at.clock());
        if (was.at()
                .filter(last -> last.boot().equals(at.boot()) && Bound.says(last.clock()) == word)
                .isEmpty()) {
            bounds.all().stream().filter(Bound::watchesClock).forEach(bound -> take(bound, word));
        }
    }

    private void storage(StorageState storage) {
        bounds.all().stream()
                .filter(Bound::watchesStorage)
                .forEach(bound -> take(bound, bound.says(storage)));
    }

    private void buzzer(boolean heard) {
        duties = duties.tested(heard, at);
        var word = heard ? Word.GONE : Word.SHOWS;
        bounds.all().stream().filter(Bound::watchesBuzzer).forEach(bound -> take(bound, word));
    }

    private void drilled(boolean begins) {
        if (begins) {
            bounds.all().stream()
                    .filter(Bound::watchesDrill)
                    .forEach(bound -> take(bound, Word.SHOWS));
        }
    }

    /** What a drill asked for was a moment: from its raise on, its off-delay runs. */
    private Watching lasting(Watching now) {
        return now.active() && now.returning().isEmpty()
                ? now.withReturning(Optional.of(Pending.begin(at, seq, 0)))
                : now;
    }

    /** Where there was an epoch before this one, and nothing is known of it, it is lost. */
    private void began(boolean another) {
        if (another && heard.isEmpty()) {
            doubts = proof.lost(at);
        }
    }

    /** While the program did not run nobody listened: that is neither silence nor proof. */
    private void started(Optional<Moment> lastRead) {
        links = Map.of();
        for (var bound : bounds.all()) {
            var now = watching.getOrDefault(bound.key(), Watching.NOTHING);
            if (bound.watchesUplink() && !bounds.platforms().isEmpty()) {
                var alive = now.withPending(now.pending().map(this::provenWhileAlive));
                put(bound.key(), now, bound.after(alive, Word.SHOWS, at, seq));
            } else if (bound.watchesStorage() || bound.watchesBuzzer() || bound.watchesDrill()) {
                // it is as it was last said, and is said anew when that is no longer so
                var going = now.withPending(now.pending().map(this::goesOn));
                put(bound.key(), now, going.withReturning(now.returning().map(this::goesOn)));
            } else if (bound.watchesSensor() && !now.active()) {
                put(bound.key(), now, now.withPending(listeningAgain(bound, now)));
            }
        }
        lastRead.or(() -> Doubts.lastLived(was.at(), heard, at))
                .ifPresent(last -> doubts = proof.started(doubts, heard, last, at));
    }

    private Optional<Pending> listeningAgain(Bound bound, Watching now) {
        if (!bound.watchesSilence()) {
            return now.pending().map(run -> run.resumed(at, run.lastSeq()));
        }
        return Optional.of(
                now.pending()
                        .map(run -> provenWhileAlive(run).resumed(at, seq))
                        .orElseGet(() -> Pending.begin(at, seq, 0)));
    }

    /** Up to its last entry the program was listening. */
    private Pending provenWhileAlive(Pending run) {
        return was.at().map(last -> run.shown(last, run.lastSeq())).orElse(run);
    }

    private Pending goesOn(Pending run) {
        return provenWhileAlive(run).resumed(at, run.lastSeq());
    }

    private void link(Fact.Link link) {
        if (!bounds.platforms().contains(link.platform())) {
            return;
        }
        var before = links.get(link.platform());
        var since = before != null && before.state() == link.state() ? before.since() : at;
        links = new HashMap<>(links);
        links.put(link.platform(), new LinkView(link.state(), link.reason(), since));
        var word = bounds.platforms().stream().allMatch(this::reachable) ? Word.GONE : Word.SHOWS;
        bounds.all().stream().filter(Bound::watchesUplink).forEach(bound -> take(bound, word));
    }

    /** A platform that has not been reached since the start counts as lost since then. */
    private boolean reachable(String platform) {
        var link = links.get(platform);
        if (link == null) {
            return false;
        }
        return switch (link.state()) {
            case UP, UNHEARD -> true;
            case DOWN, REFUSED -> false;
        };
    }

    /** Longer than a press may buy is refused, not clamped: whoever asked must learn of it. */
    private void silenced(long forMs) {
        if (forMs > 0 && forMs <= Annunciator.SILENCE_MAX.toMillis()) {
            silencedUntil = Optional.of(at.before(-Duration.ofMillis(forMs).toNanos()));
        }
    }

    /** What the new plan does not watch any more; the judge returns its open alarms. */
    private void forgetWhatIsGone() {
        heard = kept(heard, bounds.bySubject().keySet());
        traces = kept(traces, bounds.courses().keySet());
        links = kept(links, Set.copyOf(bounds.platforms()));
        doubts = kept(doubts, proof.unitIds());
        acts = kept(acts, conduct.units().keySet());
        services = kept(services, bounds.bySubject().keySet());
        food = new Foods(bounds).known(food);
        duties = duties.within(conduct.units()::containsKey);
        for (var entry : Map.copyOf(watching).entrySet()) {
            if (!bounds.byKey().containsKey(entry.getKey())) {
                var then =
                        new Watching(
                                Optional.empty(),
                                entry.getValue().open(),
                                Optional.empty(),
                                Optional.empty());
                put(entry.getKey(), entry.getValue(), then);
            }
        }
    }

    private static <T> Map<String, T> kept(Map<String, T> some, Set<String> names) {
        return some.entrySet().stream()
                .filter(entry -> names.contains(entry.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Sequence numbers begin anew with an epoch; what runs on starts its evidence here. */
    private void rekey() {
        heard =
                heard.entrySet().stream()
                        .collect(
                                Collectors.toMap(
                                        Map.Entry::getKey, entry -> rekeyed(entry.getValue())));
        watching =
                watching.entrySet().stream()
                        .collect(
                                Collectors.toMap(
                                        Map.Entry::getKey, entry -> rekeyed(entry.getValue())));
    }

    private Heard rekeyed(Heard word) {
        return new Heard(word.latest(), word.at(), seq, word.lastGood(), word.lastGoodAt());
    }

    private Watching rekeyed(Watching now) {
        return new Watching(
                now.pending().map(run -> run.rekeyed(seq)),
                now.open()
                        .map(o ->
                                new Open(
                                        Events.rekeyed(o.last(), seq),
                                        o.raisedAt(),
                                        o.changedAt(),
                                        o.calledAt())),
                now.returning().map(run -> run.rekeyed(seq)),
                now.settling().map(s -> new Settling(Events.rekeyed(s.last(), seq), s.since())));
    }
}
