package org.mingchu.gateway.keep;

import org.mingchu.gateway.judge.AlarmEvent;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.sensors.Moment;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Every step of every alarm in the journal's order, each at its corrected time. Reads all entries
 * that are no rounds, twice: an earlier time may be known by a later clock only, and the agent has
 * no room to remember the steps of years. One thread.
 */
public final class AlarmSteps {
    private final Journal journal;
    private final Pages pages;
    private final Chronology chronology = new Chronology(Chronology.FIRST_PROGRAM_MS);
    private Optional<Moment> first = Optional.empty();

    /** Takes a step of an alarm. */
    @FunctionalInterface
    public interface Sink {
        /**
         * They come in the journal's order.
         *
         * @param atMs corrected, milliseconds since 1970
         */
        void step(long atMs, AlarmEvent event);
    }

    private AlarmSteps(Journal journal) {
        this.journal = journal;
        pages = new Pages(journal);
    }

    /** Learns when everything was. */
    public static AlarmSteps of(Journal journal) throws IOException {
        var steps = new AlarmSteps(journal);
        steps.walk(entry -> {
            steps.chronology.add(entry);
            steps.first = steps.first.or(() -> Optional.of(entry.at()));
        });
        return steps;
    }

    /** When the record begins, milliseconds since 1970; empty when nothing is in it. */
    public OptionalLong firstMs() {
        return first.map(at -> OptionalLong.of(ms(at))).orElseGet(OptionalLong::empty);
    }

    /** A moment by all that is known now, milliseconds since 1970. */
    public long ms(Moment moment) {
        return chronology.corrected(moment).wallMs();
    }

    /** Hands over the steps; what was kept again in a later epoch is there as what it was. */
    public void each(Sink sink) throws IOException {
        walk(entry -> {
            if (entry.fact() instanceof Fact.Alarm(var event)) {
                sink.step(ms(entry.at()), event);
            }
        });
    }

    private void walk(Pages.EntrySink sink) throws IOException {
        for (var epoch : journal.epochs()) {
            pages.withoutRounds(epoch, journal.lastSeq(epoch), sink);
        }
    }
}
