package org.mingchu.config.board;

import org.mingchu.config.Network;
import org.mingchu.config.board.Finding.State;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Is a way out of the kitchen open? Asks the kernel's files below a root and nobody else. One
 * thread.
 */
record WayCheck(Path root, Need need) {
    private static final String PORTS = "sys/class/net";
    private static final String ROUTES = "proc/net/route";
    private static final String REGDOM = "sys/module/cfg80211/parameters/ieee80211_regdom";
    private static final String APPLY = "mingchu board apply, then reboot";

    /** Names of the kernel's and systemd's (systemd.net-naming-scheme(7)). */
    private static final Pattern MOBILE = Pattern.compile("(wwan|wwx|wwp|ppp).*");

    List<Finding> look(Network.Link link) {
        var findings = new ArrayList<Finding>();
        findings.add(profile(link));
        switch (link) {
            case Network.Ethernet(var fixed) -> {
                findings.add(
                        finding(
                                "link",
                                PORTS + "/*/carrier",
                                linked(cables()),
                                "plug the cable in; does the switch's lamp shine?"));
                fixed.ifPresent(own -> findings.add(address(own)));
                findings.add(way(cables(), "is the cable's other end a router?"));
            }
            case Network.Wifi(var ssid, var country, _) -> {
                findings.add(
                        finding(
                                "rules of " + country,
                                REGDOM,
                                text(REGDOM).filter(country::equals).isPresent(),
                                APPLY));
                findings.add(
                        finding(
                                "radio",
                                PORTS + "/*/phy80211",
                                !radios().isEmpty(),
                                "has this board a radio, and is it not switched off in config.txt (disable-wifi)?"));
                findings.add(radioOn());
                findings.add(
                        finding(
                                "link to " + ssid,
                                PORTS + "/*/carrier",
                                linked(radios()),
                                "name and passphrase right, the access point near? nmcli device wifi list; rfkill list"));
                findings.add(
                        way(radios(), "the access point lets nobody out: ask whoever runs it"));
            }
            case Network.Modem _ -> {
                findings.add(
                        finding(
                                "program",
                                "usr/sbin/ModemManager",
                                Files.exists(root.resolve("usr/sbin/ModemManager")),
                                "apt install modemmanager"));
                findings.add(
                        finding(
                                "modem",
                                PORTS + "/ww*",
                                !mobiles().isEmpty(),
                                "is it plugged in, with enough current? lsusb; mmcli -L"));
                findings.add(
                        way(mobiles(), "SIM, its PIN and credit, and the APN right? mmcli -m any"));
            }
        }
        return findings;
    }

    /** Netplan, where it is below NetworkManager, takes profiles over, and closes them to us. */
    private Finding profile(Network.Link link) {
        var name = Keyfile.name(link);
        var file = new Keyfile(name, "").file();
        var plans = names("etc/netplan").stream().map(yaml -> text("etc/netplan/" + yaml)).toList();
        var taken = plans.stream().flatMap(Optional::stream).anyMatch(text -> text.contains(name));
        var there = Files.exists(root.resolve(file));
        if (!there && !taken && plans.contains(Optional.<String>empty())) {
            return new Finding(
                    need.words() + ": profile",
                    root.resolve("etc/netplan").toString(),
                    State.NOT_SEEN,
                    "only root may see it: sudo mingchu board verify");
        }
        return finding("profile", file, there || taken, APPLY);
    }

    private Finding radioOn() {
        var blocked =
                names("sys/class/rfkill").stream()
                        .map(one -> "sys/class/rfkill/" + one + "/")
                        .filter(one -> text(one + "type").filter("wlan"::equals).isPresent())
                        .anyMatch(one ->
                                text(one + "soft").filter("1"::equals).isPresent()
                                        || text(one + "hard").filter("1"::equals).isPresent());
        return finding(
                "radio switched on", "sys/class/rfkill/*/soft", !blocked, "nmcli radio wifi on");
    }

    /** The kernel keeps its own addresses in a tree, each leaf with {@code host LOCAL} below it. */
    private Finding address(Network.Fixed own) {
        var lines = lines("proc/net/fib_trie");
        var there = false;
        for (int i = 0; i + 1 < lines.size(); i++) {
            there |=
                    lines.get(i).strip().equals("|-- " + own.address())
                            && lines.get(i + 1).strip().equals("/32 host LOCAL");
        }
        return finding(
                "address " + own.address(),
                "proc/net/fib_trie",
                there,
                "nmcli connection up mingchu-ethernet; does another profile have the port?");
    }

    /** A default route through one of the ports. */
    private Finding way(List<String> ports, String remedy) {
        var open =
                lines(ROUTES).stream()
                        .map(line -> line.split("\\s+", -1))
                        .anyMatch(words ->
                                words.length > 2
                                        && ports.contains(words[0])
                                        && words[1].equals("00000000"));
        return finding("way out", ROUTES, open, remedy);
    }

    private boolean linked(List<String> ports) {
        return ports.stream()
                .anyMatch(port ->
                        text(PORTS + "/" + port + "/carrier").filter("1"::equals).isPresent());
    }

    private List<String> cables() {
        return names(PORTS).stream()
                .filter(port -> Files.exists(root.resolve(PORTS + "/" + port + "/device")))
                .filter(port -> !radios().contains(port) && !mobiles().contains(port))
                .toList();
    }

    private List<String> radios() {
        return names(PORTS).stream()
                .filter(port -> Files.exists(root.resolve(PORTS + "/" + port + "/phy80211")))
                .toList();
    }

    private List<String> mobiles() {
        return names(PORTS).stream().filter(port -> MOBILE.matcher(port).matches()).toList();
    }

    private Finding finding(String what, String where, boolean seen, String remedy) {
        return new Finding(
                need.words() + ": " + what,
                root.resolve(where).toString(),
                seen ? State.THERE : State.MISSING,
                seen ? "" : remedy);
    }

    private List<String> names(String folder) {
        try (var files = Files.list(root.resolve(folder))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException | UncheckedIOException _) {
            return List.of();
        }
    }

    private List<String> lines(String file) {
        return text(file).orElse("").lines().toList();
    }

    /** A port that is down has no carrier to tell of, and the file refuses. */
    private Optional<String> text(String file) {
        try {
            return Optional.of(
                    Files.readString(root.resolve(file), StandardCharsets.ISO_8859_1).strip());
        } catch (IOException _) {
            return Optional.empty();
        }
    }
}
