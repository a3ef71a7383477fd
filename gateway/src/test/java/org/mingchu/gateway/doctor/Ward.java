package org.mingchu.gateway.doctor;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.mingchu.config.CameraVerdict;
import org.mingchu.config.Checked;
import org.mingchu.config.Plan;
import org.mingchu.config.PlanReader;
import org.mingchu.config.Quantity;
import org.mingchu.config.Secrets;
import org.mingchu.gateway.judge.Duties;
import org.mingchu.gateway.judge.Food;
import org.mingchu.gateway.judge.LinkState;
import org.mingchu.gateway.judge.State;
import org.mingchu.gateway.judge.StorageState;
import org.mingchu.gateway.tell.Authority;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Fault;
import org.mingchu.sensors.Moment;
import org.mingchu.sensors.Reading;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A gateway in perfect health: a machine's files below a root, a state folder, a site file, a
 * platform behind TLS, and an agent that says so. A test makes one thing of it ill.
 */
final class Ward implements AutoCloseable {
    static final String BOOT = "2f0c7b9e-52f2-4f0a-9a0e-6a8b2f7f1c11";
    private static final String FREEZER = "28-0316a2795e01";
    private static final String CHILLED = "28-0316a2795d01";
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    /** The pack that is shipped takes longer to read than all checks take. */
    private static final String PACK =
            """
            pack = "tiny"
            version = "1.0.0"
            legal = false
            [proof]
            outage_longer_than = "10m"
            in_range_for = "10m"
            [[rule]]
            id = "sensor-silent"
            kind = "any"
            when = { silent_periods = 3 }
            delay = { plain = "0s", off = "0s" }
            priority = "P2"
            attention = "site"
            advice = "sensor-silent"
            """;

    final Path folder;
    final Path root;
    final Path state;
    final Path site;
    final Path secretsFile;
    final Map<String, Reading> says = new HashMap<>();
    final TlsPlatform platform;
    final Authority authority;
    private final Hospital hospital;

    ClockState clock = ClockState.SYNCED;
    Duration lastRound = Duration.ofSeconds(4);
    StorageState storage = StorageState.SOUND;
    Optional<Duration> signed = Optional.of(Duration.ofMinutes(20));
    Optional<LinkState> link = Optional.of(LinkState.UP);
    String reason = "";
    long waiting = 12;
    List<String> deaf = List.of();
    List<String> missingPins = List.of();
    Optional<StandIn> standIn = Optional.empty();
    Optional<Boolean> heard = Optional.of(true);
    OptionalLong managers = OptionalLong.of(1);
    Optional<Plan> running = Optional.empty();
    Secrets.Secret secret;
    boolean agent = true;
    boolean hangs;
    private final Instant now;

    Ward(Hospital hospital) {
        this.hospital = hospital;
        now = hospital.now();
        folder = hospital.folder();
        root = folder.resolve("root");
        state = folder.resolve("state");
        site = folder.resolve("site.toml");
        secretsFile = folder.resolve("secrets.toml");
        authority = hospital.authority();
        platform = hospital.platform();
        secret =
                new Secrets.Secret(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(hospital.ours().certificate()),
                        Optional.of(hospital.ours().key()),
                        Optional.of(authority.certificate()));
        if (!Files.exists(site)) {
            make(state);
            machine();
            folder();
            write(folder.resolve("rules/tiny.toml"), PACK);
            write(site, site(today().plusDays(200), today().plusDays(300)));
            hospital.remember();
        }
        says("cold-1-air", Quantity.TEMPERATURE, 4_060);
        says("freezer-1-air", Quantity.TEMPERATURE, -19_400);
        says("i2c-air", Quantity.TEMPERATURE, 21_000);
        says("room-air", Quantity.TEMPERATURE, 22_000);
        says("spi-air", Quantity.TEMPERATURE, 22_500);
        says("mains-1", Quantity.MAINS, 0);
        says("probe-battery", Quantity.BATTERY, 81_000);
        says.put("cam-hot", new Reading.Seen("cam-hot", CameraVerdict.HEALTHY, 0));
    }

    /** What it shows itself with. */
    Authority.Pair ours() {
        return hospital.ours();
    }

    LocalDate today() {
        return LocalDate.ofInstant(now, ZONE);
    }

