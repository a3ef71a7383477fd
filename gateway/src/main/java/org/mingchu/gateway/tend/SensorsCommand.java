package org.mingchu.gateway.tend;

import org.mingchu.gateway.tend.RecordAsk.Act;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.Optional;

/** {@code mingchu sensors}: which are out of service. One thread. */
@Command(
        name = "sensors",
        description = "Take a sensor or camera out of service, or put it back.",
        sortOptions = false)
final class SensorsCommand extends PeopleCommand {
    private static final String WHICH = "A sensor or camera; `mingchu journal last` names all.";

    SensorsCommand(Verbs verbs) {
        super(verbs, "out or in");
    }

    @Command(
            name = "out",
            description = "It is taken out of service: what it says alarms nobody.",
            sortOptions = false)
    int out(
            @Parameters(paramLabel = "SENSOR", description = WHICH) String sensor,
            @Option(names = "--by", required = true, paramLabel = "PERSON", description = Saying.BY)
                    String by,
            @Option(
                            names = "--due",
                            required = true,
                            paramLabel = "DATE",
                            description =
                                    "When it is to be back: 2026-12-01 (by the end of that day), or"
                                            + " 2026-12-01T06:30.")
                    String due,
            @Option(
                            names = "--reason",
                            required = true,
                            paramLabel = "TEXT",
                            description = Saying.WHY)
                    String reason) {
        return ask(said("out", sensor, by).with("due", due).with("reason", reason));
    }

    @Command(name = "in", description = "It is put back into service.", sortOptions = false)
    int in(
            @Parameters(paramLabel = "SENSOR", description = WHICH) String sensor,
            @Option(names = "--by", required = true, paramLabel = "PERSON", description = Saying.BY)
                    String by,
            @Option(
                            names = "--reason",
                            paramLabel = "TEXT",
                            description = "What was done; may be left out.")
                    Optional<String> reason) {
        return ask(said("in", sensor, by).with("reason", reason));
    }

    private Saying said(String act, String sensor, String by) {
        return saying(Act.SENSOR).with("act", act).with("sensor", sensor).with("by", by);
    }
}
