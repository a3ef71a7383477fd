package org.mingchu.gateway.shipped;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mingchu.gateway.Proof;
import org.mingchu.gateway.judge.Entry;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.keep.Journal;
import org.mingchu.simulator.platform.Lane;
import org.mingchu.simulator.platform.Supervisor;
import org.mingchu.simulator.wire.Broker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * A technician copies the state folder of one board to another, and both go on: under one epoch
 * they would give the same numbers to different readings, and the platform would drop half of them.
 */
final class SecondBoardIT {
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir private Path folder;

    @Test
    void every_reading_of_both_boards_is_at_the_platform() throws IOException {
        Proof.notInShort();
        try (var broker = Broker.start(Broker.Limits.USUAL, System::nanoTime);
                var platform = Supervision.at(broker.port());
                var first = kitchen("first", "10000000a0000001", broker);
                var second = kitchen("second", "10000000a0000002", broker)) {
            var supervisor = platform.supervisor();
            first.start();
            Eventually.within(
                    SOON,
                    "the first round arrives",
                    supervisor::view,
                    () -> supervisor.count(Lane.READING) > 0);
            broker.refuse();
            more(first);
            first.program().kill();
            copy(first.state(), second.state());

            second.start();
            more(second);
            second.program().kill();
            first.start();
            more(first);
            first.program().kill();

            var old = epochs(first.state());
            assertThat(old).hasSize(1);
            var own = epochs(second.state());
            assertThat(own).hasSize(2).startsWith(old.getFirst());
            assertThat(entries(second.state(), own.getLast()).getFirst().fact())
                    .isEqualTo(new Fact.EpochBegan(Optional.of(old.getFirst()), "copied"));

            broker.reopen();
            arrives(second, supervisor);
            arrives(first, supervisor);
            assertThat(supervisor.violations()).isEmpty();
        }
    }

    private Kitchen kitchen(String name, String serial, Broker broker) throws IOException {
        var place = Files.createDirectory(folder.resolve(name));
        var kitchen = new Kitchen(place, 2, Supervision.platform(broker.port()), "");
        kitchen.board(serial);
        return kitchen;
    }

    private static void more(Kitchen kitchen) {
        Eventually.within(SOON, "the page answers", () -> kitchen.kept() > 0);
        var from = kitchen.kept();
        Eventually.within(SOON, "some rounds are kept", () -> kitchen.kept() >= from + 8);
    }

    /** What its disk holds now, under whatever epoch it arrives. */
    private static void arrives(Kitchen kitchen, Supervisor supervisor) throws IOException {
        var rounds = new ArrayList<Entry>();
        for (var epoch : epochs(kitchen.state())) {
            rounds.addAll(entries(kitchen.state(), epoch));
        }
        rounds.removeIf(entry -> !(entry.fact() instanceof Fact.Round));
        assertThat(rounds).hasSizeGreaterThan(10);
        kitchen.start();
        Eventually.within(
                SOON,
                "every reading is at the platform",
                supervisor::view,
                () -> rounds.stream().allMatch(round -> hasAll(supervisor, round)));
        kitchen.program().kill();
    }

    private static boolean hasAll(Supervisor supervisor, Entry round) {
        var upMs = TimeUnit.NANOSECONDS.toMillis(round.at().upNs());
        return ((Fact.Round) round.fact())
                .readings().stream()
                        .allMatch(reading ->
                                supervisor.hasReading(reading.subject(), round.at().boot(), upMs));
    }

    private static List<String> epochs(Path state) throws IOException {
        try (var journal = Journal.asItIs(state, new Random(1))) {
            return journal.epochs();
        }
    }

    private static List<Entry> entries(Path state, String epoch) throws IOException {
        try (var journal = Journal.asItIs(state, new Random(1))) {
            return journal.read(epoch, 1, Integer.MAX_VALUE);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (var file : files.toList()) {
                Files.copy(
                        file,
                        to.resolve(from.relativize(file)),
                        StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }
}
