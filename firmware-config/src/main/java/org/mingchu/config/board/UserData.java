package org.mingchu.config.board;

import org.mingchu.config.Plan;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The file {@code user-data} for cloud-init on the boot partition of a fresh Raspberry Pi OS: from
 * a new card to a watched kitchen without a screen, and without a password that anybody knows.
 */
public final class UserData {
    /** Longest label of a host name (RFC 1035 section 2.3.4). */
    private static final int HOST_MAX = 63;

    private static final Pattern KEY =
            Pattern.compile(
                    "((?:sk-)?(?:ssh-ed25519|ecdsa-sha2-nistp256)(?:@openssh\\.com)?|ssh-rsa"
                            + "|ecdsa-sha2-nistp384|ecdsa-sha2-nistp521)"
                            + " ([A-Za-z0-9+/]{40,}={0,3})(?: .*)?");

    private static final Pattern DEB = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+~-]{0,99}\\.deb");

    private static final String TEMPLATE =
            """
            #cloud-config
            # For @WHO@, written by `mingchu board user-data`. Goes as user-data onto the boot
            # partition of a fresh Raspberry Pi OS 64-bit (Debian 13); into its folder mingchu go
            # @DEB@, site.toml and, if there is one, secrets.toml.
            # The first boot needs a network for the packages of Debian, and restarts the board once.
            hostname: "@HOST@"
            manage_etc_hosts: true
            timezone: "@ZONE@"

            # A key opens it and nothing else does: no password is set, for root or anybody.
            ssh_pwauth: false
            disable_root: true
            users:
              - name: tech
                gecos: Technician
                shell: /bin/bash
                lock_passwd: true
                sudo: "ALL=(ALL) NOPASSWD:ALL"
                groups: [adm, dialout, gpio, i2c, spi, systemd-journal]
                ssh_authorized_keys:
            @KEYS@

            ntp:
              enabled: true
              ntp_client: systemd-timesyncd

            @RADIO@package_update: true

            write_files:
              - path: /usr/local/sbin/mingchu-first-boot
                permissions: "0755"
                content: |
                  #!/bin/sh
                  # Once, at the first boot; what it says is in /var/log/cloud-init-output.log. Where it
                  # has failed, mend what it names (site.toml below, secrets.toml in /etc/mingchu), then
                  # once more: sudo mingchu-first-boot && sudo reboot
                  set -eu
                  from=/boot/firmware/mingchu
                  site=/etc/mingchu/site.toml
                  need() {
                    test -e "$from/$1" || {
                      echo "mingchu-first-boot: $from/$1 is missing; put it there, then once more" >&2
                      exit 1
                    }
                  }
                  # What was mended in its place is not overwritten by what is on the card.
                  good() { test -e "$site" && mingchu config check "$site" >/dev/null 2>&1; }
                  need @DEB@
                  good || need site.toml
                  DEBIAN_FRONTEND=noninteractive apt-get install -y "$from/@DEB@"
                  good || install -m 0640 -o root -g mingchu "$from/site.toml" "$site"
                  if [ -e "$from/secrets.toml" ]; then
                    install -m 0600 -o mingchu -g mingchu "$from/secrets.toml" /etc/mingchu/secrets.toml
                    # Whoever takes the card out can read that partition.
                    rm "$from/secrets.toml"
                  fi
                  mingchu config check "$site"
                  mingchu board apply --site "$site"
                  own=/etc/NetworkManager/system-connections/mingchu-wifi.nmconnection
                  if [ -e /boot/firmware/network-config ] && [ -e "$own" ]; then
                    # From the restart on the site file says the way: one profile for one network. And
                    # the passphrase leaves that partition as well.
                    printf 'network: {config: disabled}\\n' >/etc/cloud/cloud.cfg.d/99-mingchu-network.cfg
                    rm -f /etc/netplan/50-cloud-init.yaml /boot/firmware/network-config
                  fi
                  touch /run/mingchu-first-boot.done

            runcmd:
              - [/usr/local/sbin/mingchu-first-boot]

            power_state:
              mode: reboot
              message: The board takes its settings.
              timeout: 60
              condition: [test, -e, /run/mingchu-first-boot.done]
            """;

    /**
     * Raspberry Pi OS keeps the radio off until somebody names a country (pi-gen), and packages
     * come by it. Waits for two minutes at most.
     */
    private static final String RADIO =
            """
            bootcmd:
              - [cloud-init-per, once, mingchu-radio, sh, -c, "rfkill unblock wifi; nmcli radio wifi on; nm-online -q -t 120 || true"]

            """;

    private UserData() {}

    /**
     * The file.
     *
     * @param keys public keys as OpenSSH writes them, a line each
     * @param deb name of the package's file in folder {@code mingchu} of the boot partition
     * @throws IllegalArgumentException when a key or name is none; the message says why
     */
    public static String of(Plan plan, List<String> keys, String deb) {
        if (!DEB.matcher(deb).matches()) {
            throw new IllegalArgumentException(
                    deb + " is not the name of a package such as mingchu_0.1.0_all.deb");
        }
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("no key: without one nobody could sign in");
        }
        var site = plan.site();
        return TEMPLATE.replace("@WHO@", site.identity().site() + "/" + site.identity().gateway())
                .replace("@HOST@", host(site.identity().site(), site.identity().gateway()))
                .replace("@ZONE@", site.timeZone().getId())
                .replace("@DEB@", deb)
                .replace("@RADIO@", site.network().wifi().isPresent() ? RADIO : "")
                .replace(
                        "@KEYS@",
                        keys.stream()
                                .map(UserData::key)
                                .map(key -> "      - \"" + key + "\"")
                                .collect(Collectors.joining("\n")));
    }

    /** Without its comment, which may hold anything. */
    private static String key(String line) {
        var match = KEY.matcher(line.strip());
        if (line.contains("PRIVATE KEY")) {
            throw new IllegalArgumentException(
                    "this is the private key, which stays where it is; name the file that ends in"
                            + " .pub");
        }
        if (!match.matches()) {
            throw new IllegalArgumentException(
                    "not a public key as in ~/.ssh/id_ed25519.pub; make one with ssh-keygen -t"
                            + " ed25519");
        }
        return match.group(1) + " " + match.group(2);
    }

    /** Gateways of many kitchens are all called gw-1; the kitchen's id makes one of them. */
    private static String host(String site, String gateway) {
        var room = HOST_MAX - 1 - gateway.length();
        var head = site.length() <= room ? site : site.substring(0, room);
        return (head + "-" + gateway).replaceAll("^-+|-+$", "");
    }
}
