package org.mingchu.gateway.tend;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What is to be done about a gateway's certificates. Immutable.
 *
 * @param platform its id; may be left out where the site has one only
 * @param json for machines
 */
public record CertAsk(
        Act act,
        Path site,
        Optional<Path> secrets,
        Path state,
        Optional<String> platform,
        boolean json) {
    /** One deed. */
    public sealed interface Act {
        /**
         * Print a request.
         *
         * @param afresh with a new key, though an unanswered one is there
         */
        record Request(boolean afresh) implements Act {}

        /**
         * Put an answer into use.
         *
         * @param ca who signs gateways; by default whom the secrets file trusts
         */
        record Install(Path file, Optional<Path> ca) implements Act {}

        /** Until when all of them hold. */
        record Show() implements Act {}

        /**
         * Have it signed by a server.
         *
         * @param user who asks for the first one; its password is asked for
         */
        record Renew(URI est, Optional<Path> ca, Optional<String> user) implements Act {}
    }
}
