package org.mingchu.config.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mingchu.config.Network;
import org.mingchu.config.Problem;
import org.mingchu.config.Secrets;
import org.mingchu.config.board.BootFiles.Proposal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** From the site file to what NetworkManager reads, and NetworkManager's own reader of it. */
class NetworkFilesTest {
    private static final BoardPlan EVERY_LINK =
            Boards.board(Boards.RESOURCES.resolve("board/every-link.toml"));

    private static final String PASSPHRASE = "  correct\\horse; #battery=";
    private static final Path FOLDER = Path.of(Keyfile.FOLDER);

    /** Where {@code .ci/peers} puts it: installed, it would take over this machine's network. */
    private static final Path PEER = Path.of("/opt/network-manager");

    @TempDir private Path root;

    @BeforeEach
    void a_fresh_raspberry_pi_os() throws IOException {
        Boards.root(root, Boards.stock());
        Boards.put(root, "boot/firmware/cmdline.txt", "console=tty1 rootwait quiet\n");
        Boards.put(
                root,
                "var/lib/NetworkManager/NetworkManager.state",
                "[main]\nWirelessEnabled=false\n");
        Files.createDirectories(root.resolve("etc/NetworkManager"));
    }

    @Test
    void every_way_out_gets_a_profile_that_root_alone_can_read() throws IOException {
        apply(secrets(PASSPHRASE));

        assertThat(files())
                .containsExactly(
                        "mingchu-ethernet.nmconnection",
                        "mingchu-modem.nmconnection",
                        "mingchu-wifi.nmconnection");
        for (var file : files()) {
            assertThat(mode(root.resolve(FOLDER).resolve(file))).isEqualTo("rw-------");
        }
        assertThat(Files.readString(root.resolve("boot/firmware/cmdline.txt")))
                .isEqualTo("console=tty1 rootwait quiet cfg80211.ieee80211_regdom=CN\n");
        assertThat(root.resolve("var/lib/NetworkManager/NetworkManager.state"))
                .hasContent("[main]\nWirelessEnabled=true");
    }

    @Test
    void what_is_written_once_needs_no_second_time() {
        apply(secrets(PASSPHRASE));

        assertThat(propose(EVERY_LINK, secrets(PASSPHRASE)))
                .isEqualTo(new Proposal.Possible(List.of(), List.of()));
    }

    @Test
    void the_cable_comes_before_the_radio_and_the_radio_before_the_mobile_network()
            throws IOException {
        apply(secrets(PASSPHRASE));

        assertThat(metric("mingchu-ethernet")).isLessThan(metric("mingchu-wifi")).isPositive();
        assertThat(metric("mingchu-wifi")).isLessThan(metric("mingchu-modem"));
        assertThat(keys("mingchu-modem")).containsEntry("connection.metered", "1");
    }

    @Test
    void what_is_shown_has_no_secret_in_it_but_shows_that_one_changes() {
        var first = diffs(propose(EVERY_LINK, secrets(PASSPHRASE)));
        apply(secrets(PASSPHRASE));
        var second = diffs(propose(EVERY_LINK, secrets("another one")));

        assertThat(first)
                .contains("+psk=****\n", "+password=****\n", "+apn=cmnet")
                .doesNotContain("correct", "battery", "staple");
        assertThat(second)
                .contains("-psk=**** (as it was)\n", "+psk=**** (another one)\n")
                .doesNotContain("another one\n", "correct", "staple");
    }

    @Test
    void a_profile_that_others_can_read_is_closed_again() throws IOException {
        apply(secrets(PASSPHRASE));
        var wifi = root.resolve(FOLDER).resolve("mingchu-wifi.nmconnection");
        Files.setPosixFilePermissions(wifi, PosixFilePermissions.fromString("rw-r--r--"));

        assertThat(diffs(propose(EVERY_LINK, secrets(PASSPHRASE)))).contains("mode 0600");
        apply(secrets(PASSPHRASE));

        assertThat(mode(wifi)).isEqualTo("rw-------");
    }

    @Test
    void a_way_that_the_site_no_longer_names_goes_and_others_stay() throws IOException {
        apply(secrets(PASSPHRASE));
        var own = Boards.put(root, FOLDER + "/office.nmconnection", "[connection]\n");

        Boards.apply(root, Boards.board(Boards.MINI));

        assertThat(files()).containsExactly("office.nmconnection");
        assertThat(own).hasContent("[connection]");
        assertThat(propose(Boards.board(Boards.MINI), Secrets.NONE))
                .isEqualTo(new Proposal.Possible(List.of(), List.of()));
    }

