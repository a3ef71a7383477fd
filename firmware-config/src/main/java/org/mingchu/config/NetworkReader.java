package org.mingchu.config;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the ways out of the kitchen: {@code [network]} with a table for each. */
final class NetworkReader {
    /** IEEE 802.11-2020 section 9.4.2.2. */
    private static final int SSID_BYTES_MAX = 32;

    /** What resolvers take notice of (resolv.conf(5), MAXNS). */
    private static final int DNS_MAX = 3;

    private static final Pattern QUAD =
            Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})");

    private static final Pattern CIDR = Pattern.compile("([0-9.]{7,15})/(\\d{1,2})");

    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

    private static final Form<String> IPV4 =
            Form.words(
                    "",
                    "an IPv4 address such as \"192.168.1.1\"",
                    text -> Optional.of(text).filter(t -> bits(t).isPresent()));

    /** From a whole class C down to the four addresses of a link. */
    private static final Form<String> ADDRESS =
            Form.words(
                    "",
                    "an IPv4 address with the length of its network, such as \"192.168.1.20/24\""
                            + " (8 to 30), that is neither the network's first nor its last",
                    text -> Optional.of(text).filter(NetworkReader::isHost));

    private static final Form<String> SSID =
            Form.words(
                    "",
                    "the network's name in quotes, 1 to " + SSID_BYTES_MAX + " bytes in UTF-8",
                    text -> Optional.of(text).filter(NetworkReader::isSsid));

    private static final Form<String> COUNTRY =
            Form.hinted(
                    "",
                    "the country where the kitchen stands, as two capital letters of ISO 3166-1,"
                            + " such as \"CN\"",
                    text -> Optional.of(text).filter(COUNTRIES::contains),
                    NetworkReader::meant);

    /** TS 23.003 section 9.1: labels as DNS has them. */
    private static final Form<String> APN =
            Form.words(
                    "",
                    "the access point name that goes with the SIM, such as \"cmnet\" (letters,"
                            + " digits, '-' and '.', at most 63)",
                    text ->
                            Optional.of(text)
                                    .filter(t ->
                                            t.length() <= 63
                                                    && t.matches(
                                                            "[A-Za-z0-9]+([.-][A-Za-z0-9]+)*")));

    /** Half an hour of entries a month, and what no SIM of a kitchen has. */
    private static final Form<Integer> MONTH_MIB = Form.whole(10, 1 << 20, " MiB");

    private NetworkReader() {}

    static Network read(Table root) {
        return root.mayTable("network").map(NetworkReader::network).orElse(Network.UNTOLD);
    }

    private static Network network(Table table) {
        var network =
                new Network(
                        table.mayTable("ethernet").map(NetworkReader::ethernet),
                        table.mayTable("wifi").map(NetworkReader::wifi),
                        table.mayTable("modem").map(NetworkReader::modem));
        table.end();
        return network;
    }

    private static Network.Ethernet ethernet(Table table) {
        var fixed =
                table.has("address") || table.has("gateway") || table.has("dns")
                        ? fixed(table)
                        : Optional.<Network.Fixed>empty();
        table.end();
        return new Network.Ethernet(fixed);
    }

    private static Optional<Network.Fixed> fixed(Table table) {
        var address = table.ask("address", ADDRESS);
        var gateway = table.ask("gateway", IPV4);
        var dns = table.list("dns", IPV4);
        if (!table.has("dns")) {
            table.problems()
                    .missing(
                            table.spot("dns"),
                            "whom to ask for names, such as [\"192.168.1.1\"]: with a fixed address"
                                    + " nobody else tells it");
        } else if (dns.size() > DNS_MAX || new HashSet<>(dns).size() != dns.size()) {
            table.problems().error(table.spot("dns"), "1 to " + DNS_MAX + " addresses, each once");
        }
        if (address.isEmpty() || gateway.isEmpty()) {
            return Optional.empty();
        }
        var whole = CIDR.matcher(address.get());
        if (!whole.matches()) {
            throw new AssertionError("the form has let it pass");
        }
        var prefix = Integer.parseInt(whole.group(2));
        var fixed = new Network.Fixed(whole.group(1), prefix, gateway.get(), dns);
        if (!isBeside(fixed)) {
            table.problems()
                    .error(
                            table.spot("gateway"),
                            "another address within the network of " + fixed.cidr());
        }
        return Optional.of(fixed);
    }

    private static Network.Wifi wifi(Table table) {
        var wifi =
                new Network.Wifi(
                        table.need("ssid", SSID),
                        table.need("country", COUNTRY),
                        table.need("credentials", Form.ID));
        table.end();
        return wifi;
    }

    private static Network.Modem modem(Table table) {
        var modem =
                new Network.Modem(
                        table.need("apn", APN),
                        table.may("credentials", Form.ID),
                        table.may("month_mib", MONTH_MIB)
                                .map(OptionalInt::of)
                                .orElse(OptionalInt.empty()));
        table.end();
        return modem;
    }

    /** The 32 bits of an address; empty where it is none. */
    private static OptionalInt bits(String text) {
        var quad = QUAD.matcher(text);
        if (!quad.matches()) {
            return OptionalInt.empty();
        }
        var bits = 0;
        for (int i = 1; i <= 4; i++) {
            // A leading zero is octal to some programs.
            if (quad.group(i).matches("0\\d+") || Integer.parseInt(quad.group(i)) > 255) {
                return OptionalInt.empty();
            }
            bits = bits << 8 | Integer.parseInt(quad.group(i));
        }
        return OptionalInt.of(bits);
    }

    private static boolean isHost(String text) {
        var whole = CIDR.matcher(text);
        if (!whole.matches() || bits(whole.group(1)).isEmpty()) {
            return false;
        }
        var prefix = Integer.parseInt(whole.group(2));
        return prefix >= 8 && prefix <= 30 && isInside(bits(whole.group(1)).getAsInt(), prefix);
    }

    /** Neither the first nor the last address of its network. */
    private static boolean isInside(int bits, int prefix) {
        var host = -1 >>> prefix;
        return (bits & host) != 0 && (bits & host) != host;
    }

    private static boolean isBeside(Network.Fixed fixed) {
        var own = bits(fixed.address()).orElseThrow();
        var other = bits(fixed.gateway()).orElseThrow();
        var mask = -1 << (32 - fixed.prefix());
        return own != other && (own & mask) == (other & mask) && isInside(other, fixed.prefix());
    }

    private static boolean isSsid(String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8).length;
        return bytes >= 1
                && bytes <= SSID_BYTES_MAX
                && text.chars().noneMatch(Character::isISOControl);
    }

    /** People write UK, small letters, and the code of three letters. */
    private static Optional<String> meant(String text) {
        var upper = text.strip().toUpperCase(Locale.ROOT);
        if (upper.equals("UK")) {
            return Optional.of("GB");
        }
        return COUNTRIES.contains(upper)
                ? Optional.of(upper)
                : Arrays.stream(Locale.getISOCountries())
                        .filter(code -> Locale.of("", code).getISO3Country().equals(upper))
                        .findFirst();
    }
}
