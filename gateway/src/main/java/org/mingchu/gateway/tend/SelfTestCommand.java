package org.mingchu.gateway.tend;

import org.mingchu.gateway.tend.RecordAsk.Act;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;

/** {@code mingchu selftest}: lamps, buzzer, probes, record, platforms. One thread. */
@Command(
        name = "selftest",
        description = {
            "Light the lamps, sound the buzzer, look at probes, clock, disk and platforms; it stands"
                    + " in the record under a name and is no alarm. It makes noise, so it takes a"
                    + " PIN, which is asked for.",
            "Exit: 0 passed, 1 something failed or it was refused, 6 no agent runs."
        },
        sortOptions = false)
final class SelfTestCommand implements Callable<Integer> {
    private final Verbs verbs;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--state",
            paramLabel = "DIR",
            defaultValue = Saying.STATE,
            description = Saying.KEPT_IN)
    private Path state = Path.of(Saying.STATE);

    @Option(names = "--by", required = true, paramLabel = "PERSON", description = Saying.BY)
    private String by = "";

    @Option(
            names = "--language",
            paramLabel = "WORD",
            description = "zh-CN or en (default: the site's).")
    private Optional<String> language = Optional.empty();

    @Option(names = "--json", description = "For machines: each step, in both languages.")
    private boolean json;

    SelfTestCommand(Verbs verbs) {
        this.verbs = verbs;
    }

    @Override
    public Integer call() {
        var pin = verbs.secret("PIN of " + by + ": ");
        if (pin.isEmpty()) {
            // Asked with nothing it would count as a wrong one, and lock somebody out.
            throw new CommandFailed(
                    ExitCode.USAGE,
                    "no PIN was typed, nothing was tested: "
                            + by
                            + " types it at a terminal (ssh -t), or it is the first line of"
                            + " standard input");
        }
        return new Saying(verbs, Act.SELF_TEST)
                .with("by", by)
                .with("pin", pin)
                .with("all", "true")
                .with("language", language)
                .marked("json", json)
                .looked(state, spec);
    }
}
