package org.mingchu.gateway.shipped;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mingchu.simulator.platform.MqttSupervisor;
import org.mingchu.simulator.platform.Supervisor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
        kitchen = new Kitchen(shared, 2, Supervision.platform(broker.port()), "");
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

        startInTheKitchen();
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
        Eventually.within(
                SOON, "the platform has an unbroken record", () -> platform().chainUnbroken());
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