    String site(LocalDate calibrated, LocalDate licence) {
        return """
        schema = 1
        [site]
        id = "gz-liwan-0042"
        area = "gz-liwan"
        gateway = "gw-1"
        name = "逢源街长者饭堂"
        kind = "dining-hall"
        time_zone = "Asia/Shanghai"
        language = "zh-CN"
        rules = "tiny"
        [sampling]
        period = "10s"
        [annunciator]
        buzzer = "gpio:22"
        red = "gpio:23"
        [board]
        ups = "ups"
        [journal]
        budget_mib = 128
        [network.modem]
        apn = "cmnet"
        [[line]]
        id = "rs485-1"
        device = "/dev/ttyUSB0"
        [broker]
        url = "mqtt://127.0.0.1:1883"
        [[unit]]
        id = "cold-1"
        name = "1号冷库"
        kind = "chilled"
          [[unit.sensor]]
          id = "cold-1-air"
          measures = "temperature"
          source = "w1:%s"
          calibration = { offset_kelvin = -0.12, certificate = "GZ-1", due = %s }
          [[unit.sensor]]
          id = "probe-battery"
          measures = "battery"
          source = "mqtt:zigbee2mqtt/fridge#/battery"
        [[unit]]
        id = "freezer-1"
        name = "1号冷冻柜"
        kind = "freezer"
          [[unit.sensor]]
          id = "freezer-1-air"
          measures = "temperature"
          source = "w1:%s"
        [[unit]]
        id = "room"
        name = "干货仓"
        kind = "ambient"
          [[unit.sensor]]
          id = "i2c-air"
          measures = "temperature"
          source = "i2c:1/0x44/sht31"
          [[unit.sensor]]
          id = "room-air"
          measures = "temperature"
          source = "modbus:rs485-1/3/room"
          [[unit.sensor]]
          id = "spi-air"
          measures = "temperature"
          source = "spi:0/0/max31865"
          [[unit.sensor]]
          id = "mains-1"
          measures = "mains"
          source = "gpio:17"
        [[camera]]
        id = "cam-hot"
        name = "热加工间"
        rtsp = "rtsp://192.168.1.60:554/stream2"
        [[platform]]
        id = "market-regulation"
        url = "mqtts://127.0.0.1:%d"
        credentials = "market-regulation"
        encoder = "native"
        view = "full"
        acknowledges = true
        [[certificate]]
        id = "licence"
        name = "食品经营许可证"
        number = "JY34401030001234"
        valid_to = %s
        """
                .formatted(CHILLED, calibrated, FREEZER, platform.port(), licence);
    }

    private void machine() {
        file("run/systemd/timesync/synchronized", "");
        file("sys/class/rtc/rtc0/since_epoch", now.getEpochSecond() + "\n");
        file("etc/timezone", "Asia/Shanghai\n");
        file("sys/devices/platform/soc/soc:firmware/get_throttled", "0\n");
        file("sys/class/hwmon/hwmon1/name", "rpi_volt\n");
        file("sys/class/hwmon/hwmon1/in0_lcrit_alarm", "0\n");
        file("sys/class/power_supply/ups/type", "UPS\n");
        file("sys/class/power_supply/ups/status", "Full\n");
        file("sys/class/power_supply/ups/capacity", "100\n");
        file("sys/class/thermal/thermal_zone0/temp", "52134\n");
        file("proc/meminfo", "MemTotal:  1892140 kB\nMemAvailable:  1200000 kB\n");
        file("proc/loadavg", "0.31 0.42 0.40 1/180 2817\n");
        file("proc/uptime", "864000.00 3400000.00\n");
        file("sys/devices/system/cpu/online", "0-3\n");
        file("sys/class/watchdog/watchdog0/state", "active\n");
        file("sys/class/watchdog/watchdog0/timeout", "14\n");
        file("usr/lib/systemd/system/mingchu-kiosk.service", "[Unit]\n");
        file("usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", "");
        file("sys/block/mmcblk0/device/life_time", "0x02 0x01\n");
        file("sys/block/mmcblk0/device/pre_eol_info", "0x01\n");
        file("sys/fs/ext4/mmcblk0p2/errors_count", "0\n");
        file("proc/swaps", "Filename Type Size Used Priority\n/dev/zram0 partition 9 0 100\n");
        file("sys/bus/w1/devices/w1_bus_master1/w1_master_slave_count", "2\n");
        file("sys/bus/w1/devices/" + CHILLED + "/w1_slave", "");
        file("sys/bus/w1/devices/" + FREEZER + "/w1_slave", "");
        file("dev/i2c-1", "");
        file("dev/spidev0.0", "");
        file("dev/ttyUSB0", "");
        file("dev/gpiochip0", "");
        file("sys/class/net/eth0/device/uevent", "");
        file("sys/class/net/eth0/carrier", "1\n");
        file("etc/NetworkManager/system-connections/mingchu-modem.nmconnection", "");
        file("sys/class/net/wwan0/operstate", "up\n");
        file("sys/class/net/wwan0/statistics/rx_bytes", "3000000\n");
        file("sys/class/net/wwan0/statistics/tx_bytes", "9000000\n");
        wireless(-56);
    }

