package org.mingchu.gateway;

import org.mingchu.config.Plan;
import org.mingchu.config.SeriesPlan;
import org.mingchu.gateway.judge.AlarmEvent;
import org.mingchu.gateway.judge.AlarmState;
import org.mingchu.gateway.judge.Entry;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.Judge;
import org.mingchu.gateway.judge.Person;
import org.mingchu.gateway.judge.Role;
import org.mingchu.gateway.judge.Strength;
import org.mingchu.gateway.tend.series.Progress;
import org.mingchu.gateway.tend.series.Row;
import org.mingchu.gateway.tend.series.Series;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Moment;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * A recorded series, judged in virtual time: one boot from its first row on, each row a round, the
 * sampling periods those of the series. Nobody was there to acknowledge: an alarm is acknowledged
 * with the row at which its condition is gone, so that the next one is an alarm of its own. The
 * same file gives the same entries each time. One thread, one series.
 */
final class Trial {
    /** Whoever acknowledges; nobody is called that. */
    static final Person NOBODY = new Person("trial", Role.TECHNICIAN, Strength.TAP);

    /** Bytes of a file's hash that name the epoch, and as many more the boot. */
    private static final int EPOCH_BYTES = 8;

    private final Series series;
    private final Judge judge;
    private final String epoch;
    private final String boot;
    private final List<AlarmEvent> returned = new ArrayList<>();

    Trial(Plan plan, Series series) {
        this.series = series;
        var hash = HexFormat.of().parseHex(series.found().sha256());
        epoch = HexFormat.of().formatHex(hash, 0, EPOCH_BYTES);
        var bits = ByteBuffer.wrap(hash, EPOCH_BYTES, 2 * Long.BYTES);
        boot = new UUID(bits.getLong(), bits.getLong()).toString();
        judge = new Judge(SeriesPlan.of(plan, series.periods()));
    }

    /** The epoch of its entries: the beginning of the file's SHA-256. */
    String epoch() {
        return epoch;
    }

    /**
     * Judges all of it.
     *
     * @param decided takes each decision as it is made
     */
    void judge(Consumer<Entry> decided, Progress progress) throws IOException {
        var play =
                new Play(
                        judge,
                        judge.begin(epoch),
                        entry -> {
                            noteReturn(entry);
                            decided.accept(entry);
                        });
        series.read(row -> round(play, row), progress);
    }

    private void noteReturn(Entry entry) {
        if (entry.fact() instanceof Fact.Alarm(var event)
                && event.state() == AlarmState.UNACK_RETURNED) {
            returned.add(event);
        }
    }

    private void round(Play play, Row row) {
        var at = at(row.ms());
        play.until(at);
        acknowledge(play, at);
        play.take(next(play, at, new Fact.Round(row.readings())));
        acknowledge(play, at);
    }

    private void acknowledge(Play play, Moment at) {
        var seen = List.copyOf(returned);
        returned.clear();
        for (var event : seen) {
            play.take(next(play, at, new Fact.Acknowledged(event.id(), NOBODY, Optional.empty())));
        }
    }

    private Entry next(Play play, Moment at, Fact fact) {
        return new Entry(epoch, play.state().seq() + 1, at, fact);
    }

    private Moment at(long ms) {
        var upNs = Duration.ofMillis(ms - series.found().fromMs()).toNanos();
        return new Moment(boot, upNs, ms, ClockState.SYNCED, 0);
    }
}
