package org.mingchu.gateway.judge;

import static org.assertj.core.api.Assertions.assertThat;

import org.mingchu.sensors.Flag;
import org.mingchu.sensors.Moment;
import org.mingchu.sensors.Reading;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Checks a journal by rules written down a second time, without any of the judge's code. */
final class Checker {
    /** A reading counts as the sensor's word for two periods. */
    private static final long FRESH_NS = 2 * Plans.PERIOD.toNanos();

    private static final Set<String> LEGAL =
            Set.of(
                    "normal raised unack-active",
                    "unack-active acknowledged ack-active",
                    "unack-active returned unack-returned",
                    "unack-returned re-alarmed unack-active",
                    "unack-returned acknowledged normal",
                    "ack-active returned normal",
                    "ack-active re-alarmed unack-active",
                    "unack-active escalated unack-active",
                    "normal cleared normal");

    private final List<Entry> journal;

    Checker(List<Entry> journal) {
        this.journal = journal;
    }

    /** What a sensor said, where it counts: nothing buffered, nothing good from strangers. */
    private record Said(Moment at, long seq, Optional<Long> milli) {}

    void everyEventIsLegal() {
        var states = new HashMap<String, String>();
        for (var event : events()) {
            var key = event.subject() + '/' + event.rule();
            var was = states.getOrDefault(key, "normal");
            assertThat(LEGAL)
                    .contains(was + ' ' + event.change().word() + ' ' + event.state().word());
            states.put(key, event.state().word());
        }
    }

    void idsAreUnique() {
        var raised = new HashSet<AlarmId>();
        for (var event : events()) {
            if (event.change() == AlarmChange.RAISED) {
                assertThat(raised.add(event.id())).as("a new alarm has a new id").isTrue();
            } else {
                assertThat(raised).contains(event.id());
            }
        }
    }

    /** No alarm unless every word of its evidence is beyond the limit, for the whole delay. */
    void everyLimitAlarmIsEarned(String subject, String rule, long limitMilli, Duration delay) {
        for (var entry : journal) {
            if (entry.fact() instanceof Fact.Alarm(var event)
                    && event.rule().equals(rule)
                    && event.state() == AlarmState.UNACK_ACTIVE
                    && stateBefore(entry.seq(), subject, rule) != AlarmState.ACK_ACTIVE) {
                var evidence = said(subject, limitMilli, event.evidence());
                assertThat(evidence).isNotEmpty();
                var shown = evidence.stream().filter(word -> word.milli().isPresent()).toList();
                assertThat(shown).allMatch(word -> word.milli().orElseThrow() > limitMilli);
                assertThat(shown.getFirst().seq()).isEqualTo(event.evidence().from());
                assertThat(shown.getLast().seq()).isEqualTo(event.evidence().to());
                assertThat(heldNs(shown, entry.at())).isGreaterThanOrEqualTo(delay.toNanos());
                assertLatestIs(shown.getLast(), subject, limitMilli, entry);
            }
        }
    }

    private void assertLatestIs(Said shown, String subject, long limitMilli, Entry entry) {
        var before = said(subject, limitMilli, new SeqRange(1, entry.seq()));
        assertThat(before.getLast()).as("no alarm on a fault").isEqualTo(shown);
        assertThat(shown.at().boot()).isEqualTo(entry.at().boot());
        assertThat(entry.at().upNs() - shown.at().upNs()).isLessThanOrEqualTo(FRESH_NS);
    }

    private static long heldNs(List<Said> shown, Moment end) {
        var heldNs = 0L;
        for (var i = 0; i < shown.size(); i++) {
            var from = shown.get(i).at();
            var to = i + 1 < shown.size() ? shown.get(i + 1).at() : end;
            heldNs += from.boot().equals(to.boot()) ? to.upNs() - from.upNs() : 0;
        }
        return heldNs;
    }

