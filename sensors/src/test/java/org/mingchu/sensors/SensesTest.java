package org.mingchu.sensors;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mingchu.config.Annunciator;
import org.mingchu.config.Calibration;
import org.mingchu.config.Camera;
import org.mingchu.config.CameraVerdict;
import org.mingchu.config.Console;
import org.mingchu.config.Identity;
import org.mingchu.config.Plan;
import org.mingchu.config.Quantity;
import org.mingchu.config.Retention;
import org.mingchu.config.RulePack;
import org.mingchu.config.Secrets;
import org.mingchu.config.SensorPlan;
import org.mingchu.config.Site;
import org.mingchu.config.SiteKind;
import org.mingchu.config.Source;
import org.mingchu.config.Unit;
import org.mingchu.config.UnitKind;
import org.mingchu.sensors.kernel.KernelClock;
import org.mingchu.sensors.kernel.W1Tree;
import org.mingchu.sensors.pi.TreeBoard;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The senses of a plan on a tree of real files, in real time. */
final class SensesTest {
    private static final String COLD = "28-0316a2795dff";
    private static final String FREEZER = "28-0316a2795e00";
    private static final String SAMPLES = "28-0316a2795e41";

    /** Short, and long enough that a busy machine keeps it. */
    private static final Duration PERIOD = Duration.ofMillis(500);

    private static final String POWER_ON =
            """
            50 05 4b 46 7f ff 0c 10 1c : crc=1c YES
            50 05 4b 46 7f ff 0c 10 1c t=85000
            """;

    private static final String CRC_NO =
            """
            72 01 4b 46 7f ff 0e 10 56 : crc=57 NO
            72 01 4b 46 7f ff 0e 10 57 t=23125
            """;

    @TempDir private Path root;
    private final BlockingQueue<Round> rounds = new LinkedBlockingQueue<>();
    private W1Tree tree = new W1Tree(Path.of("unset"));
    private TreeBoard board = new TreeBoard(Path.of("unset"));
    private Clock clock = new HandClock();
    private Optional<Sampler> sampler = Optional.empty();

    private record Round(long atNs, List<Reading> readings) {
        Reading of(String subject) {
            return readings.stream().filter(r -> r.subject().equals(subject)).findFirst().get();
        }
    }

    @BeforeEach
    void plant() throws IOException {
        write("proc/sys/kernel/random/boot_id", "7d6ac4c8-2b5c-4f4b-9d5c-2f0b8a1c0e11\n");
        tree = new W1Tree(root);
        tree.temperature(COLD, 3_000);
        tree.temperature(FREEZER, -18_000);
        tree.temperature(SAMPLES, 4_000);
        write("sys/class/gpio/gpio17/value", "0\n");
        board.close();
        board = new TreeBoard(root);
        clock = new KernelClock(root, InstantSource.system());
    }

    @AfterEach
    void closeAll() {
        sampler.ifPresent(Sampler::close);
        board.close();
    }

    @Test
    void sensors_go_by_their_periods_in_the_order_of_the_site_file_and_cameras_last() {
        var minute = Optional.of(Duration.ofMinutes(1));
        var sensors =
                List.of(
                        sensor("a", new Source.W1(COLD), Optional.empty()),
                        sensor("b", new Source.W1(FREEZER), minute),
                        sensor("c", new Source.Gpio(17), Optional.empty()));
        var camera =
                new Camera(
                        "cam",
                        "热加工间",
                        new Camera.Stream.Rtsp(URI.create("rtsp://127.0.0.1:1/s")),
                        Optional.of("cam"));

        var beats = senses().beats(plan(sensors, List.of(camera)), Secrets.NONE);

        assertThat(beats)
                .extracting(Beat::period)
                .containsExactly(PERIOD, Duration.ofMinutes(1), Plan.CAMERA_PERIOD);
        assertThat(beats.getFirst().sensors()).extracting(Sensor::id).containsExactly("a", "c");
        assertThat(beats.get(1).sensors()).extracting(Sensor::id).containsExactly("b");
        assertThat(beats.get(2).on()).isEqualTo(Beat.On.SOCKETS);
        assertThat(beats.get(2).sensors().getFirst().read())
                .isEqualTo(new Reading.Seen("cam", CameraVerdict.REFUSED, 0));
    }

