package org.mingchu.gateway.tend;

import org.mingchu.gateway.tend.RecordAsk.Act;

import picocli.CommandLine.Model.CommandSpec;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Asks the running agent to do something, and says what came of it. One thread. */
final class Saying {
    /** Where a kitchen's own agent has its folder. */
    static final String STATE = "/var/lib/mingchu";

    static final String KEPT_IN = "The running agent's state folder (default: ${DEFAULT-VALUE}).";
    static final String BY = "Who does it: `mingchu person list` names everybody.";
    static final String WHY = "Why, in 1 to 200 characters.";

    private final Verbs verbs;
    private final Act act;
    private final Map<String, String> words = new HashMap<>();

    Saying(Verbs verbs, Act act) {
        this.verbs = verbs;
        this.act = act;
    }

    Saying with(String key, String word) {
        words.put(key, word);
        return this;
    }

    Saying with(String key, Optional<String> word) {
        word.ifPresent(w -> words.put(key, w));
        return this;
    }

    Saying marked(String key, boolean is) {
        return is ? with(key, "true") : this;
    }

    /** Returns the exit code; what a look has found goes to standard output, well or not. */
    int looked(Path state, CommandSpec spec) {
        var told = told(state);
        return said(told, told.lines().size() > 1 || told.ok(), spec);
    }

    private Told told(Path state) {
        var from = new RecordAsk.From(state, false, Optional.empty());
        return verbs.record(new RecordAsk(act, words, from));
    }

    /** Returns the exit code; what was not done is said beside standard output. */
    int of(Path state, CommandSpec spec) {
        return said(told(state), spec);
    }

    /** The same of any answer. */
    static int said(Told told, CommandSpec spec) {
        return said(told, told.ok(), spec);
    }

    /** The same of what has looked: what was found is no complaint, well or not. */
    static int found(Told told, CommandSpec spec) {
        return said(told, told.ok() || told.exitCode() == ExitCode.CHECK_FAILED, spec);
    }

    private static int said(Told told, boolean answered, CommandSpec spec) {
        var stream = answered ? spec.commandLine().getOut() : spec.commandLine().getErr();
        var mark = answered ? "" : "mingchu: ";
        told.lines().forEach(line -> stream.println(mark + line));
        stream.flush();
        return told.exitCode();
    }
}
