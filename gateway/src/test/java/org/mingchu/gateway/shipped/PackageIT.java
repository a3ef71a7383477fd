package org.mingchu.gateway.shipped;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.US_ASCII;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mingchu.simulator.platform.Lane;
import org.mingchu.simulator.platform.MqttSupervisor;
import org.mingchu.simulator.platform.SeenEntry;
import org.mingchu.simulator.platform.Supervisor;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The package in a Debian 13 of its own, watched over by a real systemd: from its installation to
 * its purge, and what happens when the program hangs or Java is broken.
 */
final class PackageIT {
    private static final Duration SOON = Duration.ofSeconds(60);

    /** F55: a program that hangs watches again after this. */
    private static final Duration RECOVERED_WITHIN = Duration.ofSeconds(60);

    /** F55: when nobody watches for so long, lamps and buzzer have said so. */
    private static final Duration CHIRPS_WITHIN = Duration.ofSeconds(90);

    /** Without a site file the unit waits; where there is a copy of one it is tried. */
    private static final String TRIED_BY_A_COPY =
            """
            systemctl show -p ConditionResult --value mingchu
            install -d -o mingchu -g mingchu -m 0700 /var/lib/mingchu/plan
            touch /var/lib/mingchu/plan/site.toml
            systemctl start mingchu 2>/dev/null || true
            systemctl show -p ConditionResult --value mingchu
            rm -r /var/lib/mingchu/plan
            systemctl reset-failed mingchu
            """;

    /** It watches in that, and cannot take much. */
    private static final int HEAP_MB = 14;

    @TempDir private Path folder;

    private Path shared;
    private Mosquitto broker;
    private MqttSupervisor supervisor;
    private Kitchen kitchen;
    private Debian debian;

    @BeforeEach
    void boot() throws IOException {
        Assumptions.assumeTrue(
                Boolean.getBoolean("mingchu.package"), "runs with -Ppackage, which makes it");
        shared = Files.createDirectories(folder.resolve("kitchen"));
        broker = Mosquitto.plain(Files.createDirectories(folder.resolve("broker")));
        supervisor = Supervision.at(broker.port());
        kitchen =
                new Kitchen(
                        shared,
                        2,
                        Supervision.platform(broker.port()) + "[board]\nups = \"battery\"\n",
                        "");
        battery(100, "Full");
        Deb.into(shared);
        Program.run(List.of("chmod", "-R", "a+rwX", shared.toString()));
        debian =
                new Debian(
                        Debian.Kind.SYSTEMD,
                        Files.createDirectories(folder.resolve("system")),
                        shared);
    }

    @AfterEach
    void end() {
        if (debian != null) {
            debian.close();
        }
        if (kitchen != null) {
            kitchen.close();
        }
        if (supervisor != null) {
            supervisor.close();
        }
        if (broker != null) {
            broker.close();
        }
    }

