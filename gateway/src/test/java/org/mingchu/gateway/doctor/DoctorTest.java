package org.mingchu.gateway.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mingchu.gateway.doctor.StandIn.By.COPY;
import static org.mingchu.gateway.doctor.StandIn.By.NO_SECRETS;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.mingchu.config.CameraVerdict;
import org.mingchu.config.Quantity;
import org.mingchu.config.Secrets;
import org.mingchu.gateway.judge.LinkState;
import org.mingchu.gateway.judge.StorageState;
import org.mingchu.gateway.tell.Authority;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Fault;
import org.mingchu.sensors.Reading;
import org.mingchu.simulator.wire.FreePort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** One thing is ill at a time, and that one is found, with what to do about it. */
class DoctorTest {
    private static final Duration DAY = Duration.ofDays(1);
    private static final String HWMON = "sys/class/hwmon/hwmon1/in0_lcrit_alarm";
    private static final String FIRMWARE = "sys/devices/platform/soc/soc:firmware/get_throttled";
    private static final String MEMORY = "proc/meminfo";
    private static final String UPS = "sys/class/power_supply/ups/";
    private static final String HEAT = "sys/class/thermal/thermal_zone0/temp";
    private static final String WATCHDOG = "sys/class/watchdog/watchdog0";
    private static final String CARD = "sys/block/mmcblk0/device/";
    private static final String MODEM = "sys/class/net/wwan0/";
    private static final String APN = "[network.modem]\napn = \"cmnet\"\n";

    /** A file for each language: read once, not for each finding of each illness. */
    private static final List<Wording> WORDINGS =
            Wording.LANGUAGES.stream().map(Wording::in).toList();

    private static final Wording ENGLISH = Wording.in("en");

    @TempDir private static Path lasting;
    private static Hospital hospital;

    @BeforeAll
    static void open() {
        hospital = new Hospital(lasting);
    }

    @AfterAll
    static void end() {
        hospital.close();
    }

    /**
     * What is planted.
     *
     * @param found {@code id/why} of everything that is then not fine, in order
     * @param remedy words of the first one's remedy in English
     */
    record Illness(String found, String remedy, Consumer<Ward> plant) {
        @Override
        public String toString() {
            return found;
        }
    }

    private static Illness ill(String found, String remedy, Consumer<Ward> plant) {
        return new Illness(found, remedy, plant);
    }

    private static Stream<Illness> illnesses() {
        return Stream.of(agent(), clock(), power(), board(), disk(), record(), senses(), outside())
                .flatMap(all -> all);
    }

    private static Stream<Illness> agent() {
        return Stream.of(
                ill("agent.running/not-running", "systemctl start mingchu", w -> w.agent = false),
                ill("agent.running/hung", "dmesg", w -> w.hangs = true),
                ill("agent.ports/deaf", "ss -ltn", w -> w.deaf = List.of("192.168.1.9:8080")),
                ill(
                        "site.file/invalid",
                        "mingchu config check",
                        w -> {
                            w.running = w.patient().plan();
                            w.mend("kind = \"freezer\"", "kind = \"fridge\"");
                        }),
                ill(
                        "site.current/changed",
                        "systemctl restart mingchu",
                        w -> {
                            w.running = w.patient().plan();
                            w.mend("1号冷库", "一号冷库");
                        }),
                ill(
                        "site.file/invalid site.current/copy",
                        "mingchu site use",
                        w -> {
                            w.running = w.patient().plan();
                            w.standIn =
                                    Optional.of(new StandIn(COPY, "2026-11-12", "7:1: x", "7:1"));
                            w.mend("kind = \"freezer\"", "kind = \"fridge\"");
                        }),
                ill(
                        "site.file/invalid site.current/no-secrets",
                        "mingchu config check",
                        w -> {
                            w.running = w.patient().plan();
                            w.standIn =
                                    Optional.of(
                                            new StandIn(NO_SECRETS, "2026-11-12", "7:1: x", "7:1"));
                            w.mend("kind = \"freezer\"", "kind = \"fridge\"");
                        }),
                ill(
                        "site.current/mended",
                        "systemctl restart mingchu",
                        w ->
                                w.standIn =
                                        Optional.of(
                                                new StandIn(COPY, "2026-11-12", "7:1: x", "7:1"))),
                ill(
                        "people.manager/none",
                        "person add --role manager",
                        w -> w.managers = OptionalLong.of(0)),
                ill(
                        "papers/expired",
                        "stays off food",
                        w ->
                                w.mend(
                                        w.today().plusDays(300).toString(),
                                        w.today().minusDays(1) + "")),
                ill(
                        "papers/soon",
                        "arrange for new ones",
                        w ->
                                w.mend(
                                        w.today().plusDays(300).toString(),
                                        w.today().plusDays(30) + "")));
    }