    private void folder() {
        write(state.resolve("journal.db"), "SQLite format 3\0 and more");
        write(state.resolve("reserve"), " ");
        make(state.resolve("quarantine"));
        for (var name : List.of("device.key", "console.token")) {
            write(state.resolve(name), "x");
            mode(state.resolve(name), "rw-------");
        }
        write(secretsFile, "");
        mode(secretsFile, "rw-------");
    }

    void wireless(int dbm) {
        file(
                "proc/net/wireless",
                "Inter-| sta-|\n face | tus |\n wlan0: 0000   54.  %d.  -256        0\n"
                        .formatted(dbm));
    }

    void says(String sensor, Quantity quantity, long milli) {
        says.put(sensor, new Reading.Measured(sensor, quantity, milli, milli, 0, Set.of()));
    }

    void silent(String sensor, Fault fault) {
        says.put(sensor, new Reading.Silent(sensor, fault, "x"));
    }

    /** A file of the machine says this. */
    void file(String path, String text) {
        write(root.resolve(path), text);
    }

    /** There is no such file, or folder, of the machine. */
    void without(String path) {
        remove(root.resolve(path));
    }

    static void remove(Path path) {
        try {
            if (Files.isDirectory(path)) {
                try (var all = Files.list(path)) {
                    all.forEach(Ward::remove);
                }
            }
            Files.delete(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void mode(Path file, String mode) {
        try {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void make(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void write(Path file, String text) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, text, UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The site file with other words. */
    void mend(String word, String other) {
        try {
            var text = Files.readString(site);
            if (!text.contains(word)) {
                throw new AssertionError("the site file does not say " + word);
            }
            write(site, text.replace(word, other));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The platform shows another certificate from here on. */
    void platformShows(Authority.Pair pair) {
        platform.show(pair);
    }

    Patient patient() {
        var file = PlanReader.read(site, folder.resolve("rules"));
        var plan =
                running.or(() ->
                        file instanceof Checked.Good<Plan>(var good, _)
                                ? Optional.of(good)
                                : Optional.empty());
        return new Patient(
                root,
                state,
                site,
                Optional.of(secretsFile),
                file,
                plan,
                new Secrets(Map.of("market-regulation", secret)),
                moment(Duration.ZERO),
                managers,
                agent && !hangs ? Optional.of(witness()) : Optional.empty(),
                hangs
                        ? Patient.Presence.HANGS
                        : agent ? Patient.Presence.SPEAKS : Patient.Presence.ABSENT);
    }

    /** What is found of it that is not fine, by the id of the check. */
    List<Finding> wrong() {
        return Checkup.of(Doctor.all(patient())).stream()
                .filter(one -> one.status() == Status.WARN || one.status() == Status.FAIL)
                .toList();
    }

    Moment moment(Duration ago) {
        var upNs = Duration.ofDays(10).minus(ago).toNanos();
        return new Moment(BOOT, upNs, now.minus(ago).toEpochMilli(), clock, 12);
    }

    private Witness witness() {
        return new Witness(
                state(),
                storage,
                Map.of("market-regulation", waiting),
                signed.map(this::moment),
                Optional.empty(),
                deaf,
                missingPins,
                standIn);
    }

    private State state() {
        var at = moment(lastRound);
        var words = new HashMap<String, State.Heard>();
        says.forEach((id, reading) ->
                words.put(
                        id,
                        new State.Heard(reading, at, 90, Optional.of(reading), Optional.of(at))));
        var links = new HashMap<String, State.LinkView>();
        link.ifPresent(s -> links.put("market-regulation", new State.LinkView(s, reason, at)));
        return new State(
                "9f2c61d07b3a4e55",
                90,
                Optional.of(at),
                words,
                Map.of(),
                Map.of(),
                links,
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                Food.NOTHING,
                new Duties(
                        Map.of(),
                        Optional.empty(),
                        heard.map(h -> new Duties.BuzzerTest(h, at)),
                        Map.of()),
                Optional.empty());
    }

    List<String> ids() {
        var ids = new ArrayList<String>();
        Doctor.all(patient()).forEach(check -> ids.add(check.id()));
        return ids;
    }

    /** The next one is in health again. */
    @Override
    public void close() {
        hospital.heal();
    }
}
