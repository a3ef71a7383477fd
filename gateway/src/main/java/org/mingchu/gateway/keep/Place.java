package org.mingchu.gateway.keep;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Where a journal lives. An epoch is born in one place; found in another, a new one begins, for two
 * gateways must never give two entries the same name.
 *
 * @param folder the state folder
 * @param home what tells this very folder from a copy of it
 * @param board the board's serial number, if it has one
 * @param database what tells the journal's file from a copy of it: a restore may write into the
 *     folder that is there
 */
public record Place(Path folder, String home, Optional<String> board, String database) {
    private static final int PARTS = 3;

    /** A place of which the file is not known yet. */
    public Place(Path folder, String home, Optional<String> board) {
        this(folder, home, board, "");
    }

    /** A folder of which nothing is known but its name. */
    static Place unbound(Path folder) {
        return new Place(folder, "", Optional.empty());
    }

    /** The same place, with its file. Of a folder that is not known its file is not either. */
    Place with(String file) {
        return home.isEmpty() ? this : new Place(folder, home, board, file);
    }

    /** As it is kept with an epoch. */
    String binding() {
        return String.join(" ", parts());
    }

    private List<String> parts() {
        return List.of(home, board.map(serial -> serial.replace(' ', '-')).orElse(""), database);
    }

    /** As it is kept with an epoch that was bound before: what is not known now stays as it was. */
    String binding(String before) {
        var then = parts(before);
        var now = new ArrayList<>(parts());
        for (var i = 0; i < PARTS; i++) {
            if (now.get(i).isEmpty()) {
                now.set(i, then.get(i));
            }
        }
        return String.join(" ", now);
    }

    private static List<String> parts(String binding) {
        var parts = new ArrayList<>(Arrays.asList(binding.split(" ", PARTS)));
        while (parts.size() < PARTS) {
            parts.add("");
        }
        return parts;
    }

    /** Why an epoch that was born elsewhere must not go on here; empty when it was born here. */
    Optional<String> foreign(String binding) {
        var then = parts(binding);
        var now = parts();
        if (differs(then.get(0), now.get(0)) || differs(then.get(2), now.get(2))) {
            return Optional.of(Causes.COPIED);
        }
        return differs(then.get(1), now.get(1))
                ? Optional.of(Causes.BOARD_CHANGED)
                : Optional.empty();
    }

    /** What was not known then or is not known now says nothing. */
    private static boolean differs(String then, String now) {
        return !then.isEmpty() && !now.isEmpty() && !then.equals(now);
    }
}