    private static Stream<Illness> clock() {
        return Stream.of(
                ill("clock.synced/unsynced", "fit an RTC", w -> w.clock = ClockState.UNSYNCED),
                ill("clock.synced/holdover", "timedatectl", w -> w.clock = ClockState.HOLDOVER),
                ill("clock.synced/rtc", "timedatectl set-time", w -> w.clock = ClockState.RTC),
                ill("clock.source/none", "systemd-timesyncd", w -> w.without("run/systemd")),
                ill("clock.rtc/missing", "DS3231", w -> w.without("sys/class/rtc")),
                ill(
                        "clock.rtc/empty",
                        "battery",
                        w -> w.file("sys/class/rtc/rtc0/since_epoch", "86400\n")),
                ill(
                        "clock.rtc/apart",
                        "hwclock -w",
                        w ->
                                w.file(
                                        "sys/class/rtc/rtc0/since_epoch",
                                        Instant.now().getEpochSecond() - 7_200 + "\n")),
                ill(
                        "clock.zone/differs",
                        "set-timezone Asia/Shanghai",
                        w -> w.file("etc/timezone", "Etc/UTC\n")));
    }

    private static Stream<Illness> power() {
        return Stream.of(
                ill("power.voltage/low", "official supply", w -> w.file(HWMON, "1\n")),
                ill("power.voltage/was-low", "official supply", w -> w.file(FIRMWARE, "0x10000\n")),
                ill("power.throttled/now", "heat sink", w -> w.file(FIRMWARE, "4\n")),
                ill("power.throttled/before", "heat sink", w -> w.file(FIRMWARE, "0x80000\n")),
                ill(
                        "power.mains/lost",
                        "bring the mains back",
                        w -> w.says("mains-1", Quantity.MAINS, 1_000)),
                ill("power.ups/discharging", "plug", w -> w.file(UPS + "status", "Discharging\n")),
                ill(
                        "power.stop/missing",
                        "/sys/class/power_supply",
                        w -> w.without("sys/class/power_supply/ups")),
                ill(
                        "power.stop/blind",
                        "mains contact",
                        w -> {
                            w.file(UPS + "status", "Unknown\n");
                            w.mend("measures = \"mains\"", "measures = \"smoke\"");
                        }),
                ill(
                        "power.ups/empty",
                        "change the battery",
                        w -> w.file(UPS + "capacity", "11\n")));
    }

    private static Stream<Illness> board() {
        return Stream.of(
                ill("board.temperature/warm", "let air in", w -> w.file(HEAT, "74000\n")),
                ill("board.temperature/hot", "away from the stove", w -> w.file(HEAT, "83100\n")),
                ill(
                        "board.memory/low",
                        "ps --sort=-rss",
                        w -> w.file(MEMORY, "MemTotal: 1000000 kB\nMemAvailable: 80000 kB\n")),
                ill(
                        "board.memory/out",
                        "a board with more",
                        w -> w.file(MEMORY, "MemTotal: 1000000 kB\nMemAvailable: 20000 kB\n")),
                ill("board.load/busy", "top", w -> w.file("proc/loadavg", "9.1 14.20 9.0 3/9 1\n")),
                ill(
                        "board.watchdog/missing",
                        "dtparam=watchdog=on",
                        w -> w.without("sys/class/watchdog")),
                ill(
                        "board.watchdog/idle",
                        "RuntimeWatchdogSec=14s",
                        w -> w.file(WATCHDOG + "/state", "inactive\n")),
                ill(
                        "board.watchdog/long",
                        "RuntimeWatchdogSec=14s",
                        w -> w.file(WATCHDOG + "/timeout", "60\n")),
                ill("board.font/missing", "fonts-noto-cjk", w -> w.without("usr/share/fonts")),
                ill(
                        "buzzer.pins/missing",
                        "annunciator-pin-missing",
                        w -> w.missingPins = List.of("buzzer")),
                ill("buzzer.heard/untested", "test the buzzer", w -> w.heard = Optional.empty()),
                ill("buzzer.heard/unheard", "wires and place", w -> w.heard = Optional.of(false)));
    }

