package org.mingchu.gateway.tend;

import org.mingchu.gateway.tend.RecordAsk.Act;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** {@code mingchu camera}: for how much of a time they were up; what they see now. One thread. */
@Command(
        name = "camera",
        description =
                "For how much of a time cameras and recorders were up; have one learn anew what it"
                        + " sees.",
        sortOptions = false)
final class CameraCommand implements Runnable {
    private final Verbs verbs;

    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private WhichRecord which = new WhichRecord();

    CameraCommand(Verbs verbs) {
        this.verbs = verbs;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing command: uptime or relearn");
    }

    @Command(
            name = "uptime",
            description =
                    "The share of the last days in which each level was up: around the clock, and"
                            + " while the kitchen was open. What nobody knows counts as neither.",
            sortOptions = false)
    int uptime(
            @Parameters(
                            arity = "0..1",
                            paramLabel = "CAMERA",
                            description = "A camera or recorder; all of them without one.")
                    Optional<String> camera,
            @Option(
                            names = "--days",
                            defaultValue = "1",
                            paramLabel = "N",
                            description =
                                    "So many times 24 h, up to now (default: ${DEFAULT-VALUE}).")
                    String days,
            @Option(names = "--json", description = "For machines.") boolean json) {
        var words = new HashMap<String, String>();
        camera.ifPresent(c -> words.put("camera", c));
        words.put("days", days);
        if (json) {
            words.put("json", "true");
        }
        return ask(Act.UPTIME, words);
    }

    @Command(
            name = "relearn",
            description =
                    "A camera was turned on purpose: what it used to see is forgotten, so that it"
                            + " is not called moved, and is learned anew.",
            sortOptions = false)
    int relearn(
            @Parameters(paramLabel = "CAMERA", description = "A camera of the site file.")
                    String camera,
            @Option(names = "--by", required = true, paramLabel = "PERSON", description = Saying.BY)
                    String by,
            @Option(
                            names = "--reason",
                            required = true,
                            paramLabel = "TEXT",
                            description = Saying.WHY)
                    String reason) {
        return ask(Act.RELEARN, Map.of("camera", camera, "by", by, "reason", reason));
    }

    private int ask(Act act, Map<String, String> words) {
        var told = verbs.record(new RecordAsk(act, words, which.from()));
        return Saying.said(told, spec);
    }
}
