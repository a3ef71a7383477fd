package org.mingchu.gateway.shipped;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The package on a Pi's own system, Debian 13 for arm64 with its Java, by emulation: some 25 times
 * slower than a processor of its own, and without systemd.
 */
final class ArmPackageIT {
    private static final Duration SOON = Duration.ofMinutes(10);

    @TempDir private Path folder;

    @Test
    void on_arm64_it_is_installed_watches_tells_is_upgraded_and_goes() throws IOException {
        Assumptions.assumeTrue(
                Boolean.getBoolean("mingchu.arm64"), "runs with -Ppackage,arm64, some minutes");
        var shared = Files.createDirectories(folder.resolve("kitchen"));
        var system = Files.createDirectories(folder.resolve("system"));
        try (var broker = Mosquitto.plain(Files.createDirectories(folder.resolve("broker")));
                var supervisor = Supervision.at(broker.port());
                var kitchen = new Kitchen(shared, 2, Supervision.platform(broker.port()), "")) {
            Deb.into(shared);
            Deb.another("0.1.1", shared);
            Program.run(List.of("chmod", "-R", "a+rwX", shared.toString()));
            try (var debian = new Debian(Debian.Kind.ARM64, system, shared)) {
                assertThat(debian.sh("uname -m")).isEqualTo("aarch64");
                debian.sh("MINGCHU_TRIAL_S=600 dpkg -i /srv/kitchen/mingchu.deb");
                assertThat(debian.sh("stat -c '%U %a' /var/lib/mingchu")).isEqualTo("mingchu 750");

                var platform = supervisor.supervisor();
                long kept;
                try (var program = run(debian)) {
                    Eventually.within(
                            SOON, "readings arrive", program::lines, () -> platform.received(5));
                    kitchen.temperature(1, -5_000);
                    Eventually.within(
                            SOON,
                            "the alarm arrives",
                            program::lines,
                            () -> !platform.alarms().isEmpty());
                    kept = kitchen.kept();
                    debian.sh("kill -TERM $(cat /run/mingchu.pid)");
                    assertThat(program.exitCode()).isEqualTo(143);
                }
                debian.sh("MINGCHU_TRIAL_S=600 dpkg -i /srv/kitchen/mingchu-0.1.1.deb");
                try (var program = run(debian)) {
                    Eventually.within(
                            SOON, "it goes on", program::lines, () -> kitchen.kept() > kept);
                    debian.sh("kill -TERM $(cat /run/mingchu.pid)");
                    assertThat(program.exitCode()).isEqualTo(143);
                }
                Eventually.within(
                        SOON, "nothing is missing", platform::view, platform::chainUnbroken);
                assertThat(platform.violations()).isEmpty();

                var older = debian.run("dpkg", "-i", "/srv/kitchen/mingchu.deb");
                assertThat(older.code()).isNotZero();
                assertThat(older.text()).contains("0.1.1 is installed and 0.1.0 is older");
                debian.sh("dpkg -r mingchu && test -e /var/lib/mingchu/journal.db");
                debian.sh("dpkg -P mingchu && ! test -e /var/lib/mingchu");
            }
        }
    }

    private static Program run(Debian debian) {
        return debian.start(
                "sh",
                "-c",
                "echo $$ > /run/mingchu.pid; exec setpriv --reuid=mingchu --regid=mingchu"
                        + " --clear-groups mingchu run --site /srv/kitchen/site.toml"
                        + " --state /var/lib/mingchu --root /srv/kitchen/root");
    }
}