    private static Stream<Illness> disk() {
        return Stream.of(
                ill(
                        "disk.space/short",
                        "budget_mib",
                        w -> w.mend("budget_mib = 128", "budget_mib = 1048576")),
                ill(
                        "disk.wear/worn",
                        "within three months",
                        w -> w.file(CARD + "life_time", "0x09 0x02\n")),
                ill(
                        "disk.wear/worn-out",
                        "change it at once",
                        w -> w.file(CARD + "pre_eol_info", "0x03\n")),
                ill(
                        "disk.errors/errors",
                        "fsck",
                        w -> w.file("sys/fs/ext4/mmcblk0p2/errors_count", "7\n")),
                ill(
                        "disk.swap/on-card",
                        "zram",
                        w -> w.file("proc/swaps", "Filename\n/dev/mmcblk0p3 partition 9 0 1\n")),
                ill(
                        "state.reserve/missing",
                        "make room",
                        w -> Ward.remove(w.state.resolve("reserve"))),
                ill(
                        "state.quarantine/kept",
                        "journal status",
                        w -> Ward.make(w.state.resolve("quarantine/2026-11-01"))),
                ill(
                        "key.mode/open",
                        "chmod 600",
                        w -> Ward.mode(w.state.resolve("device.key"), "rw-r-----")),
                ill(
                        "key.mode/missing",
                        "device-key-missing",
                        w -> Ward.remove(w.state.resolve("device.key"))),
                ill(
                        "token.mode/open",
                        "chmod 600",
                        w -> Ward.mode(w.state.resolve("console.token"), "rw-r--r--")),
                ill(
                        "token.mode/missing",
                        "start the agent",
                        w -> Ward.remove(w.state.resolve("console.token"))),
                ill(
                        "secrets.mode/open",
                        "change what is in it",
                        w -> Ward.mode(w.secretsFile, "rw-rw----")),
                ill("secrets.mode/missing", "--secrets", w -> Ward.remove(w.secretsFile)),
                ill(
                        "state.writable/missing state.reserve/missing key.mode/missing"
                                + " token.mode/missing record.file/missing",
                        "--state",
                        w -> Ward.remove(w.state)));
    }

    private static Stream<Illness> record() {
        return Stream.of(
                ill(
                        "record.file/missing",
                        "--state",
                        w -> Ward.remove(w.state.resolve("journal.db"))),
                ill(
                        "record.file/damaged",
                        "do not remove it",
                        w -> Ward.write(w.state.resolve("journal.db"), "\0\0\0\0")),
                ill("record.kept/low", "make room", w -> w.storage = StorageState.LOW),
                ill("record.kept/memory", "dmesg", w -> w.storage = StorageState.MEMORY),
                ill("record.kept/damaged", "journal verify", w -> w.storage = StorageState.DAMAGED),
                ill(
                        "record.signed/old",
                        "device-key-missing",
                        w -> w.signed = Optional.of(Duration.ofHours(3))));
    }

