package org.mingchu.gateway;

import org.mingchu.config.Plan;
import org.mingchu.gateway.judge.AlarmEvent;
import org.mingchu.gateway.judge.AlarmId;
import org.mingchu.gateway.judge.AlarmState;
import org.mingchu.gateway.judge.Entry;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.Judge;
import org.mingchu.gateway.judge.State;
import org.mingchu.gateway.keep.Journal;
import org.mingchu.sensors.Moment;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one plan says of a record, beside what was said then: the recorded inputs are judged again
 * from the first, the recorded decisions only noted. Where entries are no longer there it begins
 * anew behind them, with the alarms that were open. It reads, and writes nothing. One thread, one
 * record.
 */
final class Replay {
    /** Entries read in one go: the agent, which may be asked for this, waits no longer. */
    private static final int PAGE = 256;

    /**
     * Room between two recorded numbers for the decisions of today, in bits: more than all rules of
     * a kitchen can decide at once.
     */
    private static final int ROOM_BITS = 20;

    private final Judge judge;
    private final Journal journal;
    private final List<Said> then = new ArrayList<>();
    private final List<Said> now = new ArrayList<>();

    /** Whose alarm a recorded id is. */
    private final Map<AlarmId, State.Key> recorded = new HashMap<>();

    /** The latest recorded word on each alarm that is not normal. */
    private final Map<State.Key, Entry> open = new LinkedHashMap<>();

    /** Today's ids as they would have been, had the entries kept their numbers. */
    private final Map<AlarmId, AlarmId> names = new HashMap<>();

    private Optional<Play> play = Optional.empty();
    private long firstSeq = 1;
    private long rounds;
    private Optional<Moment> first = Optional.empty();
    private Optional<Moment> last = Optional.empty();

    /**
     * One step of an alarm's life.
     *
     * @param raw whether all that it rests on was there to be judged again
     */
    record Said(Moment at, AlarmId id, AlarmEvent event, boolean raw) {
        State.Key key() {
            return new State.Key(event.subject(), event.rule());
        }
    }

    /**
     * What came of it.
     *
     * @param rounds rounds that were judged again, in number
     * @param first the moment of the first of them
     * @param last the moment of the last of them
     */
    record Found(
            List<Said> then,
            List<Said> now,
            long rounds,
            Optional<Moment> first,
            Optional<Moment> last) {}

    private Replay(Plan plan, Journal journal) {
        this.judge = new Judge(plan);
        this.journal = journal;
    }

    /** Judges again all that is raw. */
    static Found of(Plan plan, Journal journal) {
        return new Replay(plan, journal).found();
    }

    private Found found() {
        for (var epoch : journal.epochs()) {
            epoch(epoch, journal.lastSeq(epoch));
        }
        return new Found(List.copyOf(then), List.copyOf(now), rounds, first, last);
    }

    /** Entries of one moment are one wake of the house. */
    private void epoch(String epoch, long end) {
        var wake = new ArrayList<Entry>();
        var before = 0L;
        for (var from = 1L; from <= end; ) {
            var page = journal.read(epoch, from, PAGE);
            for (var entry : page) {
                var hole = entry.seq() != before + 1;
                if (!wake.isEmpty() && (hole || !wake.getFirst().at().equals(entry.at()))) {
                    wake(wake);
                    wake.clear();
                }
                if (hole) {
                    play = Optional.empty();
                }
                before = entry.seq();
                wake.add(entry);
            }
            from = page.isEmpty() ? end + 1 : page.getLast().seq() + 1;
        }
        if (!wake.isEmpty()) {
            wake(wake);
        }
    }

    private void wake(List<Entry> wake) {
        var one = wake.getFirst();
        var playing = play.orElseGet(() -> begin(one));
        play = Optional.of(playing);
        if (one.seq() == 1) {
            firstSeq = 1;
        }
        var at = one.at();
        var started = wake.stream().anyMatch(entry -> entry.fact() instanceof Fact.Started);
        var goesOn = playing.state().at().filter(m -> m.boot().equals(at.boot())).isPresent();
        if (goesOn && !started) {
            playing.until(at);
        } else if (!started) {
            playing.wake(at);
        }
        for (var entry : wake) {
            take(playing, entry);
        }
    }

    /** Begins where entries are missing before. */
    private Play begin(Entry one) {
        firstSeq = one.seq();
        var begun = new Play(judge, judge.begin(one.epoch()), this::decided);
        var seq = 0L;
        for (var known : open.values()) {
            if (known.fact() instanceof Fact.Alarm(var event)) {
                names.put(event.id(), event.id());
            }
            begun.recall(new Entry(one.epoch(), ++seq, known.at(), known.fact()));
        }
        return begun;
    }

