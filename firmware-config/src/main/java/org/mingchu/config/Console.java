package org.mingchu.config;

import java.util.Optional;

/** Where the kitchen's page and the public wall listen. Immutable. */
public record Console(HostPort listen, Optional<HostPort> wall) {
    /** Loopback only: the LAN is off unless the site file names it. */
    public static final Console LOOPBACK =
            new Console(new HostPort("127.0.0.1", 8080), Optional.empty());
}
