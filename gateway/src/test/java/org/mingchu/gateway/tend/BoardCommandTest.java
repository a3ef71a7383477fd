package org.mingchu.gateway.tend;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mingchu.config.Checked;
import org.mingchu.config.PlanReader;
import org.mingchu.config.Secrets;
import org.mingchu.config.SecretsReader;
import org.mingchu.gateway.shipped.Peers;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** A technician with a board, a simulated one: what is asked of it, and is it there? */
class BoardCommandTest {
    private static final Path ETC = Path.of("src/main/etc");
    private static final String MINI = ETC.resolve("samples/mini.toml").toString();
    private static final String BLOB = "AAAAC3NzaC1lZDI1NTE5AAAAI" + "A".repeat(43);
    private static final String WIFI =
            """

            [network.wifi]
            ssid        = "厨房"
            country     = "CN"
            credentials = "kitchen-wifi"
            """;
    private static final String STOCK = "# mine\n[pi4]\narm_boost=1\n";

    @TempDir Path root;

    private StringWriter out = new StringWriter();
    private StringWriter err = new StringWriter();

    @BeforeEach
    void a_fresh_board() throws IOException {
        put("boot/firmware/config.txt", STOCK);
    }

    @Test
    void what_is_planned_is_shown_and_not_written() throws IOException {
        assertThat(type("board", "plan", "--site", MINI, "--root", root.toString()))
                .isEqualTo(ExitCode.CHECK_FAILED);
        assertThat(out.toString())
                .contains("+++ " + config(), "@@ -1,3 +1,13 @@", "+dtoverlay=w1-gpio,gpiopin=4");
        assertThat(err.toString()).contains("not written");
        assertThat(config()).hasContent(STOCK);
    }

