package org.mingchu.gateway.shipped;

import static org.assertj.core.api.Assertions.assertThat;

import org.mingchu.gateway.judge.Entry;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.Lane;
import org.mingchu.gateway.keep.Journal;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Moment;
import org.mingchu.simulator.platform.MqttSupervisor;
import org.mingchu.simulator.platform.Supervisor;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;

/** The platform of a shipped kitchen, and the audit of what it has against the kitchen's disk. */
public final class Supervision {
    static final Path CONTRACT = Path.of("src", "main", "contract");

    private static final Moment NO_MOMENT = new Moment("none", 0, 0, ClockState.UNSYNCED, 0);

    private Supervision() {}

    /** A platform of its own at a broker. */
    public static MqttSupervisor at(int port) {
        return MqttSupervisor.connect("127.0.0.1", port, CONTRACT, System::currentTimeMillis);
    }

    /** The lines of a {@code [[platform]]} that acknowledges. */
    public static String platform(int port) {
        return """
        [[platform]]
        id = "market-regulation"
        url = "mqtt://127.0.0.1:%d"
        encoder = "native"
        view = "full"
        acknowledges = true
        """
                .formatted(port);
    }

    /** Every published entry of a journal that nobody has open any more. */
    static List<Entry> published(Path state) {
        return entries(state).stream().filter(entry -> entry.fact().lane() != Lane.NONE).toList();
    }

    /** Every entry of a journal that nobody has open any more, its seq without a hole. */
    public static List<Entry> entries(Path state) {
        try (var journal = Journal.open(state, new Random(1), NO_MOMENT)) {
            var entries = journal.read(1, Integer.MAX_VALUE);
            assertThat(entries.stream().map(Entry::seq))
                    .isEqualTo(LongStream.rangeClosed(1, journal.lastSeq()).boxed().toList());
            return entries;
        }
    }

    /** Waits until the platform has all of it, and holds it against the contract. */
    static void hasAll(Supervisor supervisor, List<Entry> published, Duration within) {
        Eventually.within(
                within,
                "the platform has every entry",
                supervisor::view,
                // What is newer than all of it may still be overtaking on the way.
                () -> missing(supervisor, published).isEmpty() && supervisor.chainUnbroken());
        assertThat(supervisor.violations()).isEmpty();
    }

    static List<Long> missing(Supervisor supervisor, List<Entry> published) {
        return published.stream().map(Entry::seq).filter(seq -> !supervisor.received(seq)).toList();
    }

    /** Every event of one rule's alarms, oldest first. */
    static List<Entry> events(List<Entry> entries, String rule) {
        return entries.stream()
                .filter(entry ->
                        entry.fact() instanceof Fact.Alarm alarm
                                && alarm.event().rule().equals(rule))
                .toList();
    }
}
