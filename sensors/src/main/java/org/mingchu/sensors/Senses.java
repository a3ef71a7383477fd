package org.mingchu.sensors;

import org.mingchu.config.CameraLevel;
import org.mingchu.config.Plan;
import org.mingchu.config.Secrets;
import org.mingchu.config.SensorPlan;
import org.mingchu.config.Source;
import org.mingchu.config.Unit;
import org.mingchu.sensors.camera.CameraNet;
import org.mingchu.sensors.camera.CameraRounds;
import org.mingchu.sensors.camera.PictureProbe;
import org.mingchu.sensors.camera.Streams;
import org.mingchu.sensors.kernel.NetworkPorts;
import org.mingchu.sensors.kernel.W1Thermometer;
import org.mingchu.sensors.pi.Board;
import org.mingchu.sensors.pi.Contact;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/**
 * Makes the sensors of a plan. What this version cannot ask becomes a sensor that says so. Opens
 * nothing by itself: a board or a probe that is missing is found at the first round, and again at
 * each later one until it is there. One thread; {@link #relearn} from any.
 */
public final class Senses {
    private static final Path LIFE = Path.of("/");

    private final Path root;
    private final Board board;
    private final Clock clock;
    private final RandomGenerator chance;
    private final Streams streams = new Streams();
    private volatile Map<String, PictureProbe> pictures = Map.of();

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
     * What seeing needs beside cameras.
     *
     * @param registrations the registrar's sensors
     * @param state the folder where what was learned of pictures is kept
     */
    public record Seeing(List<Sensor> registrations, Path state) {
        public Seeing {
            registrations = List.copyOf(registrations);
        }
    }

    /**
     * Sensors by their periods, each beat in the order of the site file, and the cameras as the
     * last beat: a camera that is slow to fail must not hold up a temperature.
     */
    public List<Beat> beats(Plan plan, Secrets secrets, Seeing seeing) {
        var byPeriod = new LinkedHashMap<Duration, List<Sensor>>();
        for (var unit : plan.site().units()) {
            for (var sensor : asked(unit)) {
                var period = sensor.period().orElse(plan.site().samplingPeriod());
                byPeriod.computeIfAbsent(period, _ -> new ArrayList<>()).add(of(sensor, plan));
            }
        }
        var beats = new ArrayList<Beat>();
        byPeriod.forEach((period, sensors) -> beats.add(new Beat(period, Beat.On.FILES, sensors)));
        var eyes = new Eyes(plan, secrets, seeing, streams, clock, chance);
        beats.addAll(eyes(eyes));
        pictures = eyes.pictures();
        return List.copyOf(beats);
    }

    /** A camera was turned on purpose: what it used to see is forgotten, and learned anew. */
    public void relearn(String camera) {
        Optional.ofNullable(pictures.get(camera)).ifPresent(PictureProbe::relearn);
    }

    /** Probes that speak by themselves are heard by {@link Probes}. */
    private static List<SensorPlan> asked(Unit unit) {
        return unit.sensors().stream().filter(sensor -> !sensor.source().told()).toList();
    }

    private static List<Beat> eyes(Eyes eyes) {
        var beats = new ArrayList<Beat>();
        for (var level : CameraLevel.values()) {
            var sensors = eyes.of(level);
            if (!sensors.isEmpty()) {
                beats.add(new Beat(level.period(), Beat.On.SOCKETS, sensors));
            }
        }
        return beats;
    }

    /**
     * What a round of cameras says once the network between is judged, our own port included; other
     * rounds stay as they are. For the one thread that rounds come on.
     */
    public UnaryOperator<List<Reading>> network(Plan plan) {
        var ports = new NetworkPorts(root);
        return new CameraRounds(
                plan.site().video(),
                () -> ports.unplugged() ? CameraNet.Carrier.LOST : CameraNet.Carrier.PRESENT,
                streams,
                clock);
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
            case Source.Coap _, Source.Mqtt _ ->
                    throw new IllegalArgumentException(sensor.id() + " is not asked");
        };
    }

    private static Contact.Sense mounted(SensorPlan sensor) {
        return sensor.inverted() ? Contact.Sense.OPEN_IS_SHUT : Contact.Sense.CLOSED_IS_SHUT;
    }

    private Set<Flag> standing() {
        return root.toAbsolutePath().normalize().equals(LIFE) ? Set.of() : Set.of(Flag.SIMULATED);
    }
}