    @Test
    void what_is_applied_is_written_once_and_asks_for_a_reboot() throws IOException {
        assertThat(apply()).isEqualTo(ExitCode.OK);
        assertThat(out.toString())
                .contains("written: " + config(), "next boot: sudo reboot", "board verify");
        assertThat(Files.readString(config())).startsWith(STOCK).contains("watchdog=on");
        assertThat(config().resolveSibling("config.txt.mingchu-old")).hasContent(STOCK);

        assertThat(apply()).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).isEqualToIgnoringNewLines("nothing to change");
        assertThat(type("board", "plan", "--site", MINI, "--root", root.toString()))
                .isEqualTo(ExitCode.OK);
    }

    @Test
    void a_line_of_ones_own_that_stands_against_it_stops_it() throws IOException {
        apply();
        var before = Files.readString(config()) + "dtparam=watchdog=off\n";
        Files.writeString(config(), before);

        assertThat(apply()).isEqualTo(ExitCode.CONFIGURATION_INVALID);
        assertThat(err.toString())
                .contains(config() + ":14:1: dtparam: found \"watchdog=off\"", "delete it")
                .contains("nothing written");
        assertThat(config()).hasContent(before);
    }

    @Test
    void the_readme_shows_what_is_printed() throws IOException {
        var readme = Files.readString(Path.of("../README.md"));
        var stock = Path.of("../firmware-config/src/test/resources/board/config.txt");
        var site = ETC.resolve("samples/dining-hall.toml").toString();
        put("boot/firmware/config.txt", Files.readString(stock));

        type("board", "plan", "--site", site, "--root", root.toString());
        assertThat(readme).contains(out.toString().replace(root.toString(), ""));

        type("board", "apply", "--site", site, "--root", root.toString());
        Files.writeString(config(), Files.readString(config()) + "dtparam=i2c_arm=off\n");
        type("board", "apply", "--site", site, "--root", root.toString());
        assertThat(readme).contains(err.toString().replace(root.toString(), ""));
    }

    @Test
    void after_the_boot_the_kernel_is_asked() throws IOException {
        put("dev/watchdog0", "");
        put("dev/gpiochip0", "");
        put("sys/bus/w1/devices/w1_bus_master1/name", "");
        put("sys/bus/w1/devices/28-01203a6f5c11/w1_slave", "");

        assertThat(type("board", "verify", "--site", MINI, "--root", root.toString()))
                .isEqualTo(ExitCode.CHECK_FAILED);
        assertThat(out.toString())
                .contains("ok        watchdog: ", "missing   probe samples-1-air: ", "1 missing")
                .contains("not seen  red on GPIO 23", "sudo mingchu board verify");

        put("sys/bus/w1/devices/28-01203a6f6d4e/w1_slave", "");
        assertThat(type("board", "verify", "--site", MINI, "--root", root.toString()))
                .isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("all is there");
    }

    /** By the diff a passphrase would get into scrollback, tickets and mails. */
    @Test
    void the_ways_out_of_the_kitchen_are_planned_and_written_and_their_secrets_not_shown()
            throws IOException {
        var site =
                put(
                        "site.toml",
                        Files.readString(Path.of(MINI))
                                + """

                                [network.ethernet]
                                [network.wifi]
                                ssid        = "kitchen"
                                country     = "CN"
                                credentials = "kitchen-wifi"
                                """);
        put("boot/firmware/cmdline.txt", "console=tty1 rootwait\n");
        put("etc/NetworkManager/NetworkManager.conf", "");
        var words = List.of("--site", site.toString(), "--root", root.toString());
        var board = List.of("board", "plan");

        assertThat(type(and(board, words.toArray(String[]::new))))
                .as("no secret")
                .isEqualTo(ExitCode.CONFIGURATION_INVALID);
        assertThat(err.toString()).contains("[kitchen-wifi] with passphrase in secrets.toml");

        var secrets = put("secrets.toml", "[kitchen-wifi]\npassphrase = \"correct horse\"\n");
        Files.setPosixFilePermissions(secrets, PosixFilePermissions.fromString("rw-------"));
        assertThat(type(and(board, words.toArray(String[]::new)))).isEqualTo(ExitCode.CHECK_FAILED);
        assertThat(out.toString())
                .contains("+psk=****", "+console=tty1 rootwait cfg80211.ieee80211_regdom=CN");
        assertThat(type(and(List.of("board", "apply", "--json"), words.toArray(String[]::new))))
                .isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("psk=****").doesNotContain("correct");
        assertThat(root.resolve("etc/NetworkManager/system-connections/mingchu-wifi.nmconnection"))
                .content()
                .contains("psk=correct horse");

        assertThat(type(and(List.of("board", "verify"), words.toArray(String[]::new))))
                .isEqualTo(ExitCode.CHECK_FAILED);
        assertThat(out.toString())
                .contains("ok        Wi-Fi: profile", "missing   Wi-Fi: rules of CN");
    }

    @Test
    void machines_read_json() throws IOException {
        assertThat(type("board", "plan", "--json", "--site", MINI, "--root", root.toString()))
                .isEqualTo(ExitCode.CHECK_FAILED);
        var plan = json();
        assertThat(plan.get("schema").asString()).isEqualTo("kfs/board-plan/1");
        assertThat(plan.get("changes").get(0).get("file").asString())
                .isEqualTo(config().toString());

        type("board", "apply", "--json", "--site", MINI, "--root", root.toString());
        assertThat(json().get("reboot").asBoolean()).isTrue();

        assertThat(type("board", "verify", "--json", "--site", MINI, "--root", root.toString()))
                .isEqualTo(ExitCode.CHECK_FAILED);
        assertThat(json().get("good").asBoolean()).isFalse();
        assertThat(json().get("findings").get(0).get("state").asString()).isEqualTo("missing");

        Files.writeString(config(), "include more.txt\n");
        type("board", "plan", "--json", "--site", MINI, "--root", root.toString());
        assertThat(json().get("problems").get(0).get("severity").asString()).isEqualTo("warning");

        Files.writeString(config(), "# <<< mingchu board\n");
        assertThat(type("board", "apply", "--json", "--site", MINI, "--root", root.toString()))
                .isEqualTo(ExitCode.CONFIGURATION_INVALID);
        assertThat(json().get("problems").get(0).get("line").asInt()).isEqualTo(1);
    }

    @Test
    void a_machine_that_is_no_board_is_told_so() throws IOException {
        Files.delete(config());

        assertThat(apply()).isEqualTo(ExitCode.DEVICE_UNREACHABLE);
        assertThat(err.toString()).contains("no file " + config(), "is this a Raspberry Pi");
        assertThat(type("board", "verify", "--site", MINI, "--root", "/no/such"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(type("board", "apply", "--site", "/no/site.toml"))
                .isEqualTo(ExitCode.CONFIGURATION_INVALID);
        assertThat(type("board")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("plan, apply, verify, user-data or network-config");
    }

    @ParameterizedTest
    @CsvSource({"'',接线图", "en,Wiring"})
    void the_wiring_is_drawn_without_a_board(String language, String title) throws IOException {
        var file = root.resolve("wiring.svg");
        var words = List.of("board", "plan", "--site", MINI, "--svg", file.toString());

        assertThat(type(language.isEmpty() ? words : and(words, "--language", language)))
                .isEqualTo(ExitCode.OK);
        assertThat(file).content().startsWith("<svg ").contains(title);
        assertThat(type(and(words, "--language", "fr"))).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void a_fresh_card_becomes_a_gateway_that_no_password_opens() throws IOException {
        var site = Files.readString(Path.of(MINI)).replace("\"en\"", "\"zh-CN\"");
        var data = userData(site);

        assertThat(data.get("hostname").asString()).isEqualTo("xlgl-duolun-0107-gw-1");
        assertThat(data.get("timezone").asString()).isEqualTo("Asia/Shanghai");
        assertThat(data.get("ssh_pwauth").asBoolean()).isFalse();
        assertThat(data.get("disable_root").asBoolean()).isTrue();
        assertThat(data.get("ntp").get("ntp_client").asString()).isEqualTo("systemd-timesyncd");
        assertThat(data.get("users")).hasSize(1);
        var user = data.get("users").get(0);
        assertThat(user.get("lock_passwd").asBoolean()).isTrue();
        assertThat(user.get("ssh_authorized_keys").get(0).asString())
                .isEqualTo("ssh-ed25519 " + BLOB);
        assertThat(out.toString().lines().filter(line -> line.matches(".*(passwd|password):.*")))
                .containsExactly("    lock_passwd: true");
        assertThat(data.get("power_state").get("mode").asString()).isEqualTo("reboot");
        assertThat(data.get("power_state").get("condition").get(2).asString())
                .isEqualTo("/run/mingchu-first-boot.done");
        assertThat(out.toString()).startsWith("#cloud-config\n");
    }

    @Test
    void a_long_name_of_a_kitchen_is_cut_to_what_a_host_may_be_called() throws IOException {
        var site =
                Files.readString(Path.of(MINI))
                        .replace("\"xlgl-duolun-0107\"", "\"" + "a".repeat(40) + "\"")
                        .replace("\"gw-1\"", "\"" + "b".repeat(40) + "\"");

        assertThat(userData(site).get("hostname").asString())
                .isEqualTo("a".repeat(22) + "-" + "b".repeat(40));
    }

    /** The script itself, with stand-ins for what it calls. */
    @ParameterizedTest
    @ValueSource(strings = {"0", "1"})
    void the_first_boot_does_its_steps_in_order_and_asks_for_one_reboot(String check)
            throws IOException, InterruptedException {
        var data = userData(Files.readString(Path.of(MINI)));
        var script = data.get("write_files").get(0);
        assertThat(data.get("runcmd").get(0).get(0).asString())
                .isEqualTo(script.get("path").asString());
        var bin = Files.createDirectories(root.resolve("bin"));
        for (var word : List.of("apt-get", "install", "mingchu")) {
            var stub = bin.resolve(word);
            Files.writeString(
                    stub,
                    "#!/bin/sh\necho \""
                            + word
                            + " $*\" >>\""
                            + root
                            + "/log\"\n"
                            + (word.equals("mingchu") ? "exit " + check + "\n" : ""));
            assertThat(stub.toFile().setExecutable(true)).isTrue();
        }
        put("boot/firmware/mingchu/secrets.toml", "");
        put("boot/firmware/mingchu/mingchu_1.2.3_all.deb", "");
        put("boot/firmware/mingchu/site.toml", "");
        Files.createDirectories(root.resolve("run"));
        var file =
                Files.writeString(
                        root.resolve("first-boot"),
                        script.get("content")
                                .asString()
                                .replace("/boot/firmware", root + "/boot/firmware")
                                .replace("/run/", root + "/run/"));
        var shell = new ProcessBuilder("sh", file.toString());
        shell.environment().put("PATH", bin + ":" + System.getenv("PATH"));
        var ended = shell.start().waitFor();

        var done = root.resolve("run/mingchu-first-boot.done");
        assertThat(root.resolve("boot/firmware/mingchu/secrets.toml")).doesNotExist();
        var log = Files.readString(root.resolve("log"));
        assertThat(log)
                .containsSubsequence(
                        "apt-get install -y "
                                + root
                                + "/boot/firmware/mingchu/mingchu_1.2.3_all.deb",
                        "install -m 0640 -o root -g mingchu",
                        "install -m 0600 -o mingchu -g mingchu",
                        "mingchu config check /etc/mingchu/site.toml");
        if (check.equals("0")) {
            assertThat(ended).isZero();
            assertThat(log).endsWith("mingchu board apply --site /etc/mingchu/site.toml\n");
            assertThat(done).exists();
        } else {
            assertThat(ended).isNotZero();
            assertThat(done).as("no reboot into a board that is not set up").doesNotExist();
        }
    }

    @ParameterizedTest
    @CsvSource({"mingchu_1.2.3_all.deb", "site.toml"})
    void a_first_boot_names_what_is_missing_on_the_card_and_keeps_what_was_mended(String missing)
            throws Exception {
        var bin = Files.createDirectories(root.resolve("bin"));
        for (var word : List.of("apt-get", "install", "mingchu")) {
            var stub =
                    Files.writeString(
                            bin.resolve(word), "#!/bin/sh\necho " + word + " >>" + root + "/log\n");
            assertThat(stub.toFile().setExecutable(true)).isTrue();
        }
        Files.createDirectories(root.resolve("run"));
        for (var file : List.of("mingchu_1.2.3_all.deb", "site.toml")) {
            if (!file.equals(missing)) {
                put("boot/firmware/mingchu/" + file, "");
            }
        }
        var script =
                userData(Files.readString(Path.of(MINI)))
                        .get("write_files")
                        .get(0)
                        .get("content")
                        .asString()
                        .replaceAll("(/boot/firmware|/run/|/etc/)", root + "$1");
        var shell =
                new ProcessBuilder(
                                "sh",
                                Files.writeString(root.resolve("first-boot"), script).toString())
                        .redirectErrorStream(true);
        shell.environment().put("PATH", bin + ":" + System.getenv("PATH"));

        var first = shell.start();
        var said = new String(first.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(first.waitFor()).isEqualTo(1);
        assertThat(said).contains("mingchu/" + missing + " is missing; put it there");
        assertThat(root.resolve("log")).doesNotExist();

        // `site use` has put a good one in its place meanwhile: that of the card is not needed.
        put("etc/mingchu/site.toml", "");
        put("boot/firmware/mingchu/mingchu_1.2.3_all.deb", "");
        assertThat(shell.start().waitFor()).isZero();
        assertThat(Files.readString(root.resolve("log"))).doesNotContain("install\n");
    }

    /** What it prints may stand in scrollback, tickets and mails. */
    @Test
    void the_way_of_a_first_boot_without_a_cable_is_written_for_its_owner_alone()
            throws IOException {
        var site = put("site.toml", Files.readString(Path.of(MINI)) + WIFI);
        var file = root.resolve("network-config");
        var words =
                List.of(
                        "board",
                        "network-config",
                        "--site",
                        site.toString(),
                        "--out",
                        file.toString());

        assertThat(type(words)).isEqualTo(ExitCode.CONFIGURATION_INVALID);
        assertThat(err.toString()).contains("[kitchen-wifi] with passphrase in secrets.toml");
        assertThat(file).doesNotExist();

        var secrets = put("secrets.toml", "[kitchen-wifi]\npassphrase = \"correct horse\"\n");
        Files.setPosixFilePermissions(secrets, PosixFilePermissions.fromString("rw-------"));
        put("network-config", "# that of the image\n");
        assertThat(type(words)).as(err.toString()).isEqualTo(ExitCode.OK);

        assertThat(out.toString() + err).contains("written: " + file).doesNotContain("correct");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        var network = new YAMLMapper().readTree(Files.readString(file)).get("network");
        var radio = network.get("wifis").get("wlan0");
        assertThat(network.get("version").asInt()).isEqualTo(2);
        assertThat(radio.get("regulatory-domain").asString()).isEqualTo("CN");
        assertThat(radio.get("optional").asBoolean()).as("packages come by it").isFalse();
        assertThat(radio.get("access-points").get("厨房").get("password").asString())
                .isEqualTo("correct horse");

        assertThat(type("board", "network-config", "--site", MINI, "--out", file.toString()))
                .isEqualTo(ExitCode.CONFIGURATION_INVALID);
        assertThat(err.toString()).contains("no [network.wifi]");
    }

    @Test
    void with_a_radio_it_is_turned_on_before_packages_are_wanted() throws IOException {
        var without = userData(Files.readString(Path.of(MINI)));
        assertThat(without.has("bootcmd")).isFalse();

        var once = userData(Files.readString(Path.of(MINI)) + WIFI).get("bootcmd").get(0);

        assertThat(once.get(0).asString()).isEqualTo("cloud-init-per");
        assertThat(once.get(5).asString())
                .containsSubsequence("rfkill unblock wifi", "nmcli radio wifi on", "nm-online");
    }

    /** One profile for one network, and no passphrase where whoever takes the card out reads it. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void the_first_way_goes_when_the_board_has_its_own(boolean own) throws Exception {
        var script =
                userData(Files.readString(Path.of(MINI)) + WIFI)
                        .get("write_files")
                        .get(0)
                        .get("content")
                        .asString();
        var bin = Files.createDirectories(root.resolve("bin"));
        for (var word : List.of("apt-get", "install", "mingchu")) {
            var stub = Files.writeString(bin.resolve(word), "#!/bin/sh\n");
            assertThat(stub.toFile().setExecutable(true)).isTrue();
        }
        Files.createDirectories(root.resolve("run"));
        Files.createDirectories(root.resolve("etc/cloud/cloud.cfg.d"));
        put("boot/firmware/mingchu/mingchu_1.2.3_all.deb", "");
        put("boot/firmware/mingchu/site.toml", "");
        var first = put("boot/firmware/network-config", "network: {}\n");
        var netplan = put("etc/netplan/50-cloud-init.yaml", "network: {}\n");
        if (own) {
            put("etc/NetworkManager/system-connections/mingchu-wifi.nmconnection", "");
        }
        var file =
                Files.writeString(
                        root.resolve("first-boot"),
                        script.replaceAll("(/boot/firmware|/run/|/etc/)", root + "$1"));
        var shell = new ProcessBuilder("sh", file.toString());
        shell.environment().put("PATH", bin + ":" + System.getenv("PATH"));

        assertThat(shell.start().waitFor()).isZero();

        var off = root.resolve("etc/cloud/cloud.cfg.d/99-mingchu-network.cfg");
        if (own) {
            assertThat(first).doesNotExist();
            assertThat(netplan).doesNotExist();
            assertThat(off).hasContent("network: {config: disabled}");
        } else {
            assertThat(first).exists();
            assertThat(netplan).exists();
            assertThat(off).doesNotExist();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-----BEGIN OPENSSH PRIVATE KEY----- | private key, which stays where it is",
                "hello | ssh-keygen -t ed25519",
                "ssh-ed25519 AAAA\" | ssh-keygen -t ed25519",
                "'' | no key"
            })
    void what_is_no_public_key_is_refused(String line, String why) throws IOException {
        var key = put("key.pub", line + "\n");

        assertThat(type("board", "user-data", "--site", MINI, "--key", key.toString()))
                .isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("--key " + key, why);
        assertThat(out.toString()).isEmpty();
    }

    /** By its own schema; it lies beside the system, because installed it would act on it. */
    @Test
    void cloud_init_itself_finds_nothing_wrong() throws IOException, InterruptedException {
        userData(Files.readString(Path.of(MINI)) + WIFI);
        var good = put("user-data", out.toString());
        var bad = put("bad", out.toString().replace("ssh_pwauth: false", "ssh_pwauth: 7"));

        assertThat(cloudInit(good)).isEqualTo("0");
        assertThat(cloudInit(bad)).startsWith("1").contains("ssh_pwauth: 7");
    }

    /** Its schema knows no Wi-Fi; what it would write for netplan is what we wrote. */
    @Test
    void cloud_init_hands_the_network_over_as_it_is() throws IOException, InterruptedException {
        var site = put("site.toml", Files.readString(Path.of(MINI)) + WIFI);
        var secrets = put("secrets.toml", "[kitchen-wifi]\npassphrase = \"a \\\\ b: #c\"\n");
        Files.setPosixFilePermissions(secrets, PosixFilePermissions.fromString("rw-------"));
        var file = root.resolve("network-config");
        assertThat(
                        type(
                                "board",
                                "network-config",
                                "--site",
                                site.toString(),
                                "--out",
                                file.toString()))
                .as(err.toString())
                .isEqualTo(ExitCode.OK);

        var converted =
                cloudInit(
                        "devel",
                        "net-convert",
                        "--network-data",
                        file.toString(),
                        "--kind",
                        "yaml",
                        "--directory",
                        root.resolve("converted").toString(),
                        "--distro",
                        "debian",
                        "--output-kind",
                        "netplan");

        assertThat(converted).isEqualTo("0");
        var yaml = new YAMLMapper();
        var written = yaml.readTree(Files.readString(file));
        assertThat(written.at("/network/wifis/wlan0/access-points/厨房/password").asString())
                .isEqualTo("a \\ b: #c");
        assertThat(
                        yaml.readTree(
                                Files.readString(
                                        root.resolve("converted/etc/netplan/50-cloud-init.yaml"))))
                .isEqualTo(written);
    }

    private static String cloudInit(Path file) throws IOException, InterruptedException {
        return cloudInit("schema", "--config-file", file.toString());
    }

    /** Its exit, and where that is not 0, what it says. */
    private static String cloudInit(String... words) throws IOException, InterruptedException {
        var home = Path.of("/opt/cloud-init/usr");
        Peers.needs(
                Files.exists(home.resolve("bin/cloud-init")),
                "cloud-init is not below /opt/cloud-init; .ci/peers puts it there");
        var command =
                new ArrayList<>(List.of("python3", home.resolve("bin/cloud-init").toString()));
        command.addAll(List.of(words));
        var check = new ProcessBuilder(command);
        check.environment().put("PYTHONPATH", home.resolve("lib/python3/dist-packages").toString());
        var running = check.redirectErrorStream(true).start();
        var said = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        var exit = running.waitFor();
        return exit == 0 ? "0" : exit + said;
    }

    private JsonNode userData(String site) throws IOException {
        var file = put("site.toml", site);
        var key = put("key.pub", "ssh-ed25519 " + BLOB + " 王师傅's \"laptop\"\n");
        assertThat(type("board", "user-data", "--site", file.toString(), "--key", key.toString()))
                .as(err.toString())
                .isEqualTo(ExitCode.OK);
        return new YAMLMapper().readTree(out.toString());
    }

    private JsonNode json() {
        return new JsonMapper().readTree(out.toString());
    }

    private int apply() {
        return type("board", "apply", "--site", MINI, "--root", root.toString());
    }

    private Path config() {
        return root.resolve("boot/firmware/config.txt");
    }

    private Path put(String name, String text) throws IOException {
        var file = root.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private static List<String> and(List<String> words, String... more) {
        return Stream.concat(words.stream(), Arrays.stream(more)).toList();
    }

    private int type(List<String> words) {
        return type(words.toArray(String[]::new));
    }

    private int type(String... words) {
        out = new StringWriter();
        err = new StringWriter();
        return Line.execute(verbs(), new PrintWriter(out, true), new PrintWriter(err, true), words);
    }

    private static Secrets beside(Path site) {
        var file = site.resolveSibling("secrets.toml");
        return Files.exists(file)
                        && SecretsReader.read(file) instanceof Checked.Good<Secrets>(var good, _)
                ? good
                : Secrets.NONE;
    }

    /** A command of the board asks the house for three things only; any other fails the test. */
    private static Verbs verbs() {
        return (Verbs)
                Proxy.newProxyInstance(
                        Verbs.class.getClassLoader(),
                        new Class<?>[] {Verbs.class},
                        (_, method, words) ->
                                switch (method.getName()) {
                                    case "check" ->
                                            PlanReader.read((Path) words[0], ETC.resolve("rules"));
                                    case "secrets" -> beside((Path) words[0]);
                                    case "version" -> "1.2.3";
                                    default -> throw new AssertionError(method);
                                });
    }
}
