package org.mingchu.sensors.camera.sip;

import java.net.InetSocketAddress;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;

/**
 * How the registrar listens and who it is. Immutable.
 *
 * @param listen where; the same port for UDP and TCP, 0 for any
 * @param serverId the registrar's own 20 digits
 * @param realm what the digest binds passwords to; the field uses the first ten digits of the id
 * @param date the zone in which a {@code Date} goes to cameras. Absent, none is sent: two platforms
 *     that both set the time make a camera's clock jump
 */
public record RegistrarSettings(
        InetSocketAddress listen,
        Set<Transport> transports,
        String serverId,
        String realm,
        Rates rates,
        Optional<ZoneId> date) {
    private static final int REALM_DIGITS = 10;

    /**
     * @throws IllegalArgumentException if the id has other than 20 digits, the realm would break a
     *     header, or there is no transport
     */
    public RegistrarSettings {
        if (!SipDevice.isId(serverId)) {
            throw new IllegalArgumentException("a GB/T 28181 server id has 20 digits");
        }
        if (!realm.matches("[\\w.-]{1,64}")) {
            throw new IllegalArgumentException("a realm has 1 to 64 letters, digits, '.' or '-'");
        }
        if (transports.isEmpty()) {
            throw new IllegalArgumentException("the registrar needs UDP, TCP or both");
        }
        transports = Set.copyOf(transports);
    }

    /** UDP and TCP, the field's usual realm, the usual rates, no date. */
    public static RegistrarSettings of(InetSocketAddress listen, String serverId) {
        return new RegistrarSettings(
                listen,
                Set.of(Transport.UDP, Transport.TCP),
                serverId,
                serverId.substring(0, Math.min(REALM_DIGITS, serverId.length())),
                Rates.DEFAULT,
                Optional.empty());
    }

    public RegistrarSettings withTransports(Set<Transport> some) {
        return new RegistrarSettings(listen, some, serverId, realm, rates, date);
    }

    public RegistrarSettings withRealm(String other) {
        return new RegistrarSettings(listen, transports, serverId, other, rates, date);
    }

    public RegistrarSettings withRates(Rates other) {
        return new RegistrarSettings(listen, transports, serverId, realm, other, date);
    }

    /** Cameras shall take their time from here, in this zone. */
    public RegistrarSettings withDate(ZoneId zone) {
        return new RegistrarSettings(listen, transports, serverId, realm, rates, Optional.of(zone));
    }
}