    private static Stream<Illness> senses() {
        return Stream.concat(
                Stream.of(Fault.values()).map(DoctorTest::silent),
                Stream.of(
                        ill(
                                "sensor/never",
                                "source of the site file",
                                w -> w.says.remove("cold-1-air")),
                        ill(
                                "sensor/misplaced",
                                "two probes are swapped",
                                w -> w.says("freezer-1-air", Quantity.TEMPERATURE, 66_000)),
                        ill(
                                "record.kept/idle" + " sensor/stale".repeat(6),
                                "restart the agent",
                                w -> w.lastRound = Duration.ofMinutes(9)),
                        ill(
                                "sensors.calibration/expired",
                                "ice point",
                                w ->
                                        w.mend(
                                                w.today().plusDays(200) + "",
                                                w.today().minusDays(2) + "")),
                        ill(
                                "sensors.calibration/soon",
                                "arrange for it",
                                w ->
                                        w.mend(
                                                w.today().plusDays(200) + "",
                                                w.today().plusDays(9) + "")),
                        ill(
                                "sensors.battery/low",
                                "change them",
                                w -> w.says("probe-battery", Quantity.BATTERY, 9_000)),
                        camera(CameraVerdict.AUTH, "address and password"),
                        camera(CameraVerdict.COVERED, "wipe the lens"),
                        camera(CameraVerdict.UNREGISTERED, "SIP server"),
                        camera(CameraVerdict.DISK_FULL, "the recorder's disk"),
                        camera(CameraVerdict.CLOCK_WRONG, "NTP"),
                        ill("bus.w1/no-bus", "dtoverlay=w1-gpio", w -> w.without("sys/bus/w1")),
                        ill(
                                "bus.w1/missing",
                                "pull-up",
                                w -> w.without("sys/bus/w1/devices/28-0316a2795e01")),
                        ill(
                                "bus.w1/strangers",
                                "unplug them",
                                w -> w.file("sys/bus/w1/devices/28-0316a2795fff/w1_slave", "")),
                        ill("bus.i2c/missing", "dtparam=i2c_arm=on", w -> w.without("dev/i2c-1")),
                        ill("bus.spi/missing", "dtparam=spi=on", w -> w.without("dev/spidev0.0")),
                        ill(
                                "bus.chip/claimed",
                                "dtoverlay",
                                w -> w.file("sys/bus/i2c/devices/1-0044/driver/bind", "")),
                        ill(
                                "bus.chip/silent sensor/bus",
                                "i2cdetect",
                                w -> w.silent("i2c-air", Fault.BUS)),
                        ill(
                                "bus.chip/silent sensor/disconnected",
                                "chip select",
                                w -> w.silent("spi-air", Fault.DISCONNECTED)),
                        ill(
                                "bus.slave/silent sensor/silent",
                                "swapped",
                                w -> w.silent("room-air", Fault.SILENT)),
                        ill(
                                "bus.serial/missing",
                                "/dev/serial/by-id",
                                w -> w.without("dev/ttyUSB0")),
                        ill("bus.gpio/missing", "group gpio", w -> w.without("dev/gpiochip0"))));
    }

    private static Illness silent(Fault fault) {
        var remedy =
                switch (fault) {
                    case SILENT -> "battery and the distance";
                    case CRC -> "shielded twisted pair";
                    case POWER_ON -> "three wires";
                    case DISCONNECTED -> "plug it in";
                    case OUT_OF_RANGE -> "change it";
                    case STUCK -> "hold it in the hand";
                    case IMPLAUSIBLE -> "against a reference";
                    case BUS -> "termination";
                };
        return ill("sensor/" + fault.word(), remedy, w -> w.silent("cold-1-air", fault));
    }

    private static Illness camera(CameraVerdict verdict, String remedy) {
        return ill(
                "camera/" + verdict.level().orElseThrow().word(),
                remedy,
                w -> w.says.put("cam-hot", new Reading.Seen("cam-hot", verdict, 0)));
    }

