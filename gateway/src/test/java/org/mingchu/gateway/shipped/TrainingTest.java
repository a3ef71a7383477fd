package org.mingchu.gateway.shipped;

import static org.assertj.core.api.Assertions.assertThat;

import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mingchu.config.Checked;
import org.mingchu.config.PlanReader;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What the package teaches the virtual machine with. A site file that the gateway refuses, or a
 * broker that does not answer, would leave a cache of next to nothing, and nobody would see it.
 */
final class TrainingTest {
    private static final Path TRAINING = Path.of("..", "firmware-config", "src", "deb", "aot");
    private static final Path RULES = Path.of("src", "main", "etc", "rules");
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final long ANSWER_MS = 10_000;

    @TempDir private Path folder;

    @Test
    void the_gateway_accepts_its_site_file() throws IOException {
        var text = Files.readString(TRAINING.resolve("site.toml"));
        assertThat(text).containsOnlyOnce("PORT\"");
        var site = Files.writeString(folder.resolve("site.toml"), text.replace("PORT", "1883"));
        assertThat(PlanReader.read(site, RULES)).isInstanceOf(Checked.Good.class);
    }

    @Test
    void its_broker_agrees_to_everything_again_and_again() throws MqttException {
        var perl = Peers.need("perl").toString();
        try (var broker = new Program(List.of(perl, TRAINING.resolve("broker.pl").toString()))) {
            Eventually.within(SOON, "its port", broker::lines, () -> !broker.lines().isEmpty());
            var url = "tcp://127.0.0.1:" + broker.lines().getFirst();
            // The training run comes after one that leaves it a record.
            visit(url);
            visit(url);
        }
    }

    private static void visit(String url) throws MqttException {
        var client = new MqttAsyncClient(url, "training", new MemoryPersistence());
        client.connect(new MqttConnectionOptions()).waitForCompletion(ANSWER_MS);
        client.subscribe("training/ack", 1).waitForCompletion(ANSWER_MS);
        // Longer than a length of one byte says.
        client.publish("training/reading", new byte[40_000], 1, false).waitForCompletion(ANSWER_MS);
        client.publish("training/status", new byte[1], 0, true).waitForCompletion(ANSWER_MS);
        client.disconnect().waitForCompletion(ANSWER_MS);
        client.close();
    }
}