    @Test
    void what_this_version_cannot_ask_says_so_instead_of_being_left_out() {
        var sources =
                Stream.of(
                        new Source.Modbus("rs485-1", 3, "probe-1"),
                        new Source.Hwmon("sht4x", "temp1"),
                        new Source.Iio("iio:device0", "in_temp"),
                        new Source.I2c(1, 0x44, "sht4x"),
                        new Source.Spi(0, 0, "max31865"),
                        new Source.Coap("probe-7", "temp"),
                        new Source.Mqtt("kitchen/1", "/t"),
                        new Source.W1("10-000802b4a1c2"));
        var sensors = sources.map(s -> sensor("x", s, Optional.empty())).toList();
        var recorder =
                new Camera("cam", "库房", new Camera.Stream.Recorder("nvr-1", 3), Optional.empty());

        var beats = senses().beats(plan(sensors, List.of(recorder)), Secrets.NONE);

        assertThat(beats.stream().flatMap(b -> b.sensors().stream()).map(Sensor::read))
                .extracting(r -> (Reading.Silent) r)
                .allMatch(silent -> silent.fault() == Fault.BUS)
                .extracting(Reading.Silent::detail)
                .containsExactly(
                        "modbus is not served by this version",
                        "hwmon is not served by this version",
                        "iio is not served by this version",
                        "i2c is not served by this version",
                        "spi is not served by this version",
                        "coap is not served by this version",
                        "mqtt is not served by this version",
                        "1-wire device 10-000802b4a1c2 is not served by this version",
                        "nvr is not served by this version");
    }

    @Test
    void each_fault_of_a_probe_has_its_word_within_three_periods_and_heals() {
        start(PERIOD.dividedBy(5));
        assertThat(round().of("cold")).isInstanceOf(Reading.Measured.class);

        tree.slaveFile(COLD, "");
        awaitFault("cold", Fault.DISCONNECTED);
        tree.slaveFile(COLD, POWER_ON);
        awaitFault("cold", Fault.POWER_ON);
        tree.slaveFile(COLD, CRC_NO);
        awaitFault("cold", Fault.CRC);
        tree.gone(COLD);
        awaitFault("cold", Fault.DISCONNECTED);

        tree.temperature(COLD, 3_500);
        skipRounds(2);
        assertThat(round().of("cold")).isInstanceOf(Reading.Measured.class);
    }

    @Test
    void a_hung_bus_delays_no_other_sensor_by_more_than_one_period_and_heals()
            throws IOException, InterruptedException {
        start(PERIOD);
        round();
        var fifo = hang(FREEZER);
        skipRounds(2);

        var before = round();
        for (int i = 0; i < 3; i++) {
            var round = round();
            assertThat(((Reading.Silent) round.of("freezer")).fault()).isEqualTo(Fault.SILENT);
            assertThat(round.of("cold")).isInstanceOf(Reading.Measured.class);
            assertThat(round.of("samples")).isInstanceOf(Reading.Measured.class);
            assertThat(round.of("door")).isInstanceOf(Reading.Measured.class);
            assertThat(Duration.ofNanos(round.atNs - before.atNs))
                    .isLessThanOrEqualTo(PERIOD.multipliedBy(2));
            before = round;
        }
        assertThat(threads("sense-freezer")).isEqualTo(1);

        Files.move(fifo, root.resolve("old-fifo"));
        tree.temperature(FREEZER, -17_000);
        Files.writeString(root.resolve("old-fifo"), "");
        skipRounds(2);
        assertThat(((Reading.Measured) round().of("freezer")).rawMilli()).isEqualTo(-17_000);
    }

    @Test
    void a_door_that_opens_is_told_long_before_the_next_round() throws IOException {
        start(Duration.ofMinutes(10));
        assertThat(door(nextAny())).isZero();

        write("sys/class/gpio/gpio17/value", "1\n");

        var told = nextAny();
        assertThat(told.readings).hasSize(1);
        assertThat(door(told)).isEqualTo(1000);
    }

