package org.mingchu.sensors.mqtt;

import org.mingchu.config.Broker;
import org.mingchu.config.Calibration;
import org.mingchu.config.Quantity;
import org.mingchu.config.Secrets;
import org.mingchu.config.SensorPlan;
import org.mingchu.config.Source;
import org.mingchu.sensors.Clock;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Correction;
import org.mingchu.sensors.Intake;
import org.mingchu.sensors.Moment;
import org.mingchu.sensors.kernel.KernelClock;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** What the tests of this room share. */
final class Room {
    static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final Clock KERNEL = new KernelClock(Path.of("/"), InstantSource.system());

    /** Real time, as on a machine whose clock is set. */
    static final Clock CLOCK =
            () -> {
                var now = KERNEL.now();
                return new Moment(now.boot(), now.upNs(), now.wallMs(), ClockState.SYNCED, 0);
            };

    /** As usual, and quick to try again. */
    static final Pace QUICK =
            new Pace(
                    Duration.ofSeconds(2),
                    Duration.ofMillis(700),
                    Duration.ofMillis(50),
                    Duration.ofMillis(400),
                    Duration.ofMillis(600));

    private Room() {}

    static KitchenBroker.Probe probe(String id, Quantity quantity, String topic, String pointer) {
        return probe(id, quantity, topic, pointer, false);
    }

    static KitchenBroker.Probe probe(
            String id, Quantity quantity, String topic, String pointer, boolean inverted) {
        return probe(id, quantity, topic, pointer, inverted, CLOCK);
    }

    static KitchenBroker.Probe probe(
            String id,
            Quantity quantity,
            String topic,
            String pointer,
            boolean inverted,
            Clock clock) {
        var plan =
                new SensorPlan(
                        id,
                        quantity,
                        new Source.Mqtt(topic, pointer),
                        Optional.empty(),
                        Calibration.NONE,
                        inverted);
        return new KitchenBroker.Probe(
                plan, new Correction(plan.calibration(), Set.of(), clock, ZONE));
    }

    static KitchenBroker broker(int port, List<KitchenBroker.Probe> probes, Intake intake) {
        return broker(port, probes, intake, QUICK);
    }

    static KitchenBroker broker(
            int port, List<KitchenBroker.Probe> probes, Intake intake, Pace pace) {
        return new KitchenBroker(
                new Broker(URI.create("mqtt://127.0.0.1:" + port), Optional.empty()),
                Secrets.Secret.NONE,
                "gw-1",
                probes,
                intake,
                CLOCK,
                ZONE,
                new Random(7),
                pace);
    }
}
