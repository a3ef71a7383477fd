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
import java.util.Optional;

/** {@code mingchu camera}: for how much of a time cameras were up. One thread. */
@Command(
        name = "camera",
        description = "For how much of a time cameras and recorders were up.",
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
        throw new ParameterException(spec.commandLine(), "Missing command: uptime");
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
        var told = verbs.record(new RecordAsk(Act.UPTIME, words, which.from()));
        var stream = told.ok() ? spec.commandLine().getOut() : spec.commandLine().getErr();
        told.lines().forEach(line -> stream.println((told.ok() ? "" : "mingchu: ") + line));
        stream.flush();
        return told.exitCode();
    }
}