    @Test
    void without_the_secret_nothing_is_written_and_its_entry_is_named() throws IOException {
        assertThat(propose(EVERY_LINK, Secrets.NONE))
                .isInstanceOfSatisfying(
                        Proposal.Refused.class,
                        refused ->
                                assertThat(refused.problems())
                                        .extracting(Problem::text)
                                        .satisfiesExactly(
                                                wifi ->
                                                        assertThat(wifi)
                                                                .contains(
                                                                        "[kitchen-wifi]",
                                                                        "passphrase"),
                                                sim -> assertThat(sim).contains("[sim]", "user")));
        assertThat(root.resolve(FOLDER)).doesNotExist();
    }

    @Test
    void a_password_with_a_line_end_does_not_become_a_line() {
        var login = secret("card", "x\nautoconnect-priority=99", Optional.empty());
        var modem = new Network.Modem("cmnet", Optional.of("sim"), OptionalInt.empty());

        assertThat(Keyfile.of("a", modem, new Secrets(Map.of("sim", login))))
                .isInstanceOf(Keyfile.Made.Lacking.class);
    }

    @Test
    void where_nothing_would_read_it_that_is_said() throws IOException {
        Files.delete(root.resolve("etc/NetworkManager"));

        assertThat(((Proposal.Possible) propose(EVERY_LINK, secrets(PASSPHRASE))).remarks())
                .singleElement()
                .extracting(Problem::text)
                .asString()
                .contains("apt install network-manager");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mingchu-ethernet", "mingchu-wifi", "mingchu-modem"})
    void network_manager_s_own_reader_reads_what_we_meant(String name) throws Exception {
        needsNmcli();
        apply(secrets(PASSPHRASE));

        assertThat(parsed(read(root.resolve(FOLDER).resolve(name + ".nmconnection"))))
                .isEqualTo(keys(name));
    }

    @Test
    void network_manager_s_own_reader_refuses_what_it_would_not_use() throws Exception {
        needsNmcli();
        apply(secrets(PASSPHRASE));
        var modem = root.resolve(FOLDER).resolve("mingchu-modem.nmconnection");
        Files.writeString(modem, Files.readString(modem).replace("apn=cmnet", "apn=cm+net"));

        assertThat(read(modem)).contains("gsm.apn");
    }

    /** Left out where it is not, except where all peers are required. */
    private static void needsNmcli() {
        var there = Files.exists(PEER.resolve("usr/bin/nmcli"));
        if (!there && Boolean.getBoolean("mingchu.peers.required")) {
            fail("nmcli is not below " + PEER + "; .ci/peers puts it there");
        }
        assumeTrue(there, ".ci/peers fetches nmcli");
    }

    /** Reads a profile from its standard input and writes what it has understood. */
    private static String read(Path profile) throws IOException, InterruptedException {
        var nmcli =
                new ProcessBuilder(
                        PEER.resolve("usr/bin/nmcli").toString(),
                        "--offline",
                        "connection",
                        "modify",
                        "connection.autoconnect",
                        "yes");
        try (var folders = Files.newDirectoryStream(PEER.resolve("usr/lib"), "*-linux-gnu*")) {
            nmcli.environment()
                    .put("LD_LIBRARY_PATH", folders.iterator().next().toAbsolutePath().toString());
        }
        var process = nmcli.redirectInput(profile.toFile()).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        return said;
    }

    private Map<String, String> keys(String name) throws IOException {
        return parsed(Files.readString(root.resolve(FOLDER).resolve(name + ".nmconnection")));
    }

    private static Map<String, String> parsed(String keyfile) {
        var keys = new TreeMap<String, String>();
        var group = "";
        for (var line : keyfile.lines().toList()) {
            if (line.startsWith("[")) {
                group = line.substring(1, line.length() - 1);
            } else if (!line.startsWith("#") && line.contains("=")) {
                keys.put(
                        group + "." + line.substring(0, line.indexOf('=')),
                        line.substring(line.indexOf('=') + 1));
            }
        }
        return keys;
    }

    private int metric(String name) throws IOException {
        return Integer.parseInt(keys(name).get("ipv4.route-metric"));
    }

    private List<String> files() throws IOException {
        try (var files = Files.list(root.resolve(FOLDER))) {
            return files.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    private Proposal propose(BoardPlan plan, Secrets secrets) {
        return BootFiles.propose(root, plan, secrets);
    }

    private void apply(Secrets secrets) {
        var proposal = propose(EVERY_LINK, secrets);
        assertThat(proposal).isInstanceOf(Proposal.Possible.class);
        ((Proposal.Possible) proposal).changes().forEach(BootFiles::write);
    }

    private static String diffs(Proposal proposal) {
        return String.join(
                "", ((Proposal.Possible) proposal).changes().stream().map(Change::diff).toList());
    }

    private static Secrets secrets(String passphrase) {
        return new Secrets(
                Map.of(
                        "kitchen-wifi",
                        new Secrets.Secret(
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of(passphrase)),
                        "sim",
                        secret("card", " staple\\", Optional.empty())));
    }

    private static Secrets.Secret secret(String user, String password, Optional<Path> none) {
        return new Secrets.Secret(Optional.of(user), Optional.of(password), none, none, none);
    }
}
