package org.mingchu.gateway.keep;

import org.mingchu.gateway.judge.Entry;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.keep.cbor.Cbor;
import org.mingchu.gateway.keep.entry.EntryCodec;
import org.mingchu.gateway.keep.pack.Measure;
import org.mingchu.gateway.keep.store.Row;
import org.mingchu.gateway.keep.store.Store;
import org.mingchu.sensors.Moment;
import org.mingchu.sensors.Reading;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;

/**
 * Which sensors and cameras the record knows, by what they have said in it. Any thread; each
 * question holds the journal's lock for some milliseconds.
 */
public final class Roll {
    /** What is looked at to see how often a sensor is asked. */
    private static final long LOOK_MS = Duration.ofMinutes(30).toMillis();

    private final Journal journal;

    public Roll(Journal journal) {
        this.journal = journal;
    }

    /** Everybody who has ever said something, by id. */
    public List<String> subjects() {
        return journal.asked((store, _) -> {
            var all =
                    new TreeSet<>(
                            store.ask("SELECT group_concat(id, char(10)) FROM subjects")
                                    .filter(ids -> !ids.isEmpty())
                                    .map(ids -> List.of(ids.split("\n")))
                                    .orElse(List.of()));
            all.addAll(newest(store).keySet());
            return List.copyOf(all);
        });
    }

    /** The newest readings that are not packed yet, by subject. */
    public Map<String, Reading> newest() {
        return journal.asked((store, _) -> newest(store));
    }

    private static Map<String, Reading> newest(Store store) {
        var newest = new TreeMap<String, Told>();
        for (var row : store.unpacked(Integer.MAX_VALUE)) {
            for (var told : told(row)) {
                newest.merge(told.reading.subject(), told, Told::newer);
            }
        }
        var readings = new TreeMap<String, Reading>();
        newest.forEach((subject, told) -> readings.put(subject, told.reading));
        return readings;
    }

    /** A reading of a round. */
    private record Told(Moment at, Reading reading) {
        /** What a probe had buffered is older than what it has told before. */
        Told newer(Told later) {
            return at.boot().equals(later.at.boot()) && later.takenNs() < takenNs() ? this : later;
        }

        private long takenNs() {
            return at.upNs() - reading.behindNs();
        }
    }

    private static List<Told> told(Row row) {
        try {
            var entry =
                    row.isSound()
                            ? Optional.of(EntryCodec.decode(row.bytes()))
                            : Optional.<Entry>empty();
            return entry.filter(e -> e.fact() instanceof Fact.Round).stream()
                    .flatMap(e ->
                            ((Fact.Round) e.fact())
                                    .readings().stream().map(r -> new Told(e.at(), r)))
                    .toList();
        } catch (Cbor.Malformed | Cbor.Unknown e) {
            return List.of(); // whoever reads its entries finds it damaged and has it told
        }
    }

    /** What a sensor measures, if it has ever said a value. */
    public Optional<Measure> measure(String subject) {
        return Optional.ofNullable(newest().get(subject))
                .flatMap(Measure::of)
                .or(() ->
                        journal.asked((store, _) ->
                                Arrays.stream(Measure.values())
                                        .filter(m -> m != Measure.NONE)
                                        .filter(m ->
                                                !store.summaries(subject, m, 0, Long.MAX_VALUE)
                                                        .isEmpty())
                                        .findFirst()));
    }

    /**
     * How often a sensor was asked about that time: the middle of the steps between its readings.
     *
     * @param ms milliseconds since 1970
     * @param lateness how long after it was taken a value may have come
     */
    public Optional<Duration> period(String subject, long ms, Duration lateness) {
        var said =
                journal.history(Duration.ofSeconds(1), lateness)
                        .range(subject, new Window(ms - LOOK_MS, ms + LOOK_MS))
                        .said();
        var steps =
                LongStream.range(1, said.size())
                        .mapToObj(Math::toIntExact)
                        .filter(i -> said.get(i).at().boot().equals(said.get(i - 1).at().boot()))
                        .map(i -> Duration.ofNanos(takenNs(said.get(i)) - takenNs(said.get(i - 1))))
                        .sorted()
                        .toList();
        return steps.isEmpty()
                ? Optional.empty()
                : Optional.of(Duration.ofSeconds(Math.max(1, seconds(steps))));
    }

    private static long takenNs(Answers.Said said) {
        return said.at().upNs() - said.reading().behindNs();
    }

    private static long seconds(List<Duration> steps) {
        return steps.get(steps.size() / 2).plusMillis(500).toSeconds();
    }
}
