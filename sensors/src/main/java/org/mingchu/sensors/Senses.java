package org.mingchu.sensors;

import org.mingchu.config.Camera;
import org.mingchu.config.Plan;
import org.mingchu.config.Secrets;
import org.mingchu.config.SensorPlan;
import org.mingchu.config.Source;
import org.mingchu.sensors.camera.RtspProbe;
import org.mingchu.sensors.kernel.W1Thermometer;
import org.mingchu.sensors.pi.Board;
import org.mingchu.sensors.pi.Contact;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Makes the sensors of a plan. What this version cannot ask becomes a sensor that says so. Opens
 * nothing by itself: a board or a probe that is missing is found at the first round, and again at
 * each later one until it is there. One thread.
 */
public final class Senses {
    private static final Path LIFE = Path.of("/");

    private final Path root;
    private final Board board;
    private final Clock clock;
    private final RandomGenerator chance;

    /**
     * @param root of the tree in which kernel files are looked for; other than {@code /} it is a
     *     simulation, and every value carries {@link Flag#SIMULATED}
     * @param chance for the nonces sent to cameras
     */
    public Senses(Path root, Board board, Clock clock, RandomGenerator chance) {
        this.root = root;
        this.board = board;
        this.clock = clock;
        this.chance = chance;
    }

    /**
     * Sensors by their periods, each beat in the order of the site file, and the cameras as the
     * last beat: a camera that is slow to fail must not hold up a temperature.
     */
    public List<Beat> beats(Plan plan, Secrets secrets) {
        var byPeriod = new LinkedHashMap<Duration, List<Sensor>>();
        for (var unit : plan.site().units()) {
            for (var sensor : unit.sensors()) {
                var period = sensor.period().orElse(plan.site().samplingPeriod());
                byPeriod.computeIfAbsent(period, _ -> new ArrayList<>()).add(of(sensor, plan));
            }
        }
        var beats = new ArrayList<Beat>();
        byPeriod.forEach((period, sensors) -> beats.add(new Beat(period, Beat.On.FILES, sensors)));
        if (!plan.site().cameras().isEmpty()) {
            var cameras = plan.site().cameras().stream().map(c -> of(c, secrets)).toList();
            beats.add(new Beat(Plan.CAMERA_PERIOD, Beat.On.SOCKETS, cameras));
        }
        return List.copyOf(beats);
    }

    private Sensor of(SensorPlan sensor, Plan plan) {
        var correction =
                new Correction(sensor.calibration(), standing(), clock, plan.site().timeZone());
        return switch (sensor.source()) {
            case Source.W1(var rom) when W1Thermometer.serves(rom) ->
                    new W1Thermometer(sensor.id(), rom, root, correction);
            case Source.W1(var rom) -> new Unserved(sensor.id(), "1-wire device " + rom);
            case Source.Gpio(var bcm) ->
                    new Contact(
                            sensor.id(),
                            sensor.measures(),
                            bcm,
                            mounted(sensor),
                            board,
                            correction);
            case Source.Hwmon _ -> new Unserved(sensor.id(), "hwmon");
            case Source.Iio _ -> new Unserved(sensor.id(), "iio");
            case Source.I2c _ -> new Unserved(sensor.id(), "i2c");
            case Source.Spi _ -> new Unserved(sensor.id(), "spi");
            case Source.Modbus _ -> new Unserved(sensor.id(), "modbus");
            case Source.Coap _ -> new Unserved(sensor.id(), "coap");
            case Source.Mqtt _ -> new Unserved(sensor.id(), "mqtt");
        };
    }

    private Sensor of(Camera camera, Secrets secrets) {
        return switch (camera.stream()) {
            case Camera.Stream.Rtsp(var address) when served(address) ->
                    new RtspProbe(
                            camera.id(), address, credentials(camera, secrets), clock, chance);
            case Camera.Stream.Rtsp _ ->
                    new Unserved(camera.id(), "an address other than rtsp://host/path");
            case Camera.Stream.Recorder _ -> new Unserved(camera.id(), "nvr");
        };
    }

    private static boolean served(URI address) {
        return "rtsp".equalsIgnoreCase(address.getScheme()) && address.getHost() != null;
    }

    private static Optional<Secrets.Secret> credentials(Camera camera, Secrets secrets) {
        return camera.credentials()
                .flatMap(name -> Optional.ofNullable(secrets.byName().get(name)));
    }

    private static Contact.Sense mounted(SensorPlan sensor) {
        return sensor.inverted() ? Contact.Sense.OPEN_IS_SHUT : Contact.Sense.CLOSED_IS_SHUT;
    }

    private Set<Flag> standing() {
        return root.toAbsolutePath().normalize().equals(LIFE) ? Set.of() : Set.of(Flag.SIMULATED);
    }
}
