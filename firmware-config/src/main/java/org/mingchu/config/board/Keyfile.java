package org.mingchu.config.board;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import org.mingchu.config.Network;
import org.mingchu.config.Secrets;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * One way out of the kitchen as NetworkManager keeps it: a profile for each, in the form of
 * nm-settings-keyfile(5). Immutable.
 *
 * @param name of the profile; its file has the same
 * @param text a character stands for a byte, as in a {@link Change}
 */
record Keyfile(String name, String text) {
    /** Below the root. NetworkManager reads no file here that others than root may open. */
    static final String FOLDER = "etc/NetworkManager/system-connections";

    private static final List<String> NAMES =
            List.of("mingchu-ethernet", "mingchu-wifi", "mingchu-modem");

    /** NetworkManager's own, written down so that no default of a later version turns them over. */
    private static final int CABLE_METRIC = 100;

    private static final int RADIO_METRIC = 600;
    private static final int MOBILE_METRIC = 700;

    /** The profile, or what is not there to make it of. */
    sealed interface Made {
        record Whole(Keyfile keyfile) implements Made {}

        /**
         * Not to be made.
         *
         * @param secret name of the entry that is meant
         */
        record Lacking(String secret, String expected) implements Made {}
    }

    /** Of which kind of way a profile has which name. */
    static String name(Network.Link link) {
        return NAMES.get(
                switch (link) {
                    case Network.Ethernet _ -> 0;
                    case Network.Wifi _ -> 1;
                    case Network.Modem _ -> 2;
                });
    }

    /** Names of all that could be there. */
    static List<String> names() {
        return NAMES;
    }

    String file() {
        return FOLDER + "/" + name + ".nmconnection";
    }

    static Made of(String site, Network.Link link, Secrets secrets) {
        return switch (link) {
            case Network.Ethernet(var fixed) -> whole(site, link, "", ipv4(fixed), CABLE_METRIC);
            case Network.Wifi(var ssid, _, var credentials) ->
                    secrets.named(credentials)
                            .flatMap(Secrets.Secret::passphrase)
                            .map(passphrase ->
                                    whole(
                                            site,
                                            link,
                                            wifi(ssid, passphrase),
                                            "method=auto\n",
                                            RADIO_METRIC))
                            .orElseGet(() -> new Made.Lacking(credentials, "passphrase"));
            case Network.Modem(var apn, var credentials, _) -> {
                var secret = credentials.flatMap(secrets::named);
                yield credentials.isPresent() && secret.filter(Keyfile::isOneLine).isEmpty()
                        ? new Made.Lacking(credentials.get(), "user and password, each on one line")
                        : whole(site, link, gsm(apn, secret), "method=auto\n", MOBILE_METRIC);
            }
        };
    }

    private static Made whole(String site, Network.Link link, String own, String ipv4, int metric) {
        var name = name(link);
        var text =
                """
                # written by `mingchu board apply`
                [connection]
                id=%s
                uuid=%s
                type=%s
                autoconnect-priority=50
                autoconnect-retries=0
                %s
                %s[ipv4]
                %sroute-metric=%d

                [ipv6]
                method=auto
                route-metric=%d
                """
                        .formatted(
                                name,
                                UUID.nameUUIDFromBytes((site + "/" + name).getBytes(UTF_8)),
                                type(link),
                                link instanceof Network.Modem ? "metered=1\n" : "",
                                own,
                                ipv4,
                                metric,
                                metric);
        return new Made.Whole(new Keyfile(name, new String(text.getBytes(UTF_8), ISO_8859_1)));
    }

    private static String type(Network.Link link) {
        return switch (link) {
            case Network.Ethernet _ -> "ethernet";
            case Network.Wifi _ -> "wifi";
            case Network.Modem _ -> "gsm";
        };
    }

    private static String ipv4(Optional<Network.Fixed> fixed) {
        return fixed.map(own ->
                        "address1=%s,%s\ndns=%s;\nmethod=manual\n"
                                .formatted(own.cidr(), own.gateway(), String.join(";", own.dns())))
                .orElse("method=auto\n");
    }

    /** Awake all the time: a radio that sleeps lets the platform wait for its answer. */
    private static String wifi(String ssid, String passphrase) {
        return """
        [wifi]
        mode=infrastructure
        powersave=2
        ssid=%s

        [wifi-security]
        key-mgmt=wpa-psk
        psk=%s

        """
                .formatted(octets(ssid), escaped(passphrase));
    }

    private static String gsm(String apn, Optional<Secrets.Secret> secret) {
        var login =
                secret.map(s ->
                                "password=%s\nusername=%s\n"
                                        .formatted(
                                                escaped(s.password().orElse("")),
                                                escaped(s.user().orElse(""))))
                        .orElse("");
        return "[gsm]\napn=" + apn + "\n" + login + "\n";
    }

    /** A name may hold anything; as numbers it means the same to every version. */
    private static String octets(String ssid) {
        var numbers = new StringBuilder();
        for (var octet : ssid.getBytes(UTF_8)) {
            numbers.append(octet & 0xff).append(';');
        }
        return numbers.toString();
    }

    /** Blanks in front and backslashes mean something else in a key file of GLib. */
    private static String escaped(String text) {
        var bare = text.stripLeading();
        return "\\s".repeat(text.length() - bare.length()) + bare.replace("\\", "\\\\");
    }

    /** What has a line end in it would become a line of its own in the file. */
    private static boolean isOneLine(Secrets.Secret secret) {
        return secret.user().isPresent()
                && secret.password().isPresent()
                && (secret.user().get() + secret.password().get())
                        .chars()
                        .noneMatch(Character::isISOControl);
    }
}
