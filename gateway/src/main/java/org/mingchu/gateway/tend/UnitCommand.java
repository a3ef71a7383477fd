package org.mingchu.gateway.tend;

import org.mingchu.gateway.tend.RecordAsk.Act;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.Optional;

/** {@code mingchu unit}: what people do to a unit, so that it is judged as that. One thread. */
@Command(
        name = "unit",
        description =
                "What is done to a unit: it is shown grey, its alarms are hidden and counted.",
        sortOptions = false)
final class UnitCommand extends PeopleCommand {
    private static final String WHICH = "Its id in the site file.";
    private static final String LENGTH = "45m, 2h, 1h30m; longer than the rules allow is refused.";
    private static final String TO =
            "The unit that what was inside is moved to; needed where samples are kept.";

    UnitCommand(Verbs verbs) {
        super(verbs, "clean, load, stop, in-use or check");
    }

    @Command(name = "clean", description = "Cleaned, or defrosted by hand.", sortOptions = false)
    int clean(
            @Parameters(paramLabel = "UNIT", description = WHICH) String unit,
            @Option(names = "--by", required = true, paramLabel = "PERSON", description = Saying.BY)
                    String by,
            @Option(names = "--for", required = true, paramLabel = "TIME", description = LENGTH)
                    String time,
            @Option(names = "--moved-to", paramLabel = "UNIT", description = TO)
                    Optional<String> movedTo,
            @Option(
                            names = "--reason",
                            required = true,
                            paramLabel = "TEXT",
                            description = Saying.WHY)
                    String reason) {
        return ask(
                said("cleaning", unit, by)
                        .with("for", time)
                        .with("moved-to", movedTo)
                        .with("reason", reason));
    }

    @Command(name = "load", description = "Warm food is put in.", sortOptions = false)
    int load(
            @Parameters(paramLabel = "UNIT", description = WHICH) String unit,
            @Option(names = "--by", required = true, paramLabel = "PERSON", description = Saying.BY)
                    String by,
            @Option(names = "--for", required = true, paramLabel = "TIME", description = LENGTH)
                    String time,
            @Option(
                            names = "--reason",
                            required = true,
                            paramLabel = "TEXT",
                            description = Saying.WHY)
                    String reason) {
        return ask(said("loading", unit, by).with("for", time).with("reason", reason));
    }

    @Command(name = "stop", description = "Switched off until a date.", sortOptions = false)
    int stop(
            @Parameters(paramLabel = "UNIT", description = WHICH) String unit,
            @Option(names = "--by", required = true, paramLabel = "PERSON", description = Saying.BY)
                    String by,
            @Option(
                            names = "--until",
                            required = true,
                            paramLabel = "DATE",
                            description =
                                    "2026-12-01 (as that day begins), or 2026-12-01T06:30, in the"
                                            + " kitchen's time.")
                    String until,
            @Option(names = "--moved-to", paramLabel = "UNIT", description = TO)
                    Optional<String> movedTo,
            @Option(
                            names = "--reason",
                            required = true,
                            paramLabel = "TEXT",
                            description = Saying.WHY)
                    String reason) {
        return ask(
                said("stopped", unit, by)
                        .with("until", until)
                        .with("moved-to", movedTo)
                        .with("reason", reason));
    }

    @Command(
            name = "in-use",
            description = "What was done to it is over; food goes in once it is cold again.",
            sortOptions = false)
    int use(
            @Parameters(paramLabel = "UNIT", description = WHICH) String unit,
            @Option(names = "--by", required = true, paramLabel = "PERSON", description = Saying.BY)
                    String by,
            @Option(
                            names = "--reason",
                            paramLabel = "TEXT",
                            description = "What there is to say; may be left out.")
                    Optional<String> reason) {
        return ask(said("in-use", unit, by).with("reason", reason));
    }

    @Command(
            name = "check",
            description = "Somebody has looked at the food after an outage, and it is fit.",
            sortOptions = false)
    int check(
            @Parameters(paramLabel = "UNIT", description = WHICH) String unit,
            @Option(names = "--by", required = true, paramLabel = "PERSON", description = Saying.BY)
                    String by,
            @Option(
                            names = "--unfit",
                            description =
                                    "It is not fit: the unit stays in doubt; say what became of it.")
                    boolean unfit,
            @Option(
                            names = "--reason",
                            paramLabel = "TEXT",
                            description = "What was found; needed with --unfit.")
                    Optional<String> reason) {
        return ask(said("check", unit, by).marked("unfit", unfit).with("reason", reason));
    }

    private Saying said(String doing, String unit, String by) {
        return saying(Act.UNIT).with("act", doing).with("unit", unit).with("by", by);
    }
}
