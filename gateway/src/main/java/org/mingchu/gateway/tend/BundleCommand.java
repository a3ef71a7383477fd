package org.mingchu.gateway.tend;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/** {@code mingchu support-bundle}: one file for whoever helps from afar. One thread. */
@Command(
        name = "support-bundle",
        description =
                "Put what a helper needs into one ZIP file: the doctor's findings, how the record,"
                        + " alarms and sensors stand, the site file, the log, and what lies in the"
                        + " state folder by name and size. Passwords, keys, tokens, names, telephone"
                        + " and identity numbers are taken out. No reading and no picture goes in."
                        + " Where a file of secrets cannot be read, what could hold them stays out,"
                        + " and that is said; exit 1.",
        sortOptions = false)
final class BundleCommand implements Callable<Integer> {
    private final Verbs verbs;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Mixin private WhichGateway gateway = new WhichGateway();

    @Parameters(paramLabel = "FILE", description = "Where to; it must not be there yet.")
    private Path file = Path.of("mingchu-support.zip");

    @Option(
            names = "--log",
            paramLabel = "FILE",
            description =
                    "A file of log lines; may be given several times. On a machine with systemd the"
                            + " unit's last lines go in by themselves.")
    private List<Path> logs = List.of();

    BundleCommand(Verbs verbs) {
        this.verbs = verbs;
    }

    @Override
    public Integer call() {
        var whom = gateway.asked(false, true, true, Optional.empty());
        var told =
                verbs.bundle(
                        new BundleAsk(file, whom, Optional.ofNullable(logs).orElse(List.of())));
        return Saying.said(told, spec);
    }
}
