package org.mingchu.gateway.tend;

import java.util.List;

/**
 * What a command has to say. Immutable.
 *
 * @param ok whether all is well; otherwise the process ends with {@link ExitCode#CHECK_FAILED}
 */
public record Told(boolean ok, List<String> lines) {
    public Told {
        lines = List.copyOf(lines);
    }

    /** All is well. */
    public static Told well(String... lines) {
        return new Told(true, List.of(lines));
    }

    /** It was not done, and why. */
    public static Told refused(String why) {
        return new Told(false, List.of(why));
    }
}