    @Test
    void everything_from_a_tree_is_marked_as_simulated() {
        start(PERIOD);

        assertThat(round().readings)
                .hasSize(4)
                .allMatch(r -> ((Reading.Measured) r).flags().contains(Flag.SIMULATED));
    }

    private void start(Duration period) {
        var every = Optional.of(period);
        var sensors =
                List.of(
                        sensor("cold", new Source.W1(COLD), every),
                        sensor("freezer", new Source.W1(FREEZER), every),
                        sensor("samples", new Source.W1(SAMPLES), every),
                        sensor("door", new Source.Gpio(17), every));
        var beats = senses().beats(plan(sensors, List.of()), Secrets.NONE);
        var fresh = new Sampler(beats, clock, r -> rounds.add(new Round(clock.now().upNs(), r)));
        fresh.start();
        sampler = Optional.of(fresh);
    }

    private Senses senses() {
        return new Senses(root, board, clock, new Random(7));
    }

    /** Within three rounds from now; the one that may already be running does not count. */
    private void awaitFault(String subject, Fault fault) {
        rounds.clear();
        var seen = new ArrayList<Reading>();
        skipRounds(1);
        for (int period = 0; period < 3; period++) {
            var reading = round().of(subject);
            seen.add(reading);
            if (reading instanceof Reading.Silent silent && silent.fault() == fault) {
                return;
            }
        }
        throw new AssertionError("no " + fault + " within three periods: " + seen);
    }

    private void skipRounds(int count) {
        for (int i = 0; i < count; i++) {
            round();
        }
    }

    /** The next full round; single announcements are passed over. */
    private Round round() {
        var next = nextAny();
        while (next.readings.size() == 1) {
            next = nextAny();
        }
        return next;
    }

    private Round nextAny() {
        try {
            return Optional.ofNullable(rounds.poll(10, TimeUnit.SECONDS)).orElseThrow();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static long door(Round round) {
        return ((Reading.Measured) round.of("door")).milli();
    }

    private static long threads(String name) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals(name) && thread.isAlive())
                .count();
    }

    /** A read of a FIFO without a writer never returns, as on a bus that hangs. */
    private Path hang(String rom) throws IOException, InterruptedException {
        var fifo = root.resolve("fifo");
        var made = new ProcessBuilder("mkfifo", fifo.toString()).inheritIO().start().waitFor();
        assertThat(made).isZero();
        var slave = tree.folder(rom).resolve("w1_slave");
        Files.delete(slave);
        Files.move(fifo, slave);
        return slave;
    }

    private void write(String name, String text) throws IOException {
        var file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text, StandardCharsets.US_ASCII);
    }

    private static SensorPlan sensor(String id, Source source, Optional<Duration> period) {
        var quantity = source instanceof Source.Gpio ? Quantity.DOOR : Quantity.TEMPERATURE;
        return new SensorPlan(id, quantity, source, period, Calibration.NONE, false);
    }

    private static Plan plan(List<SensorPlan> sensors, List<Camera> cameras) {
        var unit =
                new Unit(
                        "unit",
                        "1号冷藏柜",
                        UnitKind.CHILLED,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        sensors,
                        List.of());
        var site =
                new Site(
                        1,
                        new Identity("gz-liwan", "gz-liwan-0042", "gw-1"),
                        "逢源街长者饭堂",
                        SiteKind.DINING_HALL,
                        ZoneId.of("Asia/Shanghai"),
                        "zh-CN",
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        List.of(),
                        PERIOD,
                        List.of(unit),
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        cameras,
                        Annunciator.NONE,
                        Console.LOOPBACK,
                        List.of(),
                        2_048);
        var pack =
                new RulePack(
                        "none",
                        "1",
                        false,
                        List.of(),
                        new RulePack.Proof(Duration.ofMinutes(5), Duration.ofMinutes(5)),
                        RulePack.Habits.DEFAULT,
                        RulePack.Calls.DEFAULT,
                        RulePack.Acts.DEFAULT,
                        Retention.DEFAULT,
                        "");
        return new Plan(site, pack, "");
    }
}
