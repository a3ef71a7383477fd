package org.mingchu.sensors.camera.http;

import java.time.Duration;

/**
 * On what terms a camera or recorder is spoken to. Immutable.
 *
 * @param connect for the TCP connect
 * @param whole for all of an exchange, its login included
 */
public record Terms(Trust trust, Passwords passwords, Duration connect, Duration whole) {
    /** Digest logins only; within the five seconds a round stays open. */
    public static final Terms DEFAULT =
            new Terms(
                    new Trust.Authorities(),
                    Passwords.DIGEST_ONLY,
                    Duration.ofSeconds(2),
                    Duration.ofMillis(4500));

    /** Where a password may go. */
    public enum Passwords {
        /** As a digest; in itself (Basic) only inside of TLS. */
        DIGEST_ONLY,
        /** Also in itself, for whoever listens in: the site file asks for it. */
        BASIC_IN_CLEAR
    }

    /** The same, with another way to know the peer. */
    public Terms trusting(Trust other) {
        return new Terms(other, passwords, connect, whole);
    }

    /** The same, with other care of the password. */
    public Terms with(Passwords other) {
        return new Terms(trust, other, connect, whole);
    }

    /** The same, with other patience. */
    public Terms within(Duration otherConnect, Duration otherWhole) {
        return new Terms(trust, passwords, otherConnect, otherWhole);
    }
}
