package org.mingchu.config;

/** An address to listen at or to call. Immutable. */
public record HostPort(String host, int port) {
    @Override
    public String toString() {
        return host + ":" + port;
    }
}
