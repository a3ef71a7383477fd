package org.mingchu.gateway.keep;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a journal lives. An epoch is born in one place; found in another, a new one begins, for two
 * gateways must never give two entries the same name.
 *
 * @param folder the state folder
 * @param home what tells this very folder from a copy of it
 * @param board the board's serial number, if it has one
 */
public record Place(Path folder, String home, Optional<String> board) {
    /** A folder of which nothing is known but its name. */
    static Place unbound(Path folder) {
        return new Place(folder, "", Optional.empty());
    }

    /** As it is kept with an epoch. */
    String binding() {
        return home + " " + board.orElse("");
    }

    /** Why an epoch that was born elsewhere must not go on here; empty when it was born here. */
    Optional<String> foreign(String binding) {
        var parts = binding.split(" ", 2);
        var oldBoard = parts.length > 1 ? parts[1] : "";
        if (differs(parts[0], home)) {
            return Optional.of(Causes.COPIED);
        }
        return differs(oldBoard, board.orElse(""))
                ? Optional.of(Causes.BOARD_CHANGED)
                : Optional.empty();
    }

    /** What was not known then or is not known now says nothing. */
    private static boolean differs(String then, String now) {
        return !then.isEmpty() && !now.isEmpty() && !then.equals(now);
    }
}
