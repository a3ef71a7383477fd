package org.mingchu.simulator.platform;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mingchu.simulator.note.VerifierKey;

import tools.jackson.databind.node.StringNode;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** The platform as a witness of checkpoints. */
class CosigningTest {
    private static final String GATEWAY = "gz-liwan/gz-liwan-0042/gw-1";
    private static final long NOW_MS = 1_795_318_930_000L;

    private final Contract contract = Contract.read(ContractTest.FOLDER);
    private final Supervisor supervisor = new Supervisor(contract);
    private final Device device = new Device();
    private long seq = 1;

    @BeforeEach
    void meta() {
        var meta =
                Messages.meta()
                        .replaceFirst(
                                "\\{", "{\"verifierKey\": \"" + device.verifierKey() + "\", ");
        supervisor.receive(Messages.ROOT + "meta", meta.getBytes(UTF_8), true, 0);
    }

    @Test
    void a_checkpoint_of_the_device_comes_back_with_a_cosignature_of_that_second() {
        var note = device.checkpoint(Messages.EPOCH, 17, 1);

        var receipt = receipts(tell(note)).getFirst();

        assertThat(receipt.topic()).isEqualTo(Messages.ROOT + "receipt");
        assertThat(receipt.contentType()).startsWith("text/plain");
        assertThat(receipt.text()).startsWith(note).hasLineCount(6);
        var line = receipt.text().substring(note.length()).strip().split(" ", -1);
        assertThat(line[1]).isEqualTo("platform.example/witness");
        var bytes = Base64.getDecoder().decode(line[2]);
        assertThat(bytes).hasSize(4 + 8 + 64);
        assertThat(ByteBuffer.wrap(bytes, 4, 8).getLong()).isEqualTo(NOW_MS / 1000);
        var body = note.substring(0, note.indexOf("\n\n") + 1);
        var key = VerifierKey.of(Cosigner.ofThePlay().verifierKey()).orElseThrow();
        assertThat(
                        key.verifies(
                                "cosignature/v1\ntime %d\n%s"
                                        .formatted(NOW_MS / 1000, body)
                                        .getBytes(UTF_8),
                                Arrays.copyOfRange(bytes, 12, 76)))
                .isTrue();
        assertThat(contract.problems("receipt", new StringNode(receipt.text()))).isEmpty();
        assertThat(supervisor.witnessed(GATEWAY, Messages.EPOCH)).hasValue(17);
        assertThat(supervisor.violations()).isEmpty();
    }

    @Test
    void a_copy_is_answered_again_for_the_receipt_may_have_been_lost() {
        var note = device.checkpoint(Messages.EPOCH, 17, 1);
        tell(note);
        seq--;
        assertThat(receipts(tell(note))).hasSize(1);
        assertThat(supervisor.duplicates()).isEqualTo(1);
    }

    @Test
    void a_smaller_size_is_answered_with_the_latest_that_was_cosigned() {
        var latest = receipts(tell(device.checkpoint(Messages.EPOCH, 17, 1))).getFirst();
        assertThat(receipts(tell(device.checkpoint(Messages.EPOCH, 9, 2)))).containsExactly(latest);
        assertThat(supervisor.witnessed(GATEWAY, Messages.EPOCH)).hasValue(17);
    }

    @Test
    void another_root_of_the_same_size_is_never_cosigned() {
        var latest = receipts(tell(device.checkpoint(Messages.EPOCH, 17, 1))).getFirst();
        assertThat(receipts(tell(device.checkpoint(Messages.EPOCH, 17, 2))))
                .containsExactly(latest);
        assertThat(supervisor.violations())
                .singleElement()
                .asString()
                .endsWith("another root of size 17");
    }

    @Test
    void epochs_are_witnessed_apart() {
        tell(device.checkpoint(Messages.EPOCH, 17, 1));
        var other = "0123456789abcdef";
        var note = device.checkpoint(other, 3, 1);
        var told =
                record(note, 3, 1)
                        .replace(
                                "\"epoch\": \"" + Messages.EPOCH + "\"",
                                "\"epoch\": \"" + other + "\"");
        assertThat(receipts(send(told))).hasSize(1);
        assertThat(supervisor.witnessed(GATEWAY, other)).hasValue(3);
        assertThat(supervisor.witnessed(GATEWAY, Messages.EPOCH)).hasValue(17);
    }

    @Test
    void what_the_device_has_not_signed_is_not_cosigned() {
        var stranger = new Device().checkpoint(Messages.EPOCH, 17, 1);
        assertThat(receipts(tell(stranger))).isEmpty();
        var changed = device.checkpoint(Messages.EPOCH, 17, 1).replace("\n17\n", "\n18\n");
        assertThat(receipts(send(record(changed, 18, 1)))).isEmpty();
        assertThat(receipts(send(record(device.checkpoint(Messages.EPOCH, 17, 1), 18, 1))))
                .isEmpty();
        assertThat(supervisor.violations())
                .hasSize(3)
                .anyMatch(v -> v.endsWith("the note is not the checkpoint that the body tells"));
    }

    @Test
    void a_key_is_read_only_when_its_id_is_its_own() {
        var text = device.verifierKey();
        assertThat(VerifierKey.of(text)).isPresent();
        assertThat(VerifierKey.of(text.replaceFirst("gw-1", "gw-2"))).isEmpty();
        assertThat(VerifierKey.of("gw-1+00000000+AAAA")).isEmpty();
        assertThat(VerifierKey.of("gw-1")).isEmpty();
    }

    private List<Outgoing> tell(String note) {
        var lines = note.split("\n", -1);
        return send(record(note, Long.parseLong(lines[1]), -1).replace("ROOT", lines[2]));
    }

    private String record(String note, long size, int fill) {
        seq++;
        return Messages.record(
                seq,
                seq - 1,
                "checkpoint",
                "{\"origin\": \"%s\", \"size\": %d, \"root\": \"%s\", \"note\": \"%s\"}"
                        .formatted(
                                note.lines().findFirst().orElseThrow(),
                                size,
                                fill < 0 ? "ROOT" : Device.root(fill),
                                note.replace("\n", "\\n")));
    }

    private List<Outgoing> send(String json) {
        return supervisor.receive(
                Messages.ROOT + "record/checkpoint", json.getBytes(UTF_8), false, NOW_MS);
    }

    private static List<Outgoing> receipts(List<Outgoing> answers) {
        return answers.stream().filter(a -> a.topic().endsWith("/receipt")).toList();
    }
}