    private static Stream<Illness> outside() {
        return Stream.of(
                ill(
                        "network.link/unplugged",
                        "switch's lamp",
                        w -> w.file("sys/class/net/eth0/carrier", "0\n")),
                ill("network.signal/weak", "access point", w -> w.wireless(-88)),
                ill(
                        "network.signal/not-joined",
                        "passphrase",
                        w -> {
                            w.without("proc/net/wireless");
                            w.mend(
                                    "[network.modem]",
                                    "[network.wifi]\nssid = \"k\"\ncountry = \"CN\"\n"
                                            + "credentials = \"w\"\n[network.modem]");
                        }),
                ill("network.apn/unset", "board apply", w -> w.mend(APN, "")),
                ill("network.apn/no-modem", "lsusb", w -> w.without("sys/class/net/wwan0")),
                ill(
                        "network.apn/unwritten",
                        "board apply",
                        w -> w.without("etc/NetworkManager/system-connections")),
                ill("network.bytes/nearly", "order more", w -> spent(w, 801)),
                ill("network.bytes/over", "raise month_mib", w -> spent(w, 989)),
                ill("network.mobile/down", "APN", w -> w.file(MODEM + "operstate", "down\n")),
                ill(
                        "network.bytes/much",
                        "no camera",
                        w -> w.file(MODEM + "statistics/rx_bytes", "9000000000\n")),
                ill(
                        "platform.name/unknown platform.reach/no-name",
                        "resolvectl",
                        w -> w.mend("mqtts://127.0.0.1", "mqtts://no-such-host.invalid")),
                ill(
                        "platform.reach/unreachable platform.tls/handshake",
                        "firewall",
                        w -> w.mend(":" + w.platform.port(), ":" + FreePort.find())),
                ill("platform.tls/plain", "mqtts://", w -> w.mend("mqtts://127", "mqtt://127")),
                ill(
                        "platform.tls/expired",
                        "renew it",
                        w ->
                                w.platformShows(
                                        w.authority.issue(
                                                "old",
                                                "EC",
                                                "127.0.0.1",
                                                Instant.now().minus(DAY)))),
                ill(
                        "platform.tls/soon",
                        "renew it",
                        w ->
                                w.platformShows(
                                        w.authority.issue(
                                                "soon",
                                                "EC",
                                                "127.0.0.1",
                                                Instant.now().plus(DAY)))),
                ill(
                        "platform.tls/name",
                        "another one",
                        w ->
                                w.platformShows(
                                        w.authority.issue(
                                                "other",
                                                "EC",
                                                "127.0.0.2",
                                                Instant.now().plus(DAY.multipliedBy(90))))),
                ill(
                        "platform.tls/untrusted",
                        "the platform's root",
                        w ->
                                w.platformShows(
                                        Authority.create(w.folder, "stranger")
                                                .issue(
                                                        "forged",
                                                        "EC",
                                                        "127.0.0.1",
                                                        Instant.now().plus(DAY.multipliedBy(90))))),
                ill(
                        "platform.certificate/expired",
                        "secrets.toml",
                        w ->
                                w.secret =
                                        with(
                                                w,
                                                w.authority.issue(
                                                        "out",
                                                        "EC",
                                                        "gw-1",
                                                        Instant.now().minus(DAY)))),
                ill(
                        "platform.certificate/soon",
                        "new one",
                        w ->
                                w.secret =
                                        with(
                                                w,
                                                w.authority.issue(
                                                        "near",
                                                        "EC",
                                                        "gw-1",
                                                        Instant.now().plus(DAY)))),
                ill(
                        "platform.certificate/unusable",
                        "PEM",
                        w -> w.secret = with(w, new Authority.Pair(w.site, w.ours().key()))),
                ill(
                        "platform.key/other",
                        "mingchu cert install",
                        w ->
                                w.secret =
                                        with(
                                                w,
                                                new Authority.Pair(
                                                        w.ours().certificate(), other(w)))),
                ill(
                        "platform.key/unusable",
                        "BEGIN PRIVATE KEY",
                        w ->
                                w.secret =
                                        with(
                                                w,
                                                new Authority.Pair(
                                                        w.ours().certificate(), w.site))),
                ill(
                        "platform.link/down",
                        "hold secrets.toml",
                        w -> w.link = Optional.of(LinkState.DOWN)),
                ill("platform.link/down", "hold secrets.toml", w -> w.link = Optional.empty()),
                ill("platform.link/refused", "ACL", w -> w.link = Optional.of(LinkState.REFUSED)),
                ill(
                        "platform.link/unheard",
                        "receiver",
                        w -> w.link = Optional.of(LinkState.UNHEARD)),
                ill("platform.waiting/many", "look at the link", w -> w.waiting = 54_000));
    }

    /** Before this boot; the boot itself has seen 11 MiB. */
    private static void spent(Ward ward, int mib) {
        ward.mend(APN, APN + "month_mib = 1000\n");
        Ward.write(
                ward.state.resolve(MonthBytes.FILE),
                new MonthBytes(YearMonth.from(ward.today()), (long) mib << 20, "before", Map.of())
                        .text());
    }

    private static Secrets.Secret with(Ward ward, Authority.Pair pair) {
        return new Secrets.Secret(
                Optional.empty(),
                Optional.empty(),
                Optional.of(pair.certificate()),
                Optional.of(pair.key()),
                ward.secret.ca());
    }

    /** Of the same kind, and of another certificate. */
    private static Path other(Ward ward) {
        return ward.authority
                .issue("not-ours", "EC", "gw-1", Instant.now().plus(DAY.multipliedBy(90)))
                .key();
    }

    @ParameterizedTest
    @MethodSource("illnesses")
    void what_is_ill_is_found_with_its_remedy_and_nothing_else(Illness illness) {
        try (var ward = new Ward(hospital)) {
            illness.plant().accept(ward);
            var wrong = ward.wrong();
            assertThat(wrong)
                    .extracting(one -> one.id() + "/" + one.why())
                    .containsExactly(illness.found().split(" ", -1));
            assertThat(ENGLISH.remedy(wrong.getFirst()).orElse("")).contains(illness.remedy());
            for (var one : wrong) {
                for (var words : WORDINGS) {
                    assertThat(words.cause(one)).isNotBlank().doesNotContain("{", "?");
                    assertThat(words.remedy(one).orElse("")).isNotBlank().doesNotContain("{", "?");
                }
            }
        }
    }

