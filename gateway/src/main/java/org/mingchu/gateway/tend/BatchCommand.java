package org.mingchu.gateway.tend;

import org.mingchu.gateway.tend.RecordAsk.Act;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mingchu batch}: food of one cooking, from when it begins until it ends. One thread. */
@Command(
        name = "batch",
        description =
                "A batch of food: how long it has been in danger, and whether it cools in time.",
        sortOptions = false)
final class BatchCommand extends PeopleCommand {
    private static final String WHICH = "Its id, as on its lid: 1 to 40 of a-z, 0-9 and '-'.";

    BatchCommand(Verbs verbs) {
        super(verbs, "begin or end");
    }

    @Command(
            name = "begin",
            description = "It is followed from now on, or from when it is said to have begun.",
            sortOptions = false)
    int begin(
            @Parameters(paramLabel = "BATCH", description = WHICH) String batch,
            @Option(
                            names = "--in",
                            required = true,
                            paramLabel = "UNIT",
                            description = "The unit it is in, or the probe that is with it.")
                    String where,
            @Option(names = "--by", required = true, paramLabel = "PERSON", description = Saying.BY)
                    String by,
            @Option(
                            names = "--since",
                            defaultValue = "",
                            paramLabel = "TIME",
                            description =
                                    "When it began, as 2026-11-01T06:30, or how long ago, as 1h30m:"
                                            + " what its probe has told of that time counts, and"
                                            + " what it tells later.")
                    String since) {
        var begin = said("begin", batch, by).with("in", where);
        return ask(since.isEmpty() ? begin : begin.with("since", since));
    }

    @Command(
            name = "end",
            description = "It is served, put away or discarded; the record says what was found.",
            sortOptions = false)
    int end(
            @Parameters(paramLabel = "BATCH", description = WHICH) String batch,
            @Option(names = "--by", required = true, paramLabel = "PERSON", description = Saying.BY)
                    String by) {
        return ask(said("end", batch, by));
    }

    private Saying said(String act, String batch, String by) {
        return saying(Act.BATCH).with("act", act).with("batch", batch).with("by", by);
    }
}
