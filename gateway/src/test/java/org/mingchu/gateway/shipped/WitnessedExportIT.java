package org.mingchu.gateway.shipped;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mingchu.gateway.Proof;
import org.mingchu.gateway.keep.proof.DeviceKey;
import org.mingchu.gateway.keep.proof.Forger;
import org.mingchu.gateway.keep.proof.Judged;
import org.mingchu.simulator.check.export.ExportVerifier;
import org.mingchu.simulator.platform.Cosigner;
import org.mingchu.simulator.wire.Broker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * The shipped program, a platform that cosigns over MQTT, and what both verifiers say of the
 * export: with the agent, and without it from what the state folder remembers.
 */
final class WitnessedExportIT {
    @TempDir private Path folder;

    @Test
    void what_the_platform_has_cosigned_is_witnessed_in_a_real_export() throws IOException {
        Proof.notInShort();
        var platform = Cosigner.ofThePlay().verifierKey();
        try (var broker = Broker.start(Broker.Limits.USUAL, System::nanoTime);
                var stand = Supervision.at(broker.port());
                var kitchen =
                        new Kitchen(
                                folder,
                                2,
                                Supervision.platform(broker.port())
                                        + "witness_key = \""
                                        + platform
                                        + "\"\n",
                                "")) {
            kitchen.start();
            Eventually.within(
                    Duration.ofSeconds(40),
                    "a receipt is kept",
                    stand.supervisor()::view,
                    () ->
                            journal(kitchen, "status", "--json")
                                    .text()
                                    .contains("\"market-regulation\":"));
            assertThat(journal(kitchen, "status").text())
                    .contains("witnessed: 1..", "market-regulation");
            witnessed(exported(kitchen, "with-agent.zip"));
            assertThat(kitchen.program().terminate()).isEqualTo(143);

            var zip = exported(kitchen, "without-agent.zip", "--offline");
            witnessed(zip);
            rewrittenIsRefused(kitchen, zip);
        }
    }

    /** Up to the last receipt, and not an entry further. */
    private static void witnessed(Path zip) throws IOException {
        var bytes = Files.readAllBytes(zip);
        for (var judged : byBoth(zip)) {
            assertThat(judged.proven()).as(judged.json()).isTrue();
            var epoch = judged.epochs().getLast();
            var last = forger(bytes, DeviceKey.of(new byte[32])).sizes(epoch.id(), "receipts/");
            assertThat(last).as(judged.json()).isNotEmpty();
            assertThat(epoch.witnessed()).contains(new Judged.Seqs(1, last.getLast()));
            assertThat(epoch.selfAttested().orElseThrow().from()).isEqualTo(last.getLast() + 1);
        }
    }

    private void rewrittenIsRefused(Kitchen kitchen, Path zip) throws IOException {
        var key = DeviceKey.open(kitchen.state(), new Random(1)).key();
        var forger = forger(Files.readAllBytes(zip), key);
        var epoch = byBoth(zip).getFirst().epochs().getLast().id();
        var last = forger.sizes(epoch, "receipts/").getLast();
        var forged =
                Files.write(
                        folder.resolve("forged.zip"),
                        forger.rewritten(epoch, e -> Forger.retime(e, last)));
        for (var judged : byBoth(forged)) {
            assertThat(judged.proven()).as(judged.json()).isFalse();
            assertThat(judged.file()).as(judged.json()).contains("/receipts/");
            assertThat(judged.bad().orElseThrow().holds(last)).as(judged.json()).isTrue();
        }
    }

    private static Forger forger(byte[] zip, DeviceKey key) {
        return new Forger(zip, key);
    }

    private static List<Judged> byBoth(Path zip) {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var jar = Kitchen.HOME.resolve("verify/mingchu-verify.jar").toString();
        var ours = Program.run(List.of(java, "-jar", jar, zip.toString(), "--json"));
        return List.of(
                Judged.of(ours.lines().getLast()),
                Judged.of(ExportVerifier.verify(zip, List.of(), List.of()).json()));
    }

    private Path exported(Kitchen kitchen, String name, String... more) {
        var zip = folder.resolve(name);
        var words = new ArrayList<>(List.of("export", "--out", zip.toString()));
        words.addAll(List.of(more));
        var told = journal(kitchen, words.toArray(String[]::new));
        assertThat(told.code()).as(told.text()).isZero();
        return zip;
    }

    private static Program.Ended journal(Kitchen kitchen, String... words) {
        var command = new ArrayList<>(List.of(Kitchen.PROGRAM));
        command.add("journal");
        command.addAll(List.of(words));
        command.addAll(List.of("--state", kitchen.state().toString()));
        return Program.run(command);
    }
}
