package org.mingchu.simulator.platform;

import java.util.Optional;
import java.util.Set;

/**
 * A topic of the contract, taken apart: {@code kfs/v1/area/site/gateway/path}. Immutable.
 *
 * @param gateway {@code area/site/id}
 * @param path what follows
 */
record Address(String gateway, String path) {
    private static final int LEVELS_OF_ROOT = 5;
    private static final Set<String> FROM_PLATFORM = Set.of("ack", "receipt");

    static Optional<Address> of(String topic) {
        var levels = topic.split("/", LEVELS_OF_ROOT + 1);
        if (levels.length <= LEVELS_OF_ROOT || !topic.startsWith("kfs/v1/")) {
            return Optional.empty();
        }
        return Optional.of(
                new Address(levels[2] + "/" + levels[3] + "/" + levels[4], levels[LEVELS_OF_ROOT]));
    }

    String topic(String otherPath) {
        return "kfs/v1/" + gateway + "/" + otherPath;
    }

    /** Whether the platform itself speaks there. */
    boolean isOurs() {
        return FROM_PLATFORM.contains(path) || path.matches("cmd/[^/]+");
    }

    /** The name of the message that belongs there. */
    Optional<String> message() {
        return switch (path) {
            case "status", "meta", "heartbeat" -> Optional.of(path);
            case "reading" -> Optional.of("readings");
            default -> deeper();
        };
    }

    private Optional<String> deeper() {
        if (path.matches("alarm/[^/]+/event")) {
            return Optional.of("alarm-event");
        }
        if (path.matches("alarm/[^/]+/[^/]+/state")) {
            return Optional.of("alarm-state");
        }
        if (path.matches("record/[^/]+")) {
            return Optional.of("record");
        }
        return path.matches("cmd/[^/]+/reply") ? Optional.of("cmd-reply") : Optional.empty();
    }

    /** Whether the message there is to be retained. */
    boolean isRetained() {
        return path.equals("status") || path.equals("meta") || path.endsWith("/state");
    }

    /** The n-th word of the path, from 0. */
    String word(int n) {
        return path.split("/", -1)[n];
    }
}