    private void take(Play playing, Entry entry) {
        switch (entry.fact()) {
            case Fact.Alarm(var event) -> {
                var raw = event.evidence().from() >= firstSeq;
                then.add(new Said(entry.at(), event.id(), event, raw));
                note(entry, event);
            }
            // What was open when an epoch ended goes on by itself, or is not open today.
            case Fact.CarriedAlarm(_, _, var event) ->
                    note(
                            new Entry(
                                    entry.epoch(), entry.seq(), entry.at(), new Fact.Alarm(event)),
                            event);
            case Fact.Acknowledged(var alarm, var person, var words) ->
                    input(
                            playing,
                            entry,
                            new Fact.Acknowledged(today(playing, alarm), person, words));
            case Fact.Shelved(var alarm, var forMs, var once, var reason, var person) ->
                    input(
                            playing,
                            entry,
                            new Fact.Shelved(today(playing, alarm), forMs, once, reason, person));
            case Fact.Unshelved(var alarm, var person) ->
                    input(playing, entry, new Fact.Unshelved(today(playing, alarm), person));
            case Fact.Reset(var alarm, var person, var note) ->
                    input(playing, entry, new Fact.Reset(today(playing, alarm), person, note));
            // Today's judge learns from what it sees itself.
            case Fact.Warmed _, Fact.BatchJudged _, Fact.Cycled _, Fact.Access _ -> {}
            case Fact.Remedied(var alarm, var remedy, var person) ->
                    input(playing, entry, new Fact.Remedied(today(playing, alarm), remedy, person));
            case Fact.Verified(var alarm, var note, var person) ->
                    input(playing, entry, new Fact.Verified(today(playing, alarm), note, person));
            // What a camera shows was judged where it was seen.
            case Fact.Relearned _ -> {}
            case Fact.Round round -> {
                rounds++;
                first = first.or(() -> Optional.of(entry.at()));
                last = Optional.of(entry.at());
                input(playing, entry, round);
            }
            case Fact.EpochBegan _,
                    Fact.Started _,
                    Fact.PlanChanged _,
                    Fact.Silenced _,
                    Fact.Link _,
                    Fact.Delivered _,
                    Fact.ClockSet _,
                    Fact.Gap _,
                    Fact.CarriedCheckpoint _,
                    Fact.Rekeyed _,
                    Fact.Checkpointed _,
                    Fact.Receipted _,
                    Fact.HoldPlaced _,
                    Fact.HoldReleased _,
                    Fact.Corrected _,
                    Fact.Done _,
                    Fact.BatchBegan _,
                    Fact.BatchEnded _,
                    Fact.Serviced _,
                    Fact.Checked _,
                    Fact.Reviewed _,
                    Fact.BuzzerTested _,
                    Fact.HandRead _,
                    Fact.SelfTested _,
                    Fact.Restarted _,
                    Fact.Stopping _,
                    Fact.Drilled _,
                    Fact.Commissioned _,
                    Fact.PlacePictured _,
                    Fact.Storage _ ->
                    input(playing, entry, entry.fact());
        }
    }

    private static void input(Play playing, Entry entry, Fact fact) {
        playing.take(new Entry(entry.epoch(), entry.seq() << ROOM_BITS, entry.at(), fact));
    }

    private void note(Entry entry, AlarmEvent event) {
        var key = new State.Key(event.subject(), event.rule());
        recorded.put(event.id(), key);
        if (event.state() == AlarmState.NORMAL) {
            open.remove(key);
        } else {
            open.put(key, entry);
        }
    }

    /** Who acknowledged an alarm then acknowledges what stands in its place today. */
    private AlarmId today(Play playing, AlarmId alarm) {
        return Optional.ofNullable(recorded.get(alarm))
                .flatMap(key ->
                        playing.state().openAlarms().stream()
                                .filter(o -> new State.Key(o.subject(), o.rule()).equals(key))
                                .findFirst())
                .map(AlarmEvent::id)
                .orElse(alarm);
    }

    private void decided(Entry entry) {
        if (entry.fact() instanceof Fact.Alarm(var event)) {
            var evidence = event.evidence().from() >> ROOM_BITS;
            var id =
                    names.computeIfAbsent(
                            event.id(),
                            _ ->
                                    AlarmId.of(
                                            entry.epoch(),
                                            event.subject(),
                                            event.rule(),
                                            evidence));
            now.add(new Said(entry.at(), id, event, evidence >= firstSeq));
        }
    }
}
