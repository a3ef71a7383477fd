package org.mingchu.gateway.tend;

import java.util.List;

/**
 * What a command has to say. Immutable.
 *
 * @param exitCode with which the process ends, one of {@link ExitCode}
 */
public record Told(int exitCode, List<String> lines) {
    public Told {
        lines = List.copyOf(lines);
    }

    /** All is well. */
    public static Told well(String... lines) {
        return well(List.of(lines));
    }

    /** All is well. */
    public static Told well(List<String> lines) {
        return new Told(ExitCode.OK, lines);
    }

    /** Something was looked at, and this is what was found. */
    public static Told checked(boolean sound, List<String> lines) {
        return new Told(sound ? ExitCode.OK : ExitCode.CHECK_FAILED, lines);
    }

    /** It was not done, and why. */
    public static Told refused(String why) {
        return new Told(ExitCode.CHECK_FAILED, List.of(why));
    }

    /** It could not be understood: which word, and what is expected instead. */
    public static Told unusable(String why) {
        return new Told(ExitCode.USAGE, List.of(why));
    }

    public boolean ok() {
        return exitCode == ExitCode.OK;
    }
}
