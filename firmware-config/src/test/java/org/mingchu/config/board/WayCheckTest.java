package org.mingchu.config.board;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mingchu.config.board.Finding.State;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Trees shaped as the kernel's own: a board that is on the net in three ways. */
class WayCheckTest {
    private static final BoardPlan EVERY_LINK =
            Boards.board(Boards.RESOURCES.resolve("board/every-link.toml"));
    private static final String PROFILES = Keyfile.FOLDER + "/mingchu-";

    @TempDir private Path root;

    @BeforeEach
    void a_board_that_is_on_the_net() throws IOException {
        for (var port : List.of("lo", "eth0", "wlan0", "wwan0")) {
            Boards.put(root, "sys/class/net/" + port + "/carrier", "1\n");
        }
        for (var port : List.of("eth0", "wlan0", "wwan0")) {
            Boards.put(root, "sys/class/net/" + port + "/device/uevent", "");
        }
        Boards.put(root, "sys/class/net/wlan0/phy80211/name", "phy0\n");
        Boards.put(root, "sys/module/cfg80211/parameters/ieee80211_regdom", "CN\n");
        Boards.put(root, "sys/class/rfkill/rfkill0/type", "bluetooth\n");
        Boards.put(root, "sys/class/rfkill/rfkill0/soft", "1\n");
        Boards.put(root, "sys/class/rfkill/rfkill1/type", "wlan\n");
        Boards.put(root, "sys/class/rfkill/rfkill1/soft", "0\n");
        Boards.put(root, "usr/sbin/ModemManager", "");
        for (var name : List.of("ethernet", "wifi", "modem")) {
            Boards.put(root, PROFILES + name + ".nmconnection", "");
        }
        Boards.put(
                root,
                "proc/net/route",
                """
                Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT
                eth0\t00000000\t0101A8C0\t0003\t0\t0\t100\t00000000\t0\t0\t0
                wlan0\t00000000\t0101A8C0\t0003\t0\t0\t600\t00000000\t0\t0\t0
                wwan0\t00000000\t01010A0A\t0003\t0\t0\t700\t00000000\t0\t0\t0
                eth0\t0001A8C0\t00000000\t0001\t0\t0\t100\t00FFFFFF\t0\t0\t0
                """);
        Boards.put(
                root,
                "proc/net/fib_trie",
                """
                Main:
                  +-- 0.0.0.0/0 3 0 5
                     |-- 0.0.0.0
                        /0 universe UNICAST
                Local:
                     |-- 192.168.1.20
                        /32 host LOCAL
                     |-- 192.168.1.255
                        /32 link BROADCAST
                """);
    }

    @Test
    void a_board_with_every_way_open_is_said_to_have_all() {
        assertThat(ways()).hasSize(14).allMatch(finding -> finding.state() == State.THERE);
    }

    @ParameterizedTest
    @CsvSource({
        "sys/class/net/eth0/carrier, 0, Ethernet: link, cable",
        "sys/class/net/wlan0/carrier, 0, Wi-Fi: link to 饭堂 2楼, passphrase",
        "sys/module/cfg80211/parameters/ieee80211_regdom, 00, Wi-Fi: rules of CN, board apply",
        "sys/class/rfkill/rfkill1/soft, 1, Wi-Fi: radio switched on, nmcli radio wifi on",
        "proc/net/fib_trie, |-- 192.168.1.21, Ethernet: address 192.168.1.20, connection up"
    })
    void what_is_otherwise_is_named_with_its_remedy(
            String file, String text, String what, String remedy) throws IOException {
        Boards.put(root, file, text + "\n");

        assertThat(missing())
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.what()).isEqualTo(what);
                    assertThat(finding.remedy()).contains(remedy);
                });
    }

    @ParameterizedTest
    @CsvSource({
        "eth0, Ethernet: way out",
        "wlan0, Wi-Fi: way out",
        "wwan0, mobile network: way out"
    })
    void a_way_without_a_route_leads_nowhere(String port, String what) throws IOException {
        var routes = root.resolve("proc/net/route");
        Files.writeString(routes, Files.readString(routes).replace(port + "\t0000", "x\t0000"));

        assertThat(missing()).extracting(Finding::what).containsExactly(what);
    }

    @ParameterizedTest
    @CsvSource({
        "usr/sbin/ModemManager, mobile network: program",
        "etc/NetworkManager/system-connections/mingchu-wifi.nmconnection, Wi-Fi: profile"
    })
    void what_is_not_installed_is_missing(String file, String what) throws IOException {
        Files.delete(root.resolve(file));

        assertThat(missing()).extracting(Finding::what).containsExactly(what);
    }

    @Test
    void a_profile_that_netplan_has_taken_over_counts() throws IOException {
        Files.delete(root.resolve(PROFILES + "wifi.nmconnection"));
        Boards.put(root, "etc/netplan/90-NM-1.yaml", "name: \"mingchu-wifi\"\n");

        assertThat(missing()).isEmpty();
    }

    @Test
    void a_board_without_a_modem_misses_it_and_its_way() throws IOException {
        var net = root.resolve("sys/class/net");
        Files.move(net.resolve("wwan0"), root.resolve("gone"));

        assertThat(missing())
                .extracting(Finding::what)
                .containsExactly("mobile network: modem", "mobile network: way out");
    }

    private List<Finding> ways() {
        return BoardCheck.look(root, EVERY_LINK).stream()
                .filter(finding -> finding.what().contains(": "))
                .toList();
    }

    private List<Finding> missing() {
        return ways().stream().filter(f -> f.state() == State.MISSING).toList();
    }
}
