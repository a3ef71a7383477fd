package org.mingchu.gateway.shipped;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mingchu.simulator.platform.Contract;
import org.mingchu.simulator.platform.Supervisor;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Measure 2: a hand-written w1 tree, the shipped program, a real broker with mutual TLS. */
final class FreezerFailsIT {
    private static final Duration DELAY = Duration.ofSeconds(3);
    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final Duration PROMISED = Duration.ofSeconds(2);

    /** Not the alarm as it stands, which says the same and may come first. */
    private static final Predicate<String> RAISED =
            Pattern.compile("/event .*\"event\":\"raised\"").asPredicate();

    private static final Predicate<String> RETAINED =
            Pattern.compile("/(status|meta|state)$").asPredicate();

    @TempDir private Path folder;

    @Test
    void a_warm_freezer_reaches_a_subscriber_within_two_seconds_of_its_delay() throws IOException {
        Peers.need("mosquitto");
        var certificates = new Certificates(folder).with("broker").with("gw-1").with("supervision");
        try (var broker = Mosquitto.mutualTls(folder, certificates);
                var subscriber = subscriber(broker, certificates);
                var kitchen = kitchen(broker, certificates)) {
            kitchen.start();
            Eventually.within(
                    Duration.ofSeconds(20),
                    "the platform sees readings",
                    subscriber::lines,
                    () -> subscriber.said("kfs/v1/gz-liwan/gz-liwan-0042/gw-1/reading"));

            kitchen.temperature(1, -5_000);
            var took =
                    Eventually.within(
                            Duration.ofSeconds(30),
                            "the alarm event arrives",
                            subscriber::lines,
                            () -> subscriber.lines().stream().anyMatch(RAISED));

            // The delay begins with the first reading that shows it, at most one period later.
            assertThat(took).isGreaterThanOrEqualTo(DELAY);
            assertThat(took).isLessThanOrEqualTo(DELAY.plus(PERIOD).plus(PROMISED));
            validate(subscriber.lines());
            assertThat(kitchen.program().terminate()).isIn(0, 143);
            Eventually.within(
                    Duration.ofSeconds(5),
                    "it says that it leaves",
                    subscriber::lines,
                    () -> subscriber.said("\"state\":\"offline\""));
        }
    }

    private Kitchen kitchen(Mosquitto broker, Certificates certificates) throws IOException {
        return new Kitchen(
                folder,
                2,
                """
                [[platform]]
                id = "market-regulation"
                url = "mqtts://127.0.0.1:%d"
                credentials = "market-regulation"
                encoder = "native"
                view = "full"
                acknowledges = false
                """
                        .formatted(broker.port()),
                """
                [market-regulation]
                certificate = "%s"
                key = "%s"
                ca = "%s"
                """
                        .formatted(
                                certificates.certificate("gw-1"),
                                certificates.key("gw-1"),
                                certificates.ca()));
    }

    private static Program subscriber(Mosquitto broker, Certificates certificates) {
        return new Program(
                List.of(
                        Peers.need("mosquitto_sub").toString(),
                        "-V",
                        "5",
                        "-h",
                        "127.0.0.1",
                        "-p",
                        String.valueOf(broker.port()),
                        "--cafile",
                        certificates.ca().toString(),
                        "--cert",
                        certificates.certificate("supervision").toString(),
                        "--key",
                        certificates.key("supervision").toString(),
                        "-q",
                        "1",
                        "-v",
                        "-t",
                        "kfs/v1/#"));
    }

    /** Holds every message against the contract, as a platform would. */
    private static void validate(List<String> lines) {
        var supervisor = new Supervisor(Contract.read(Path.of("src", "main", "contract")));
        for (var line : lines) {
            var space = line.indexOf(' ');
            if (space > 0 && line.startsWith("kfs/")) {
                var topic = line.substring(0, space);
                var payload = line.substring(space + 1).replace("(null)", "");
                supervisor.receive(topic, payload.getBytes(UTF_8), RETAINED.test(topic), 0);
            }
        }
        assertThat(supervisor.violations()).isEmpty();
        assertThat(supervisor.alarms()).isNotEmpty();
    }
}