    @Test
    void from_its_installation_to_its_purge() throws IOException {
        var installed = debian.run("dpkg", "-i", Debian.SHARED + "/mingchu.deb");
        assertThat(installed.code()).as(installed.text()).isZero();
        assertThat(installed.text()).contains("Write /etc/mingchu/site.toml");
        assertThat(installed.text()).doesNotContain("no cache was made");
        assertThat(debian.sh("stat -c '%U %a' /var/lib/mingchu")).isEqualTo("mingchu 750");
        assertThat(debian.sh("test -s /var/cache/mingchu/agent.aot && echo made"))
                .isEqualTo("made");
        assertThat(debian.sh("systemctl is-enabled mingchu mingchu-lamps"))
                .isEqualTo("enabled\nenabled");
        assertThat(debian.run("systemctl", "is-active", "mingchu").text()).isEqualTo("inactive");

        withoutAUnitNothingIsStartedAndNothingFails();
        assertThat(debian.sh(TRIED_BY_A_COPY)).isEqualTo("no\nyes");

        startInTheKitchen();
        assertThat(debian.run("mingchu", "doctor", "--json").text())
                .as("bound writable below a / that only reads")
                .containsPattern("\"id\":\"state.writable\"[^{]*\"status\":\"ok\"");
        kitchen.temperature(1, -5_000);
        Eventually.within(
                SOON,
                "the alarm is at the platform",
                () -> platform().view(),
                () -> !platform().alarms().isEmpty());
        var kept = kitchen.kept();
        assertThat(kept).isGreaterThan(1);

        Deb.another("0.1.1", shared);
        var upgraded = debian.run("dpkg", "-i", Debian.SHARED + "/mingchu-0.1.1.deb");
        assertThat(upgraded.code()).as(upgraded.text()).isZero();
        Eventually.within(
                SOON,
                "it watches after the upgrade",
                () -> debian.run("systemctl", "status", "mingchu").text(),
                () -> kitchen.kept() > kept);
        assertThat(platform().chainUnbroken()).isTrue();

        var downgraded = debian.run("dpkg", "-i", Debian.SHARED + "/mingchu.deb");
        assertThat(downgraded.code()).isNotZero();
        assertThat(downgraded.text()).contains("0.1.1 is installed and 0.1.0 is older");
        assertThat(debian.sh("dpkg-query -W -f '${Version} ${Status}' mingchu"))
                .isEqualTo("0.1.1 install ok installed");
        Eventually.within(
                SOON, "it still watches", () -> kitchen.tryGet("/api/state").contains("\"units\""));

        assertThat(debian.run("dpkg", "-r", "mingchu").code()).isZero();
        assertThat(debian.run("systemctl", "is-active", "mingchu").text()).isEqualTo("inactive");
        assertThat(debian.sh("ls /var/lib/mingchu")).contains("journal.db");
        assertThat(debian.run("test", "-e", "/usr/share/mingchu").code()).isNotZero();
        var purged = debian.run("dpkg", "-P", "mingchu");
        assertThat(purged.code()).as(purged.text()).isZero();
        assertThat(
                        debian.run(
                                        "sh",
                                        "-c",
                                        "ls -d /etc/mingchu /etc/default/mingchu /var/lib/mingchu"
                                                + " /var/cache/mingchu 2>/dev/null")
                                .text())
                .isEmpty();
    }

    /** As the first boot leaves it; the name is typed in a session without a locale. */
    private void withoutAUnitNothingIsStartedAndNothingFails() {
        // 中心, by its bytes: what starts this test may have no locale either.
        var name = "\"$(printf '\\344\\270\\255\\345\\277\\203')\"";
        debian.sh(
                "mingchu site new /etc/mingchu/site.toml --id k-1 --area a-1 --kind mini --name "
                        + name);
        debian.sh("grep -qF " + name + " /etc/mingchu/site.toml");
        debian.sh("chgrp mingchu /etc/mingchu/site.toml; chmod 640 /etc/mingchu/site.toml");
        debian.sh("systemctl start mingchu");
        assertThat(debian.run("systemctl", "is-active", "mingchu").text()).isEqualTo("inactive");
        assertThat(debian.run("systemctl", "is-system-running").text()).isEqualTo("running");
        assertThat(debian.run("test", "-e", "/var/lib/mingchu/ended").code()).isNotZero();
        debian.sh("rm /etc/mingchu/site.toml");
    }

    @Test
    void a_program_that_hangs_is_started_again_and_nothing_is_lost() {
        install();
        startInTheKitchen();
        var hung = mainPid();
        debian.sh("kill -STOP " + hung);
        var took =
                Eventually.within(
                        RECOVERED_WITHIN,
                        "another one watches",
                        () -> debian.run("systemctl", "status", "mingchu").text(),
                        () -> !mainPid().equals(hung) && isActive());
        System.out.printf("event=recovered after=%s%n", took);
        var kept = kitchen.kept();
        Eventually.within(SOON, "it keeps readings", () -> kitchen.kept() > kept);
        assertThat(debian.sh("systemctl show -p NRestarts --value mingchu")).isEqualTo("1");
        assertRecorded("restarted", "hung", "watchdog");
    }