    /** Beyond the limit without a break for the delay, and a word that says so: an alarm is on. */
    void everyBreachIsAnnounced(String subject, String rule, long limitMilli, Duration delay) {
        Optional<Moment> since = Optional.empty();
        for (var word : said(subject, limitMilli, new SeqRange(1, journal.size()))) {
            var beyond = word.milli().isPresent() && word.milli().get() > limitMilli;
            var sameBoot = since.filter(at -> at.boot().equals(word.at().boot())).isPresent();
            since = !beyond ? Optional.empty() : sameBoot ? since : Optional.of(word.at());
            if (since.isPresent() && word.at().upNs() - since.get().upNs() >= delay.toNanos()) {
                assertThat(stateAfter(word.seq(), subject, rule))
                        .as("%s at entry %d", rule, word.seq())
                        .isIn(AlarmState.UNACK_ACTIVE, AlarmState.ACK_ACTIVE);
            }
        }
    }

    /** No return unless the last words were all good, for the whole delay. */
    void everyReturnIsEarned(String subject, String rule, long goodMilli, Duration delay) {
        for (var entry : journal) {
            if (entry.fact() instanceof Fact.Alarm(var event)
                    && event.rule().equals(rule)
                    && event.change() == AlarmChange.RETURNED) {
                var good = new ArrayList<Said>();
                for (var word : said(subject, goodMilli, new SeqRange(1, entry.seq())).reversed()) {
                    if (word.milli().isEmpty() || word.milli().get() > goodMilli) {
                        break;
                    }
                    good.addFirst(word);
                }
                assertThat(good).isNotEmpty();
                assertThat(heldNs(good, entry.at())).isGreaterThanOrEqualTo(delay.toNanos());
            }
        }
    }

    private AlarmState stateAfter(long seq, String subject, String rule) {
        var state = AlarmState.NORMAL;
        for (var entry : journal) {
            if (entry.fact() instanceof Fact.Alarm(var event)) {
                if (event.subject().equals(subject) && event.rule().equals(rule)) {
                    state = event.state();
                }
            } else if (entry.seq() > seq) {
                return state;
            }
        }
        return state;
    }

    private AlarmState stateBefore(long seq, String subject, String rule) {
        return journal.stream()
                .filter(entry -> entry.seq() < seq)
                .map(Entry::fact)
                .filter(Fact.Alarm.class::isInstance)
                .map(fact -> ((Fact.Alarm) fact).event())
                .filter(event -> event.subject().equals(subject) && event.rule().equals(rule))
                .reduce((_, last) -> last)
                .map(AlarmEvent::state)
                .orElse(AlarmState.NORMAL);
    }

    private List<AlarmEvent> events() {
        return journal.stream()
                .map(Entry::fact)
                .filter(Fact.Alarm.class::isInstance)
                .map(fact -> ((Fact.Alarm) fact).event())
                .toList();
    }

    private List<Said> said(String subject, long limitMilli, SeqRange range) {
        var said = new ArrayList<Said>();
        for (var entry : journal) {
            if (entry.fact() instanceof Fact.Round(var readings)
                    && entry.seq() >= range.from()
                    && entry.seq() <= range.to()) {
                readings.stream()
                        .filter(reading -> reading.subject().equals(subject))
                        .filter(reading -> counts(reading, limitMilli))
                        .map(reading -> new Said(entry.at(), entry.seq(), milli(reading)))
                        .forEach(said::add);
            }
        }
        return said;
    }

    private static boolean counts(Reading reading, long limitMilli) {
        return !(reading instanceof Reading.Measured measured)
                || (!measured.flags().contains(Flag.BACKFILLED)
                        && (measured.milli() > limitMilli
                                || !measured.flags().contains(Flag.UNAUTHENTICATED)));
    }

    private static Optional<Long> milli(Reading reading) {
        return reading instanceof Reading.Measured measured
                ? Optional.of(measured.milli())
                : Optional.empty();
    }
}
