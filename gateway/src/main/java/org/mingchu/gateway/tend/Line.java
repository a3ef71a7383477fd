package org.mingchu.gateway.tend;

import java.io.PrintWriter;

/** What was typed after {@code mingchu}. One thread. */
public final class Line {
    private Line() {}

    /** Does what the words say; returns the exit code of the contract. */
    public static int execute(Verbs verbs, PrintWriter out, PrintWriter err, String... words) {
        for (var word : words) {
            if (isGarbled(word)) {
                err.println(
                        ("mingchu: '%s' did not arrive as UTF-8, its signs are lost; nothing was"
                                        + " done: type it again in a session with LC_ALL=C.UTF-8")
                                .formatted(word));
                err.flush();
                return ExitCode.USAGE;
            }
        }
        return RunOptions.plain(words)
                .map(options -> run(verbs, options, err))
                .orElseGet(() -> Commands.execute(verbs, out, err, words));
    }

    /** Whether it holds a sign that stands for one that could not be read, or half of one. */
    static boolean isGarbled(String word) {
        return word.codePoints()
                .anyMatch(
                        sign -> sign == '\uFFFD' || Character.getType(sign) == Character.SURROGATE);
    }

    private static int run(Verbs verbs, RunOptions options, PrintWriter err) {
        try {
            return verbs.run(options);
        } catch (RuntimeException e) {
            return explain(e, err);
        }
    }

    /** What the world did is one line; what we did wrong is a stack trace, to be reported. */
    static int explain(Exception e, PrintWriter err) {
        if (e instanceof CommandFailed failed) {
            err.println("mingchu: " + failed.getMessage());
            return failed.exitCode();
        }
        err.println("mingchu: internal error; please report this:");
        e.printStackTrace(err);
        return ExitCode.INTERNAL;
    }
}
