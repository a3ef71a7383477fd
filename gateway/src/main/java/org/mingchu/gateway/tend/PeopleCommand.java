package org.mingchu.gateway.tend;

import org.mingchu.gateway.tend.RecordAsk.Act;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.nio.file.Path;

/** A command whose subcommands say to the running agent what somebody does. One thread. */
abstract sealed class PeopleCommand implements Runnable
        permits AlarmsCommand, BatchCommand, SensorsCommand, UnitCommand {
    private final Verbs verbs;
    private final String subcommands;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--state",
            scope = ScopeType.INHERIT,
            paramLabel = "DIR",
            defaultValue = Saying.STATE,
            description = Saying.KEPT_IN)
    private Path state = Path.of(Saying.STATE);

    /**
     * @param subcommands in words, for whoever names none
     */
    PeopleCommand(Verbs verbs, String subcommands) {
        this.verbs = verbs;
        this.subcommands = subcommands;
    }

    @Override
    public final void run() {
        throw new ParameterException(spec.commandLine(), "Missing command: " + subcommands);
    }

    final Path state() {
        return state;
    }

    final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    final PrintWriter err() {
        return spec.commandLine().getErr();
    }

    final Saying saying(Act act) {
        return new Saying(verbs, act);
    }

    /** Returns the exit code. */
    final int ask(Saying saying) {
        return saying.of(state, spec);
    }
}
