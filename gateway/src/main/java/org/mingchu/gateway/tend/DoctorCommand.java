package org.mingchu.gateway.tend;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.util.Optional;
import java.util.concurrent.Callable;

/** {@code mingchu doctor}: what is wrong with the machine and what to do. One thread. */
@Command(
        name = "doctor",
        description =
                "Say what is wrong with this gateway and what to do about it; within ten seconds."
                        + " Exit 0: nothing failed, 1: something did. The running agent tells what"
                        + " it knows; without one the rest is looked at all the same.",
        sortOptions = false)
final class DoctorCommand implements Callable<Integer> {
    private final Verbs verbs;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Mixin private WhichGateway gateway = new WhichGateway();

    @Option(names = "--offline", description = "Do not ask a running agent.")
    private boolean offline;

    @Option(names = "--all", description = "List what is fine or not fitted too.")
    private boolean all;

    @Option(
            names = "--language",
            paramLabel = "WORD",
            description = "zh-CN or en (default: the site's).")
    private Optional<String> language = Optional.empty();

    @Option(names = "--json", description = "For machines: everything, in both languages.")
    private boolean json;

    DoctorCommand(Verbs verbs) {
        this.verbs = verbs;
    }

    @Override
    public Integer call() {
        var told = verbs.doctor(gateway.asked(offline, json, all, language));
        return Saying.found(told, spec);
    }
}