    /** Both probes hang on one bus: a pipe that nobody writes to never ends a read. */
    @Test
    void a_bus_on_which_every_read_hangs_is_worth_one_start_and_then_an_alarm() throws IOException {
        install();
        startInTheKitchen();
        var hung = mainPid();
        hang(1);
        hang(2);
        var took =
                Eventually.within(
                        RECOVERED_WITHIN,
                        "another one watches",
                        () -> debian.run("systemctl", "status", "mingchu").text(),
                        () -> !mainPid().equals(hung) && isActive());
        System.out.printf("event=recovered from=bus after=%s%n", took);
        assertRecorded("restarted", "hung", "every sensor has been held in a read");

        // It hangs on: no use in starting again and again, so people are told.
        var second = mainPid();
        Eventually.within(
                SOON,
                "the silent probes are an alarm at the platform",
                () -> platform().view(),
                () ->
                        platform().alarms().stream()
                                .anyMatch(alarm -> alarm.toString().contains("sensor-silent")));
        assertThat(mainPid()).isEqualTo(second);

        kitchen.temperature(1, -18_000);
        kitchen.temperature(2, -18_000);
        release(1);
        release(2);
        Eventually.within(
                SOON,
                "the probes speak again, without another start",
                () -> kitchen.tryGet("/api/state"),
                () -> kitchen.tryGet("/api/state").contains("\"milli\":-18000"));
        assertThat(mainPid()).isEqualTo(second);
        assertThat(platform().violations()).isEmpty();
    }

    /** With little heap a flood at the page's port ends it; with what it has it does not. */
    @Test
    void a_program_without_memory_is_started_again_and_the_record_says_so() throws IOException {
        install();
        startInTheKitchen();
        var pid = mainPid();
        flood(1_000);
        var kept = kitchen.kept();
        Eventually.within(SOON, "it goes on", () -> mainPid(), () -> kitchen.kept() > kept + 1);
        assertThat(mainPid()).isEqualTo(pid);

        debian.sh(
                "echo MINGCHU_JAVA_OPTS='-Xms%1$dm -Xmx%1$dm -Xmn4m' >>/etc/default/mingchu"
                                .formatted(HEAP_MB)
                        + " && systemctl restart mingchu");
        Eventually.within(
                SOON, "it watches in little", () -> mainPid(), () -> kitchen.kept() > kept);
        var little = mainPid();
        debian.sh("sed -i /MINGCHU_JAVA_OPTS/d /etc/default/mingchu");
        flood(400);
        var took =
                Eventually.within(
                        RECOVERED_WITHIN,
                        "another one watches",
                        () -> debian.sh("journalctl -u mingchu -n 30 --no-pager"),
                        () -> !mainPid().equals(little) && isActive() && kitchen.kept() > kept);
        System.out.printf("event=recovered from=memory after=%s%n", took);
        assertRecorded("restarted", "memory", "exit-code exited 3");
    }

    /** So many requests at once that are begun and not ended. */
    private void flood(int many) {
        var begun =
                ("POST /api/act HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 65000\r\n\r\n"
                                + "x".repeat(60_000))
                        .getBytes(US_ASCII);
        var page = new InetSocketAddress(InetAddress.getLoopbackAddress(), kitchen.port());
        var open = new ArrayList<Socket>();
        try {
            for (var i = 0; i < many; i++) {
                var socket = new Socket();
                open.add(socket);
                socket.connect(page, 5_000);
                socket.getOutputStream().write(begun);
            }
        } catch (IOException _) {
            // It takes no more, or is there no more.
        } finally {
            for (var socket : open) {
                try {
                    socket.close();
                } catch (IOException _) {
                    // The other end was sooner.
                }
            }
        }
    }

