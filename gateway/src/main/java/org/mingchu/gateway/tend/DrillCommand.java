package org.mingchu.gateway.tend;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/** {@code mingchu drill}: an alarm's whole way, tried. One thread. */
@Command(
        name = "drill",
        description = {
            "Try the whole way of an alarm: record, lamp, buzzer, page, every platform, and somebody"
                    + " who takes it on the kitchen's screen. It is marked as a drill everywhere and"
                    + " counted nowhere; untaken it ends by itself after 10 minutes. Prints each hop"
                    + " with its time after the question.",
            "Exit 0: every hop happened, 1: one did not, or it could not begin, 6: no agent runs."
        },
        sortOptions = false)
final class DrillCommand implements Callable<Integer> {
    private final Verbs verbs;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(names = "--by", required = true, paramLabel = "PERSON", description = Saying.BY)
    private String by = "";

    @Option(
            names = "--state",
            paramLabel = "DIR",
            defaultValue = Saying.STATE,
            description = Saying.KEPT_IN)
    private Path state = Path.of(Saying.STATE);

    @Option(
            names = "--language",
            paramLabel = "WORD",
            description = "zh-CN or en (default: the site's).")
    private Optional<String> language = Optional.empty();

    @Option(names = "--json", description = "For machines: one line when it is over.")
    private boolean json;

    DrillCommand(Verbs verbs) {
        this.verbs = verbs;
    }

    @Override
    public Integer call() {
        var line = spec.commandLine();
        var told =
                verbs.drill(
                        new DrillAsk(state, by, json, language),
                        says(line.getOut()),
                        says(line.getErr()));
        return Saying.said(told, spec);
    }

    /** At once: whoever waits for a person does so for minutes. */
    private static Consumer<String> says(PrintWriter stream) {
        return words -> {
            stream.println(words);
            stream.flush();
        };
    }
}
