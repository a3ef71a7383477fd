package org.mingchu.gateway.keep.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/** Notes, keys and checkpoints as C2SP writes them. */
final class SignedNoteTest {
    /** The example of Go's golang.org/x/mod/sumdb/note: an independent signer. */
    private static final String GO_KEY =
            "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

    private static final String GO_NOTE =
            """
            If you think cryptography is the answer to your problem,
            then you don't know what your problem is.

            — PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
            """;

    private static final String TEXT =
            "mingchu/a/s/g/00112233aabbccdd\n7\n"
                    + Base64.getEncoder().encodeToString(new byte[32])
                    + "\n";

    private static final DeviceKey DEVICE = ExportSamples.DEVICE;

    @Test
    void a_note_signed_by_another_program_is_read_and_verified() {
        var note = SignedNote.parse(GO_NOTE);
        assertThat(note.toString()).isEqualTo(GO_NOTE);
        var key = VerifierKey.parse(GO_KEY);
        assertThat(key.toString()).isEqualTo(GO_KEY);
        var signed = new KeyRing(List.of(key)).signer(note);
        assertThat(signed.orElseThrow().key()).isEqualTo(key);
    }

    @Test
    void the_public_key_of_a_seed_is_that_of_RFC_8032() {
        var seed = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";
        assertThat(DeviceKey.of(HexFormat.of().parseHex(seed)).verifier("x").key())
                .isEqualTo("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
    }

    @Test
    void every_other_spelling_of_a_note_is_refused() {
        var line = GO_NOTE.substring(GO_NOTE.indexOf("—"));
        for (var bad :
                List.of(
                        "",
                        "text\n",
                        "text\n\n",
                        "text\n" + line,
                        "text\n\n" + line.strip(),
                        "text\n\n" + line + "\n",
                        "text\n\n" + line.replace("— ", "- "),
                        "text\n\n" + line.replace("— ", "—"),
                        "text\n\n" + line.replace("PeterNeumann", "Peter+Neumann"),
                        "text\n\n" + line.replace("PeterNeumann", "Peter Neumann"),
                        "text\n\n" + line.replace("=", ""),
                        "text\n\n" + line.replace("AM=", "AN="),
                        "text\n\n— x AAAA\n",
                        "te\txt\n\n" + line,
                        "text\r\n\n" + line,
                        "text\n\n" + line.repeat(65),
                        "x".repeat(70_000) + "\n\n" + line)) {
            assertThatThrownBy(() -> SignedNote.parse(bad))
                    .as("%.80s", bad)
                    .isInstanceOf(NoteException.class);
        }
        assertThatThrownBy(() -> SignedNote.parse(new byte[] {(byte) 0xff, '\n', '\n'}))
                .isInstanceOf(NoteException.class);
    }

    @Test
    void lines_of_strangers_are_stepped_over_and_false_ones_of_friends_condemn() {
        var key = DEVICE.verifier("a/s/g");
        var ring = new KeyRing(List.of(key));
        var note = DEVICE.sign("a/s/g", TEXT);
        var sm2 = SignedNote.Signature.of("a/s/g", "01020304", new byte[72]);
        assertThat(ring.signer(note.with(sm2))).isPresent();
        assertThat(ring.signer(DEVICE.sign("a/s/other", TEXT))).isEmpty();
        var wrong = SignedNote.Signature.of(key.name(), key.keyId(), new byte[64]);
        assertThatThrownBy(() -> ring.signer(note.with(wrong))).isInstanceOf(NoteException.class);
        var other = new SignedNote(TEXT.replace("7", "8"), note.signatures());
        assertThatThrownBy(() -> ring.signer(other)).isInstanceOf(NoteException.class);
    }

    @Test
    void a_cosignature_says_when_and_covers_the_time() {
        var note = ExportSamples.cosign(DEVICE.sign("a/s/g", TEXT));
        var ring = new KeyRing(List.of(ExportSamples.platformKey()));
        assertThat(ring.signer(note).orElseThrow().at())
                .contains(Instant.ofEpochSecond(ExportSamples.COSIGNED_AT));
        var line = note.signatures().getLast();
        for (var i = 0; i < 72; i++) {
            var bytes = line.bytes();
            bytes[i] ^= 1;
            var later = SignedNote.Signature.of(line.name(), line.keyId(), bytes);
            var forged = new SignedNote(note.text(), List.of(later));
            assertThatThrownBy(() -> ring.signer(forged))
                    .as("byte %d", i)
                    .isInstanceOf(NoteException.class);
        }
    }

    @Test
    void keys_that_are_not_what_they_say_are_refused() {
        for (var bad :
                List.of(
                        "",
                        "name",
                        "a+b",
                        GO_KEY.replace("c74f20a3", "c74f20a4"),
                        GO_KEY.replace("Peter", "Paul"),
                        GO_KEY.substring(0, GO_KEY.length() - 4),
                        GO_KEY.replace("+AR", "+BR"))) {
            assertThatThrownBy(() -> VerifierKey.parse(bad))
                    .as(bad)
                    .isInstanceOf(NoteException.class);
        }
        assertThat(VerifierKey.parseAll(GO_KEY + "\n" + GO_KEY + "\n")).hasSize(2);
        assertThat(VerifierKey.parse(GO_KEY).fingerprint())
                .matches("([0-9a-f]{4} ){15}[0-9a-f]{4}");
    }

    @Test
    void a_checkpoint_has_one_spelling() {
        assertThat(Checkpoint.parse(TEXT).text()).isEqualTo(TEXT);
        assertThat(Checkpoint.parse(TEXT + "more\n").size()).isEqualTo(7);
        var bad = new ArrayList<>(List.of("", "a\n", "a\n7\n", TEXT.strip(), TEXT + "\n"));
        for (var size : List.of("07", "-1", "+7", " 7", "7x", "", "9999999999999999999")) {
            bad.add(TEXT.replace("\n7\n", "\n" + size + "\n"));
        }
        bad.add(TEXT.replaceFirst("AAAA", ""));
        bad.add(TEXT.replaceFirst("^[^\n]+", ""));
        for (var text : bad) {
            assertThatThrownBy(() -> Checkpoint.parse(text))
                    .as(text)
                    .isInstanceOf(NoteException.class);
        }
        assertThat(SignedNote.parse(DEVICE.sign("k", TEXT).toString().getBytes(UTF_8)).text())
                .isEqualTo(TEXT);
    }
}
