package org.mingchu.gateway.keep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.GapCause;
import org.mingchu.gateway.judge.Lane;
import org.mingchu.gateway.judge.Person;
import org.mingchu.gateway.judge.Role;
import org.mingchu.gateway.judge.SeqRange;
import org.mingchu.gateway.judge.Strength;
import org.mingchu.gateway.keep.proof.DeviceKey;
import org.mingchu.gateway.keep.proof.ExportSamples;
import org.mingchu.gateway.keep.proof.ExportWriter;
import org.mingchu.gateway.keep.proof.Report;
import org.mingchu.gateway.keep.proof.SignedNote;
import org.mingchu.gateway.keep.proof.Verifier;
import org.mingchu.gateway.keep.store.JournalException;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Moment;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** The real journal exported, and judged by the verifier that an inspector has. */
final class ExportOfJournalTest {
    private static final long BEGIN_MS = 1_793_548_800_000L;
    private static final long HOUR_MS = Duration.ofHours(1).toMillis();
    private static final int ROUNDS_AN_HOUR = 360;
    private static final Person COOK = new Person("p-03", Role.STAFF, Strength.TAP);

    @TempDir private Path folder;

    private final Random chance = new Random(5);
    private final Seal seal = new Seal("a", "s", "g", DeviceKey.of(new byte[32]));
    private int round;
    private Journal journal;

    @BeforeEach
    void six_hours_in_two_epochs() {
        journal = Journal.open(folder, new Random(1), now());
        journal.sealWith(seal);
        OwnKeys.remember(folder, seal);
        hours(3);
        journal.beginEpoch(Causes.COPIED, now());
        hours(3);
    }

    @Test
    void all_of_it_is_proven() throws IOException {
        keep(
                new Fact.Acknowledged(
                        new org.mingchu.gateway.judge.AlarmId(new java.util.UUID(1, 2)),
                        COOK,
                        Optional.of("=1+1, \"开门\"")));
        var zip = export(Export.Asked.ALL);
        var report = judge(zip);
        assertThat(report.problems()).isEmpty();
        assertThat(report.epochs()).hasSize(2);
        assertThat(report.epochs())
                .allSatisfy(e -> {
                    assertThat(e.span().from()).isOne();
                    assertThat(e.span().to()).isEqualTo(journal.lastSeq(e.span().epoch()));
                });

        var files = ExportSamples.unzip(zip);
        var readings = new String(ExportSamples.file(files, "readings.csv"), UTF_8);
        assertThat(readings).startsWith("\ufeffepoch 纪元,seq 序号,");
        assertThat(readings.lines()).hasSize(1 + 6 * ROUNDS_AN_HOUR * 3);
        assertThat(readings.lines().skip(1).findFirst().orElseThrow())
                .matches(
                        "[0-9a-f]{16},\\d+,2026-11-02T00:00:10\\+08:00,10,clock,"
                                + "2026-11-02T00:00:10\\+08:00,synced,freezer-0-air,temperature,"
                                + "-1[4-8]\\.\\d{3},-1[4-8]\\.\\d{3},Cel,\\d+,,,,");
        assertThat(new String(ExportSamples.file(files, "acts.csv"), UTF_8))
                .contains("acknowledged,")
                .contains(",p-03,staff,tap,\"'=1+1, \"\"开门\"\"\",,\r\n");
    }

    @Test
    void an_hour_of_it_is_proven_and_nothing_else_is_in_it() throws IOException {
        var from = BEGIN_MS + HOUR_MS;
        var zip = export(new Export.Asked(Optional.of(from), Optional.of(from + HOUR_MS)));
        var report = judge(zip);
        assertThat(report.problems()).isEmpty();
        assertThat(report.epochs()).hasSize(1);
        assertThat(report.epochs().getFirst().span().length())
                .isBetween(ROUNDS_AN_HOUR + 0L, ROUNDS_AN_HOUR + 6L);
        assertThatThrownBy(() -> export(new Export.Asked(Optional.empty(), Optional.of(0L))))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("nothing was recorded in the asked time")
                .hasMessageContaining("from 2026-11-01T15:59:59.990Z");
    }

