package org.mingchu.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mingchu.config.Quantity;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.keep.Export;
import org.mingchu.gateway.keep.Journal;
import org.mingchu.gateway.keep.OwnKeys;
import org.mingchu.gateway.keep.Seal;
import org.mingchu.gateway.keep.SiteNote;
import org.mingchu.gateway.keep.proof.DeviceKey;
import org.mingchu.gateway.tend.ExitCode;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Flag;
import org.mingchu.sensors.Moment;
import org.mingchu.sensors.Reading;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * A box goes from the kitchen that cooks to a canteen, its probe with it: heard by the kitchen for
 * 20 minutes, by nobody on the road, and by the canteen from minute 105 on, which then gets the
 * curve of the road as well. Each gateway has its own record, on its own disk and its own boot.
 */
final class TransitTest {
    private static final String BOX = "box-7";
    private static final long BEGIN_MS = 1_793_548_800_000L;
    private static final int LEFT_MIN = 20;
    private static final int CAME_MIN = 105;
    private static final int END_MIN = 120;
    private static final KitchenTime TIME = new KitchenTime(ZoneId.of("Asia/Shanghai"));
    private static final String KITCHEN = "city/kitchen/gw-1";
    private static final String CANTEEN = "city/canteen/gw-2";

    @TempDir private Path folder;
    private Path kitchen = Path.of("");
    private Path canteen = Path.of("");

    @BeforeEach
    void the_box_goes_from_one_to_the_other() throws IOException {
        try (var gateway = new Gateway("kitchen", "gw-1", 1, 0)) {
            for (var minute = 0; minute <= LEFT_MIN; minute += 5) {
                gateway.hears(minute, minute);
            }
            kitchen = gateway.export();
        }
        try (var gateway = new Gateway("canteen", "gw-2", 2, 77_000)) {
            gateway.hears(CAME_MIN, CAME_MIN);
            for (var taken = LEFT_MIN + 5; taken < CAME_MIN; taken += 5) {
                gateway.hears(CAME_MIN, taken);
            }
            for (var minute = CAME_MIN + 5; minute <= END_MIN; minute += 5) {
                gateway.hears(minute, minute);
            }
            canteen = gateway.export();
        }
    }

    /** It cools by a tenth of a degree a minute. */
    private static long milli(int minute) {
        return 65_000 - minute * 100L;
    }

    /** One gateway with its record in a file. */
    private final class Gateway implements AutoCloseable {
        private final Path place;
        private final String boot;
        private final long upMs;
        private final Journal journal;

        Gateway(String site, String id, int seed, long upMs) throws IOException {
            place = Files.createDirectories(folder.resolve(id));
            boot = "boot-" + id;
            this.upMs = upMs;
            journal = Journal.open(place, new Random(seed), at(0));
            var key = new byte[32];
            key[0] = (byte) seed;
            var seal = new Seal("city", site, id, DeviceKey.of(key));
            journal.sealWith(seal);
            OwnKeys.remember(place, seal);
        }

        void hears(int minute, int taken) {
            var flags = taken < minute ? Set.of(Flag.BACKFILLED) : Set.<Flag>of();
            var ageNs = (minute - taken) * 60_000_000_000L;
            Reading box =
                    new Reading.Measured(
                            BOX, Quantity.TEMPERATURE, milli(taken), milli(taken), ageNs, flags);
            journal.append(at(minute), List.of(new Fact.Round(List.of(box))));
            journal.commit();
            journal.tend(at(minute));
        }

        Path export() throws IOException {
            journal.checkpoint(at(END_MIN))
                    .ifPresent(note -> journal.append(at(END_MIN), List.of(note)));
            journal.commit();
            var file = place.resolve("record.zip");
            var terms =
                    new Export.Terms(
                            Instant.ofEpochMilli(BEGIN_MS),
                            "test",
                            true,
                            new SiteNote(TIME.zone(), Map.of()));
            try (var export = Export.of(journal, place, Export.Asked.ALL, terms);
                    var out = Files.newOutputStream(file)) {
                export.write(out);
            }
            return file;
        }

        private Moment at(int minute) {
            var ms = minute * 60_000L;
            return new Moment(boot, (upMs + ms) * 1_000_000, BEGIN_MS + ms, ClockState.SYNCED, 12);
        }

        @Override
        public void close() {
            journal.close();
        }
    }

    @Test
    void its_curve_is_one_by_its_own_times_and_each_part_names_who_received_it() {
        var told = new JoinedCurve(BOX, List.of(canteen, kitchen), TIME).told(false);
        assertThat(told.ok()).as("%s", told.lines()).isTrue();
        var expected = new ArrayList<String>();
        for (var minute = 0; minute <= END_MIN; minute += 5) {
            var flags = minute > LEFT_MIN && minute < CAME_MIN ? "backfilled" : "";
            expected.add(
                    String.join(
                            ",",
                            TIME.offset(BEGIN_MS + minute * 60_000L),
                            "12",
                            Shown.number(milli(minute)),
                            "Cel",
                            flags,
                            minute <= LEFT_MIN ? KITCHEN : CANTEEN));
        }
        assertThat(told.lines().getFirst()).startsWith("time 时间,").contains(",gateway 网关,");
        assertThat(
                        told.lines().stream()
                                .skip(1)
                                .map(line -> line.replaceAll(",[0-9a-f]{16},\\d+$", "")))
                .containsExactlyElementsOf(expected);
    }

    @Test
    void a_machine_gets_the_same_and_what_is_in_two_exports_once() {
        var told = new JoinedCurve(BOX, List.of(kitchen, canteen, kitchen), TIME).told(true);
        assertThat(told.lines()).hasSize(1 + END_MIN / 5);
        assertThat(told.lines().getFirst())
                .startsWith("{\"at\":\"2026-11-02T00:00+08:00\",\"errorMs\":12,\"value\":65.000,")
                .contains("\"gateway\":\"" + KITCHEN + "\"");
    }

    @Test
    void of_a_record_that_is_not_proven_nothing_is_taken() throws IOException {
        var bytes = Files.readAllBytes(canteen);
        bytes[bytes.length / 2] ^= 1;
        var forged = Files.write(folder.resolve("forged.zip"), bytes);
        var told = new JoinedCurve(BOX, List.of(kitchen, forged), TIME).told(false);
        assertThat(told.exitCode()).isEqualTo(ExitCode.CHECK_FAILED);
        assertThat(told.lines()).hasSize(1);
        assertThat(told.lines().getFirst())
                .startsWith(forged + ": it is not proven, and nothing of it is taken");
    }

    @Test
    void a_probe_of_another_name_is_said_with_what_to_do() {
        var told = new JoinedCurve("box-8", List.of(kitchen), TIME).told(false);
        assertThat(told.exitCode()).isEqualTo(ExitCode.CHECK_FAILED);
        assertThat(told.lines().getFirst())
                .startsWith("SUBJECT 'box-8': no value of it is in " + kitchen);
    }
}
