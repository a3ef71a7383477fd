package org.mingchu.sensors.coap;

import org.mingchu.config.Calibration;
import org.mingchu.config.HostPort;
import org.mingchu.config.Quantity;
import org.mingchu.config.SensorPlan;
import org.mingchu.config.Source;
import org.mingchu.sensors.Clock;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Correction;
import org.mingchu.sensors.Intake;
import org.mingchu.sensors.Moment;
import org.mingchu.sensors.Proof;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A door at free ports of the loopback address, its keys in a folder of the test. */
final class Rig implements AutoCloseable {
    static final Clock LIFE =
            () ->
                    new Moment(
                            "boot",
                            System.nanoTime(),
                            System.currentTimeMillis(),
                            ClockState.SYNCED,
                            0);

    /** Of the door with its own listeners; they are in the same process. */
    private static final Duration PATIENCE = Duration.ofMillis(Proof.pick(1_500, 5_000, 5_000));

    static final HostPort NOWHERE = new HostPort("127.0.0.1", 5684);

    final ProbeKeys keys;
    final CoapDoor door;

    Rig(Path folder, Intake intake, List<CoapSensor> sensors) {
        this(folder, intake, sensors, Optional.empty());
    }

    Rig(
            Path folder,
            Intake intake,
            List<CoapSensor> sensors,
            Optional<CoapSettings.Certificates> certificates) {
        keys = new ProbeKeys(folder.resolve("probes"), new SecureRandom());
        door =
                new CoapDoor(
                        new CoapSettings(loopback(), Optional.of(loopback()), certificates),
                        sensors,
                        keys,
                        intake,
                        LIFE,
                        new SecureRandom(),
                        PATIENCE);
        door.start();
    }

    static InetSocketAddress loopback() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    InetSocketAddress dtls() {
        return door.dtlsAddress();
    }

    InetSocketAddress plain() {
        return door.plainAddress().orElseThrow();
    }

    /** A new key for a probe, in hexadecimal. */
    String enrol(String identity) {
        return keys.add(identity, NOWHERE).keyHex();
    }

    static CoapSensor sensor(String id, Quantity quantity, String identity, String name) {
        return sensor(id, quantity, identity, name, LIFE);
    }

    static CoapSensor sensor(
            String id, Quantity quantity, String identity, String name, Clock clock) {
        var plan =
                new SensorPlan(
                        id,
                        quantity,
                        new Source.Coap(identity, name),
                        Optional.empty(),
                        Calibration.NONE,
                        false);
        return new CoapSensor(
                plan, new Correction(plan.calibration(), Set.of(), clock, ZoneOffset.UTC));
    }

    static CoapSensor thermometer(String id, String identity) {
        return sensor(id, Quantity.TEMPERATURE, identity, "temp");
    }

    @Override
    public void close() throws IOException {
        door.close();
    }
}
