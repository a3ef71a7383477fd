package org.mingchu.gateway.tend;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.util.Optional;
import java.util.concurrent.Callable;

/** {@code mingchu commission}: what of the first hour is done, and what comes next. One thread. */
@Command(
        name = "commission",
        description = {
            "From a blank card to a watched kitchen: every step, which of them are done, and the"
                    + " command that comes next. Changes nothing; call it after each step.",
            "Exit: 0 all is done, 1 something is left."
        },
        sortOptions = false)
final class CommissionCommand implements Callable<Integer> {
    private final Verbs verbs;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Mixin private WhichGateway gateway = new WhichGateway();

    @Option(
            names = "--language",
            paramLabel = "WORD",
            description = "zh-CN or en (default: the site's).")
    private Optional<String> language = Optional.empty();

    @Option(names = "--json", description = "For machines: everything, in both languages.")
    private boolean json;

    CommissionCommand(Verbs verbs) {
        this.verbs = verbs;
    }

    @Override
    public Integer call() {
        var told = verbs.firstHour().commission(gateway.asked(false, json, false, language));
        return Saying.found(told, spec);
    }
}
