package org.mingchu.gateway.keep;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.keep.proof.DeviceKey;
import org.mingchu.gateway.keep.proof.ExportSamples;
import org.mingchu.gateway.keep.proof.SignedNote;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Moment;

import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** A witness is who signs with a key that is known to be the witness's. */
final class ReceiptTest {
    private static final Moment NOW = new Moment("b", 1, 1, ClockState.SYNCED, 10);
    private static final String KEY = ExportSamples.platformKey().toString();

    @TempDir private Path folder;

    @Test
    void our_own_note_echoed_back_is_no_receipt() {
        try (var journal = journal()) {
            var note = checkpoint(journal);
            assertThat(journal.receipt(note, Optional.empty())).isEqualTo(Receipt.UNKNOWN);
            assertThat(journal.receipt(note, Optional.of(KEY))).isEqualTo(Receipt.UNKNOWN);
        }
    }

    @Test
    void without_the_platforms_key_it_is_kept_and_witnesses_nothing() throws IOException {
        try (var journal = journal()) {
            var cosigned = ExportSamples.cosign(SignedNote.parse(checkpoint(journal))).toString();
            assertThat(journal.receipt(cosigned, Optional.empty())).isEqualTo(Receipt.KEPT);
            assertThat(journal.receipt(cosigned, Optional.of(KEY))).isEqualTo(Receipt.WITNESSED);
            journal.append(NOW, List.of(new Fact.Receipted("city", cosigned)));
            journal.commit();
            assertThat(RecordStatus.of(journal, folder).witnessed()).isEmpty();
            // Once the key is in the site file, what was kept counts.
            SiteNote.remember(folder, ZoneId.of("Asia/Shanghai"), Map.of("city", KEY));
            assertThat(RecordStatus.of(journal, folder).witnessed()).containsEntry("city", 1L);
        }
    }

    private Journal journal() {
        var journal = Journal.open(folder, new Random(1), NOW);
        journal.sealWith(new Seal("a", "s", "g", DeviceKey.of(new byte[32])));
        return journal;
    }

    private static String checkpoint(Journal journal) {
        var note = journal.checkpoint(NOW).orElseThrow();
        journal.append(NOW, List.of(note));
        journal.commit();
        return note.note();
    }
}
