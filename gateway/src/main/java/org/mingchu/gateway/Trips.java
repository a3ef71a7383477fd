package org.mingchu.gateway;

import org.mingchu.config.Quantity;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.Judge;
import org.mingchu.gateway.keep.Answers;
import org.mingchu.gateway.keep.Journal;
import org.mingchu.gateway.keep.store.JournalException;
import org.mingchu.sensors.Flag;
import org.mingchu.sensors.Moment;
import org.mingchu.sensors.Reading;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Gives a batch that is said to have begun before what its probe had told of that time: a box has
 * delivered its whole trip before somebody opens it. The house's thread.
 */
final class Trips {
    private static final Logger LOG = LoggerFactory.getLogger(Trips.class);

    /** Only unplanned subjects ask how often they speak. */
    private static final Duration ANY_PERIOD = Duration.ofSeconds(1);

    private final Judge judge;
    private final Journal journal;

    Trips(Judge judge, Journal journal) {
        this.judge = judge;
        this.journal = journal;
    }

    /**
     * The fact as it is to be kept.
     *
     * @param waiting rounds that wait for the same commit: the record does not tell them yet
     */
    Fact told(Fact fact, List<Fact.Round> waiting, Moment now) {
        return fact instanceof Fact.BatchBegan began && began.agoMs() > 0
                ? judge.probe(began.where())
                        .<Fact>map(probe -> began.with(earlier(began, probe, waiting, now)))
                        .orElse(began)
                : fact;
    }

    private List<Fact.Earlier> earlier(
            Fact.BatchBegan began, String probe, List<Fact.Round> waiting, Moment now) {
        var told = new ArrayList<>(kept(began, probe, now));
        for (var round : waiting) {
            for (var reading : round.readings()) {
                if (reading.subject().equals(probe)
                        && reading instanceof Reading.Measured measured) {
                    told.add(
                            new Answers.Earlier(
                                    TimeUnit.NANOSECONDS.toMillis(measured.ageNs()), measured));
                }
            }
        }
        var earlier =
                told.stream()
                        .filter(one -> one.agoMs() <= began.agoMs())
                        .filter(one ->
                                one.reading() instanceof Reading.Measured measured
                                        && measured.quantity() == Quantity.TEMPERATURE)
                        .map(one -> earlier(one.agoMs(), (Reading.Measured) one.reading()))
                        .sorted(Comparator.comparingLong(Fact.Earlier::agoMs).reversed())
                        .toList();
        var most = Fact.BatchBegan.EARLIER_MAX;
        return earlier.subList(Math.max(0, earlier.size() - most), earlier.size());
    }

    /** What cannot be read stays unseen, and the clocks say so: the batch is followed anyhow. */
    private List<Answers.Earlier> kept(Fact.BatchBegan began, String probe, Moment now) {
        try {
            return journal.history(ANY_PERIOD, Reading.LATE_MAX)
                    .before(probe, now, Duration.ofMillis(began.agoMs()));
        } catch (JournalException e) {
            LOG.warn("event=trip-unread probe={} cause=\"{}\"", probe, e.getMessage());
            return List.of();
        }
    }

    private static Fact.Earlier earlier(long agoMs, Reading.Measured value) {
        return new Fact.Earlier(
                agoMs, value.milli(), !value.flags().contains(Flag.UNAUTHENTICATED));
    }
}
