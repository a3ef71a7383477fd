package org.mingchu.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mingchu.config.Plan;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.Judge;
import org.mingchu.gateway.keep.Journal;
import org.mingchu.gateway.keep.LongRecord;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;

/**
 * A start takes as long after a year as after a day. Counted in bytes that the starting thread
 * reads, because a clock would count what else the machine does.
 */
final class LongRecordTest {
    /** A day is read again when there is no snapshot, so that the shorter record is longer. */
    private static final int SHORT_DAYS = 2;

    /** Pages of the tree of pages above those that are read: a longer record's tree is higher. */
    private static final long MORE_BYTES = 256 << 10;

    /**
     * Without a snapshot the decisions of all time are read, and between them stand the checkpoints
     * of each hour: 12 KiB a day, 4 MiB a year. Of readings there are 3 MiB a day.
     */
    private static final long DECISIONS_BYTES_PER_DAY = 16 << 10;

    private static final Fact.Started STARTED = new Fact.Started("test", true);
    private static final Path COUNTERS = Path.of("/proc/thread-self/io");

    private final FilmClock clock = new FilmClock();
    private final Plan plan = Film.plan();

    @TempDir private Path folder;

    @Test
    void a_start_reads_no_more_of_a_long_record_than_of_a_short_one()
            throws IOException, SQLException {
        Proof.notInShort();
        var days = Proof.pick(0, 30, 365);
        made("short", SHORT_DAYS);
        made("long", days);
        for (var form : Form.values()) {
            // Once for the classes and for what the start itself writes.
            start("short", form);
            var brief = start("short", form);
            var record = start("long", form);
            LoggerFactory.getLogger(LongRecordTest.class)
                    .info(
                            "event=start form={} days={} read_kib={} ms={} days={} read_kib={}"
                                    + " ms={}",
                            form,
                            SHORT_DAYS,
                            brief.bytes >> 10,
                            brief.ms,
                            days,
                            record.bytes >> 10,
                            record.ms);
            var decisions =
                    form == Form.WITHOUT_SNAPSHOT
                            ? DECISIONS_BYTES_PER_DAY * (days - SHORT_DAYS)
                            : 0;
            assertThat(record.bytes)
                    .as(form.name())
                    .isLessThan(brief.bytes + MORE_BYTES + decisions);
        }
    }

    /** What the start finds. */
    private enum Form {
        /** Another plan or program than before. */
        WITHOUT_SNAPSHOT,
        WITH_SNAPSHOT
    }

    private record Start(long bytes, long ms) {}

    private void made(String name, int days) throws IOException {
        var pack = plan.pack();
        var bound =
                new Fact.PlanChanged(plan.siteSha256(), pack.id(), pack.version(), pack.sha256());
        Files.write(
                Files.createDirectories(folder.resolve(name)).resolve("journal.db"),
                LongRecord.image(days, clock.now().wallMs(), List.of(STARTED, bound)));
    }

    private Start start(String name, Form form) throws IOException, SQLException {
        var place = folder.resolve(name);
        if (form == Form.WITHOUT_SNAPSHOT) {
            try (var connection =
                            DriverManager.getConnection(
                                    "jdbc:sqlite:" + place.resolve("journal.db"));
                    var statement = connection.createStatement()) {
                statement.execute("DELETE FROM snapshot");
            }
        }
        var bytes = readBytes();
        var beganNs = System.nanoTime();
        try (var journal = Journal.open(place, new Random(2), clock.now())) {
            var judge = new Judge(plan);
            var recovery = new Recovery(plan, judge, journal);
            assertThat(recovery.lastStart()).contains(STARTED);
            assertThat(recovery.planChange()).isEmpty();
            var house = new House(plan, judge, journal, clock, (_, _, _) -> {});
            house.begin(STARTED);
            var start = new Start(readBytes() - bytes, (System.nanoTime() - beganNs) / 1_000_000);
            assertThat(house.state().seq()).isEqualTo(journal.lastSeq());
            return start;
        }
    }

    private static long readBytes() throws IOException {
        return Files.readAllLines(COUNTERS).stream()
                .filter(line -> line.startsWith("rchar: "))
                .mapToLong(line -> Long.parseLong(line.substring("rchar: ".length())))
                .sum();
    }
}
