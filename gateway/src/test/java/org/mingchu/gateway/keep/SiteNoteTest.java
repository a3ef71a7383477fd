package org.mingchu.gateway.keep;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mingchu.gateway.keep.proof.VerifierKey;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.ZoneId;
import java.util.Map;

final class SiteNoteTest {
    private static final ZoneId KASHGAR = ZoneId.of("Asia/Urumqi");

    @TempDir private Path folder;

    @Test
    void the_zone_and_every_key_a_platform_ever_had_are_remembered() throws IOException {
        assertThat(SiteNote.of(folder)).isEqualTo(new SiteNote(ZoneId.systemDefault(), Map.of()));
        SiteNote.remember(folder, KASHGAR, Map.of("city", key('1')));
        SiteNote.remember(folder, KASHGAR, Map.of("city", key('2'), "province", key('3')));
        var before = Files.getLastModifiedTime(folder.resolve(SiteNote.FILE));
        SiteNote.remember(folder, KASHGAR, Map.of("city", key('2')));
        assertThat(Files.getLastModifiedTime(folder.resolve(SiteNote.FILE))).isEqualTo(before);
        var note = SiteNote.of(folder);
        assertThat(note.zone()).isEqualTo(KASHGAR);
        assertThat(note.keys("city"))
                .map(VerifierKey::toString)
                .containsExactly(key('1'), key('2'));
        assertThat(note.keys("province")).hasSize(1);
        assertThat(note.keys("stranger")).isEmpty();
    }

    @Test
    void what_a_power_cut_or_a_device_key_leaves_in_it_is_stepped_over() throws IOException {
        SiteNote.remember(folder, KASHGAR, Map.of("city", key('1')));
        var device = new VerifierKey("a/s/g", VerifierKey.Type.ED25519, "1".repeat(64));
        Files.writeString(
                folder.resolve(SiteNote.FILE),
                "witness city " + device + "\nzone Nowhere/Land\nwitness city x+1",
                StandardOpenOption.APPEND);
        assertThat(SiteNote.of(folder).zone()).isEqualTo(KASHGAR);
        assertThat(SiteNote.of(folder).keys("city")).hasSize(1);
    }

    private static String key(char digit) {
        var raw = String.valueOf(digit).repeat(64);
        return new VerifierKey("platform.example/" + digit, VerifierKey.Type.COSIGNATURE, raw)
                .toString();
    }
}
