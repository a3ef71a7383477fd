package org.mingchu.config.board;

import org.mingchu.config.Network;
import org.mingchu.config.Plan;
import org.mingchu.config.Secrets;

/**
 * The file {@code network-config} for cloud-init on the boot partition of a fresh Raspberry Pi OS:
 * how a board without a cable gets to the packages of its first boot. From the first restart on the
 * profiles of {@code board apply} are its way, and {@link UserData} takes this one away.
 */
public final class FirstNetwork {
    private FirstNetwork() {}

    /**
     * The file, in netplan's format; for nobody's eyes.
     *
     * @throws IllegalArgumentException when the site has no Wi-Fi or its passphrase is not there;
     *     the message says what to do
     */
    public static String of(Plan plan, Secrets secrets) {
        var site = plan.site();
        var wifi =
                site.network()
                        .wifi()
                        .orElseThrow(() ->
                                new IllegalArgumentException(
                                        "no [network.wifi]: with a cable the first boot needs no"
                                                + " network-config"));
        // The radio is waited for, since packages come by it.
        return """
        # For %s, written by `mingchu board network-config`. Goes as network-config onto the boot
        # partition of a fresh Raspberry Pi OS 64-bit (Debian 13), beside user-data. It holds the
        # passphrase of a Wi-Fi: the first boot takes it away once the board has its own profile.
        network:
          version: 2
          renderer: NetworkManager
          ethernets:
            eth0:
              dhcp4: true
              optional: true
          wifis:
            wlan0:
              dhcp4: true
              optional: false
              regulatory-domain: %s
              access-points:
                %s:
                  password: %s
        """
                .formatted(
                        site.identity().site() + "/" + site.identity().gateway(),
                        quoted(wifi.country()),
                        quoted(wifi.ssid()),
                        quoted(passphrase(wifi, secrets)));
    }

    private static String passphrase(Network.Wifi wifi, Secrets secrets) {
        return secrets.named(wifi.credentials())
                .flatMap(Secrets.Secret::passphrase)
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "no passphrase: an entry [%s] with passphrase in secrets.toml"
                                                .formatted(wifi.credentials())
                                        + " beside the site file, mode 0600"));
    }

    /** YAML's double-quoted style (YAML 1.2.2 section 7.3.1): any name stays a text. */
    private static String quoted(String text) {
        var out = new StringBuilder("\"");
        text.codePoints().forEach(c -> out.append(escaped(c)));
        return out.append('"').toString();
    }

    private static String escaped(int c) {
        return switch (c) {
            case '"' -> "\\\"";
            case '\\' -> "\\\\";
            default ->
                    Character.isISOControl(c) || c == 0x2028 || c == 0x2029 || c == 0xFEFF
                            ? "\\u%04x".formatted(c)
                            : Character.toString(c);
        };
    }
}