    /** Connections are taken by the kernel, and nobody ever answers. */
    @Test
    void a_broker_that_stands_still_is_left_and_the_alarm_arrives_after_it() {
        install();
        startInTheKitchen();
        debian.sh("true");
        Program.run(List.of("kill", "-STOP", "" + broker.pid()));
        var pid = mainPid();
        kitchen.temperature(1, -5_000);
        try {
            Eventually.within(
                    RECOVERED_WITHIN,
                    "the page says that the platform is not there",
                    () -> kitchen.tryGet("/api/state"),
                    () ->
                            kitchen.tryGet("/api/state")
                                    .contains("the broker sends no PUBACK in time"));
        } finally {
            Program.run(List.of("kill", "-CONT", "" + broker.pid()));
        }
        var took =
                Eventually.within(
                        RECOVERED_WITHIN,
                        "the alarm is at the platform",
                        () -> platform().view(),
                        () -> !platform().alarms().isEmpty());
        System.out.printf("event=recovered from=broker after=%s%n", took);
        assertThat(mainPid()).isEqualTo(pid);
        Eventually.within(
                SOON, "the platform has an unbroken record", () -> platform().chainUnbroken());
        assertThat(platform().violations()).isEmpty();
    }

    @Test
    void without_mains_and_with_an_empty_battery_it_says_goodbye_and_the_board_goes_off()
            throws IOException {
        install();
        debian.sh(
                """
                mkdir -p /etc/systemd/system/mingchu-poweroff.path.d
                cat > /etc/systemd/system/mingchu-poweroff.path.d/kitchen.conf <<'END'
                [Path]
                PathExists=
                PathExists=/srv/kitchen/root/run/mingchu/poweroff
                END
                mkdir -p /etc/systemd/system/mingchu-poweroff.service.d
                cat > /etc/systemd/system/mingchu-poweroff.service.d/kitchen.conf <<'END'
                [Service]
                Environment=MINGCHU_RUN=/srv/kitchen/root/run/mingchu
                END
                mkdir -p /srv/kitchen/root/run/mingchu
                chmod -R a+rwX /srv/kitchen/root/run
                """);
        startInTheKitchen();
        debian.sh("systemctl restart mingchu-poweroff.path");
        battery(12, "Discharging");
        Eventually.within(
                SOON,
                "the page says that it is on its battery",
                () -> kitchen.tryGet("/api/state"),
                () -> kitchen.tryGet("/api/state").contains("\"stage\":\"drawn\""));
        var took =
                Eventually.within(
                        Duration.ofMinutes(3),
                        "the board is off",
                        () -> platform().view(),
                        () -> !debian.isOn());
        System.out.printf("event=off after=%s%n", took);
        assertThat(recorded("\"event\":\"stopping\",\"cause\":\"battery\"")).isTrue();
        assertThat(platform().retained(platform().gateways().getFirst()).toString())
                .contains("offline", "battery at 12 %");
        assertThat(platform().violations()).isEmpty();
    }

    @Test
    void with_a_broken_java_the_lamp_is_amber_and_it_chirps_until_it_is_mended()
            throws IOException {
        install();
        startInTheKitchen();
        debian.sh("mv /usr/lib/jvm /usr/lib/jvm.broken");
        debian.sh("kill -KILL " + mainPid());
        var took =
                Eventually.within(
                        CHIRPS_WITHIN,
                        "it is amber and has chirped",
                        () ->
                                debian.run("systemctl", "status", "mingchu", "mingchu-lamps")
                                        + debian.sh(
                                                "ls -la /run/mingchu /srv/kitchen/root/sys/class/gpio; journalctl -n 40 --no-pager"),
                        () ->
                                pin(24).equals("1")
                                        && debian.run("test", "-s", "/run/mingchu/chirped").code()
                                                == 0);
        System.out.printf("event=chirped after=%s%n", took);
        assertThat(debian.run("systemctl", "is-failed", "mingchu").text()).isEqualTo("failed");

        debian.sh("mv /usr/lib/jvm.broken /usr/lib/jvm");
        debian.sh("systemctl reset-failed mingchu && systemctl start mingchu");
        assertThat(debian.run("systemctl", "is-active", "mingchu-lamps").text())
                .isEqualTo("inactive");
        Eventually.within(
                SOON, "the lamp is the gateway's again", () -> pin(24), () -> pin(24).equals("0"));
        assertRecorded("restarted", "killed", "starts failed");
    }

