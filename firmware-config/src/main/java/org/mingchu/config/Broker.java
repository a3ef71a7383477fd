package org.mingchu.config;

import java.net.URI;
import java.util.Optional;

/** The kitchen's own broker, for {@code mqtt:} sources. Immutable. */
public record Broker(URI url, Optional<String> credentials) {}
