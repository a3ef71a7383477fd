package org.mingchu.config;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * The ways out of the kitchen. Where the site file says nothing of them they are the system's own
 * affair. Immutable.
 */
public record Network(Optional<Ethernet> ethernet, Optional<Wifi> wifi, Optional<Modem> modem) {
    /** Somebody else sees to it. */
    public static final Network UNTOLD =
            new Network(Optional.empty(), Optional.empty(), Optional.empty());

    /** Those that are named, the one that is taken first in front. */
    public List<Link> links() {
        return Stream.<Optional<? extends Link>>of(ethernet, wifi, modem)
                .<Link>flatMap(Optional::stream)
                .toList();
    }

    /** One way out. */
    public sealed interface Link {}

    /**
     * A cable.
     *
     * @param fixed its address; asked of the network (DHCP) where none is named
     */
    public record Ethernet(Optional<Fixed> fixed) implements Link {}

    /**
     * An address that does not change, IPv4.
     *
     * @param address as {@code 192.168.1.20}
     * @param prefix length of the network's part, in bits
     * @param dns whom to ask for names, one to three
     */
    public record Fixed(String address, int prefix, String gateway, List<String> dns) {
        public Fixed {
            dns = List.copyOf(dns);
        }

        /** As {@code 192.168.1.20/24}. */
        public String cidr() {
            return address + "/" + prefix;
        }
    }

    /**
     * Wireless LAN, WPA2 or WPA3 with a passphrase; its address is asked of the network.
     *
     * @param ssid at most 32 bytes of UTF-8
     * @param country ISO 3166-1 alpha-2, whose rules the radio keeps
     * @param credentials name of the secret that holds the passphrase
     */
    public record Wifi(String ssid, String country, String credentials) implements Link {}

    /**
     * The mobile network.
     *
     * @param apn access point name, as the SIM's operator names it
     * @param credentials name of the secret with user and password, where the operator wants them
     * @param monthMib what is paid for in a calendar month, both ways, in MiB
     */
    public record Modem(String apn, Optional<String> credentials, OptionalInt monthMib)
            implements Link {}
}