    @Test
    void what_is_appended_meanwhile_changes_nothing() throws IOException {
        var out = new ByteArrayOutputStream();
        try (var export = Export.of(journal, folder, Export.Asked.ALL, terms())) {
            assertThat(journal.heldStill()).isTrue();
            hours(2); // the rounds move from rows into blocks
            ExportWriter.write(export, out);
        }
        assertThat(journal.heldStill()).isFalse();
        assertThat(judge(out.toByteArray()).problems()).isEmpty();
    }

    @Test
    void a_receipt_makes_it_witnessed_when_the_platform_is_known() throws IOException {
        var signed =
                seal.sign(
                        journal.epoch(),
                        300,
                        new org.mingchu.gateway.keep.proof.Tree(journal.hashes(journal.epoch()))
                                .root(300)
                                .orElseThrow());
        var cosigned = ExportSamples.cosign(SignedNote.parse(signed.toString()));
        keep(new Fact.Receipted(ExportSamples.PLATFORM, cosigned.toString()));
        keep(new Fact.Receipted("stranger", cosigned.toString()));
        var report = judge(export(Export.Asked.ALL));
        assertThat(report.problems()).isEmpty();
        assertThat(report.epochs().getLast().witness().map(Report.Witnessed::size)).contains(300L);
    }

    @Test
    void a_loss_that_a_later_epoch_tells_comes_along() throws IOException {
        var old = journal.epochs().getFirst();
        keep(
                new Fact.Gap(
                        old,
                        Optional.of(Lane.READING),
                        new SeqRange(40, 50),
                        11,
                        GapCause.QUARANTINED,
                        Optional.empty(),
                        Optional.empty()));
        var from = BEGIN_MS;
        var zip = export(new Export.Asked(Optional.of(from), Optional.of(from + HOUR_MS)));
        var report = judge(zip);
        assertThat(report.problems()).isEmpty();
        assertThat(report.epochs()).hasSize(2);
        assertThat(ExportSamples.unzip(zip).keySet()).contains(journal.epoch() + "/gaps.cbor");
    }

    @Test
    void an_earlier_key_stays_good_for_what_it_signed() throws IOException {
        var newer = new Seal("a", "s", "g", DeviceKey.of(chance32()));
        journal.sealWith(newer);
        OwnKeys.remember(folder, newer);
        hours(1);
        var report = judge(export(Export.Asked.ALL));
        assertThat(report.problems()).isEmpty();
        assertThat(report.device()).hasSize(2);
    }

    @Test
    void without_a_key_there_is_no_export() {
        try (var bare = Journal.inMemory(new Random(3), now())) {
            assertThatThrownBy(() -> Export.of(bare, folder, Export.Asked.ALL, terms()))
                    .isInstanceOf(JournalException.class)
                    .hasMessageContaining("no key to sign with");
        }
    }

    private byte[] chance32() {
        var seed = new byte[32];
        chance.nextBytes(seed);
        return seed;
    }

    private byte[] export(Export.Asked asked) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var export = Export.of(journal, folder, asked, terms())) {
            export.write(out);
        }
        return out.toByteArray();
    }

    private static Export.Terms terms() {
        return new Export.Terms(
                Instant.ofEpochMilli(BEGIN_MS),
                "test",
                true,
                new SiteNote(
                        ZoneId.of("Asia/Shanghai"),
                        Map.of(ExportSamples.PLATFORM, List.of(ExportSamples.platformKey()))));
    }

    private Report judge(byte[] zip) throws IOException {
        var file = Files.write(folder.resolve("export.zip"), zip);
        return Verifier.verify(file, Verifier.Given.NONE, (_, _, _) -> {});
    }

    private void hours(int hours) {
        for (var i = 0; i < hours * ROUNDS_AN_HOUR; i++) {
            round++;
            journal.checkpoint(now()).ifPresent(this::keep);
            keep(Rounds.of(3, chance));
        }
    }

    private void keep(Fact fact) {
        journal.append(now(), List.of(fact));
        journal.commit();
        journal.tend(now());
    }

    private Moment now() {
        return new Moment(
                "b",
                Duration.ofSeconds(10L * round).toNanos(),
                BEGIN_MS + 10_000L * round,
                ClockState.SYNCED,
                10);
    }
}