    /** The platform has it, and its record has no hole. */
    private void assertRecorded(String event, String cause, String detail) {
        Eventually.within(
                SOON,
                "the reason is at the platform",
                () -> runs().toString(),
                () ->
                        runs().stream()
                                .anyMatch(text ->
                                        text.contains("\"event\":\"" + event + "\"")
                                                && text.contains("\"cause\":\"" + cause + "\"")
                                                && text.contains(detail)));
        System.out.println("event=recorded " + runs().getLast());
        Eventually.within(
                SOON, "the platform has an unbroken record", () -> platform().chainUnbroken());
        assertThat(platform().violations()).isEmpty();
    }

    private boolean recorded(String words) {
        return runs().stream().anyMatch(text -> text.contains(words));
    }

    private List<String> runs() {
        return platform().entries(Lane.ALARM).stream()
                .map(SeenEntry::text)
                .filter(text -> text.contains("\"kind\":\"run\""))
                .toList();
    }

    private Path slave(int freezer) {
        return kitchen.root().resolve("sys/bus/w1/devices/" + Kitchen.rom(freezer) + "/w1_slave");
    }

    private Path pipe(int freezer) {
        return shared.resolve("pipe-" + freezer);
    }

    private void hang(int freezer) throws IOException {
        assertThat(Program.run(List.of("mkfifo", "-m", "666", pipe(freezer).toString())).code())
                .isZero();
        // Moved there in one step; the other end of it stays at hand.
        var twin = shared.resolve("twin-" + freezer);
        Files.createLink(twin, pipe(freezer));
        Files.move(twin, slave(freezer), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Whoever waits in the pipe reads its end. */
    private void release(int freezer) throws IOException {
        try (var end = Files.newOutputStream(pipe(freezer), StandardOpenOption.WRITE)) {
            end.flush();
        }
    }

    private void battery(int percent, String status) throws IOException {
        var folder =
                Files.createDirectories(kitchen.root().resolve("sys/class/power_supply/battery"));
        Files.writeString(folder.resolve("capacity"), percent + "\n");
        Files.writeString(folder.resolve("status"), status + "\n");
    }

    private Supervisor platform() {
        return supervisor.supervisor();
    }

    private void install() {
        var installed = debian.run("dpkg", "-i", Debian.SHARED + "/mingchu.deb");
        assertThat(installed.code()).as(installed.text()).isZero();
    }

    /** Points the unit at the simulated kitchen, and waits until its readings arrive. */
    private void startInTheKitchen() {
        debian.sh(
                """
                mkdir -p /etc/systemd/system/mingchu.service.d /etc/systemd/system/mingchu-lamps.service.d
                cat > /etc/systemd/system/mingchu.service.d/kitchen.conf <<'END'
                [Unit]
                ConditionPathExists=
                [Service]
                ExecStart=
                ExecStart=/usr/bin/mingchu run --site /srv/kitchen/site.toml --state /var/lib/mingchu --root /srv/kitchen/root
                Environment=MINGCHU_ROOT=/srv/kitchen/root
                ReadWritePaths=/srv/kitchen
                END
                cat > /etc/systemd/system/mingchu-lamps.service.d/kitchen.conf <<'END'
                [Service]
                Environment=MINGCHU_ROOT=/srv/kitchen/root
                ReadWritePaths=/srv/kitchen
                END
                systemctl daemon-reload
                systemctl start mingchu
                """);
        assertThat(isActive()).isTrue();
        Eventually.within(
                SOON,
                "readings are at the platform",
                () -> debian.run("systemctl", "status", "mingchu").text(),
                () -> platform().received(3));
    }

    private boolean isActive() {
        return debian.run("systemctl", "is-active", "mingchu").text().equals("active");
    }

    private String mainPid() {
        return debian.sh("systemctl show -p MainPID --value mingchu");
    }

    private String pin(int bcm) {
        try {
            return Files.readString(kitchen.root().resolve("sys/class/gpio/gpio" + bcm + "/value"))
                    .strip();
        } catch (IOException e) {
            return e.toString();
        }
    }
}