    @Test
    void a_gateway_in_health_is_called_nothing_else_within_ten_seconds() {
        try (var ward = new Ward(hospital)) {
            var begun = System.nanoTime();
            assertThat(ward.wrong()).isEmpty();
            assertThat(Duration.ofNanos(System.nanoTime() - begun))
                    .isLessThan(Duration.ofSeconds(10));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'red = \"gpio:23\"',red",
        "'amber = \"gpio:24\"',amber",
        "'red = \"gpio:23\"\namber = \"gpio:24\"',ok"
    })
    void a_self_test_names_the_lamps_that_are_there(String pins, String why) {
        try (var ward = new Ward(hospital)) {
            ward.mend("red = \"gpio:23\"", pins);
            var lamps = Doctor.sounds(ward.patient(), true).getFirst();
            assertThat(lamps.status()).isEqualTo(Status.OK);
            assertThat(lamps.why()).isEqualTo(why);
            var said = ENGLISH.cause(lamps);
            assertThat(said.contains("red")).isEqualTo(!why.equals("amber"));
            assertThat(said.contains("amber")).isEqualTo(!why.equals("red"));
            assertThat(WORDINGS)
                    .allSatisfy(words -> assertThat(words.cause(lamps)).isNotEqualTo(why));
        }
    }

    /**
     * `site new` by root in another folder, a copy by hand: root may read it, and says all is well.
     */
    @Test
    @EnabledIfSystemProperty(named = "user.name", matches = "root")
    void a_site_file_that_only_root_may_read_is_found() throws IOException {
        try (var ward = new Ward(hospital)) {
            var names = ward.state.getFileSystem().getUserPrincipalLookupService();
            var state = Files.getFileAttributeView(ward.state, PosixFileAttributeView.class);
            state.setOwner(names.lookupPrincipalByName("daemon"));
            state.setGroup(names.lookupPrincipalByGroupName("daemon"));
            Ward.mode(ward.site, "rw-r--r--");
            assertThat(ward.wrong()).noneMatch(one -> one.id().equals("site.file"));
            Ward.mode(ward.site, "rw-r-----");
            assertThat(ward.wrong())
                    .filteredOn(one -> one.id().equals("site.file"))
                    .singleElement()
                    .satisfies(one ->
                            assertThat(ENGLISH.remedy(one).orElse("")).contains("chgrp mingchu"));
        }
    }

    /** What stands in for a file is mended in another way than what stands in for secrets. */
    @ParameterizedTest
    @CsvSource({"COPY,mingchu site use COPY", "NO_SECRETS,mend secrets.toml (chmod 600)"})
    void what_it_goes_on_by_has_its_own_remedy(StandIn.By by, String remedy) {
        try (var ward = new Ward(hospital)) {
            ward.running = ward.patient().plan();
            ward.standIn = Optional.of(new StandIn(by, "2026-11-12", "7:1: x", "7:1"));
            ward.mend("kind = \"freezer\"", "kind = \"fridge\"");

            var current =
                    ward.wrong().stream()
                            .filter(one -> one.id().equals("site.current"))
                            .findFirst()
                            .orElseThrow();

            assertThat(ENGLISH.remedy(current).orElse("")).contains(remedy, "restart");
            assertThat(ENGLISH.cause(current)).contains("7:1: x");
            assertThat(ENGLISH.cause(ward.wrong().getFirst()))
                    .as("the first error, not the first warning")
                    .contains("1 problems", "\"fridge\"");
        }
    }

    /** Thirty days are too late a warning for nobody, and too early for what lives for a week. */
    @Test
    void of_a_short_life_the_last_third_is_its_end() {
        try (var ward = new Ward(hospital)) {
            var now = ward.moment(Duration.ZERO);
            var day = Instant.ofEpochMilli(now.wallMs());
            // Each has lived for 60 days: a third of 89 is 29 and some hours.
            assertThat(soon(ward, day.plus(Duration.ofDays(31)))).isEqualTo("ok");
            assertThat(soon(ward, day.plus(Duration.ofDays(29)))).isEqualTo("soon");
            assertThat(soon(ward, day.minus(Duration.ofDays(1)))).isEqualTo("expired");
        }
    }

    private static String soon(Ward ward, Instant end) {
        var file = ward.authority.issue("short", "EC", "gw-1", end).certificate();
        return Certificates.terms(file, ward.moment(Duration.ZERO)).getFirst().why();
    }

    @Test
    void every_check_can_find_something() {
        var planted = new HashSet<String>();
        illnesses()
                .flatMap(one -> Stream.of(one.found().split(" ", -1)))
                .forEach(found -> planted.add(found.substring(0, found.indexOf('/'))));
        try (var ward = new Ward(hospital)) {
            var ids = new TreeSet<>(ward.ids());
            // What no platform of this ward does: it has no key to cosign with.
            ids.remove("record.witnessed");
            assertThat(planted).containsAll(ids);
            assertThat(ids).hasSizeGreaterThanOrEqualTo(25);
            // README says how many.
            assertThat(illnesses()).hasSize(117);
        }
    }

    /** One value of it is an answer: then the wire is well, whatever the other probe has. */
    @Test
    void a_chip_of_which_one_probe_has_a_word_answers() {
        try (var ward = new Ward(hospital)) {
            ward.silent("i2c-air", Fault.CRC);
            ward.silent("room-air", Fault.OUT_OF_RANGE);
            assertThat(ward.wrong())
                    .extracting(one -> one.id() + "/" + one.why())
                    .containsExactly("sensor/crc", "sensor/out-of-range");
        }
    }

    /** Without an agent nothing that only it knows is called fine. */
    @Test
    void without_an_agent_what_cannot_be_known_is_said_to_be_unknown() {
        try (var ward = new Ward(hospital)) {
            ward.agent = false;
            var findings = Checkup.of(Doctor.all(ward.patient()));
            assertThat(findings)
                    .filteredOn(one -> one.why().equals("no-agent"))
                    .extracting(Finding::id)
                    .contains(
                            "agent.ports",
                            "record.kept",
                            "record.signed",
                            "bus.chip",
                            "bus.slave",
                            "sensor",
                            "camera",
                            "buzzer.pins",
                            "platform.link",
                            "platform.waiting",
                            "power.mains");
            assertThat(findings)
                    .filteredOn(one -> one.id().equals("sensor"))
                    .allMatch(one -> one.status() == Status.SKIPPED);
            assertThat(Wording.in("zh-CN").cause(findings.get(1))).contains("不知道");
        }
    }

    @Test
    void what_hangs_is_a_finding_and_holds_up_nothing_else() {
        var never = new CountDownLatch(1);
        var checks =
                List.of(
                        new Check(
                                "bus.w1",
                                () -> {
                                    try {
                                        never.await();
                                    } catch (InterruptedException _) {
                                        Thread.currentThread().interrupt();
                                    }
                                    return Verdict.ok();
                                }),
                        new Check("bus.i2c", () -> Verdict.ok("devices", "dev/i2c-1")));
        var findings = Checkup.of(checks, Duration.ofMillis(50));
        assertThat(findings).extracting(Finding::why).containsExactly("hung", "ok");
        assertThat(Wording.in("en").remedy(findings.getFirst()).orElse("")).contains("wires");
    }

    @Test
    void a_word_from_a_wire_is_one_short_line() {
        var verdict = Verdict.fail("down", "reason", "a\n\u001b[31mb".repeat(200));
        assertThat(verdict.words().get("reason"))
                .hasSizeLessThanOrEqualTo(200)
                .doesNotContainPattern("\\p{Cntrl}");
    }

    @Test
    void both_languages_have_the_same_texts_and_fill_the_same_words_in() {
        var zh = Wording.in("zh-CN");
        var en = Wording.in("en");
        assertThat(zh.keys()).isEqualTo(en.keys());
        for (var key : zh.keys()) {
            assertThat(zh.raw(key)).as(key).isNotBlank();
            assertThat(en.raw(key)).as(key).isNotBlank();
            assertThat(holes(zh.raw(key))).as(key).isEqualTo(holes(en.raw(key)));
        }
    }

    private static Set<String> holes(String text) {
        var holes = new TreeSet<String>();
        Pattern.compile("\\{\\w+}")
                .matcher(text)
                .results()
                .forEach(hole -> holes.add(hole.group()));
        return holes;
    }
}
