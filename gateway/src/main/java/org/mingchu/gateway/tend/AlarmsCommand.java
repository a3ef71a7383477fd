package org.mingchu.gateway.tend;

import org.mingchu.gateway.tend.RecordAsk.Act;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.Optional;

/** {@code mingchu alarms}: those that are open, and what people say of them. One thread. */
@Command(
        name = "alarms",
        description = "The alarms that are open: take them, put them aside, let them go.",
        sortOptions = false)
final class AlarmsCommand extends PeopleCommand {
    private static final String WHICH =
            "SUBJECT/RULE, or at least 6 characters of its id; `mingchu alarms list` names all.";

    AlarmsCommand(Verbs verbs) {
        super(verbs, "list, acknowledge, shelve, unshelve or reset");
    }

    @Command(name = "list", description = "Every alarm that is not over, and how it stands.")
    int list(@Option(names = "--json", description = "For machines.") boolean json) {
        return ask(saying(Act.ALARMS).marked("json", json));
    }

    @Command(name = "acknowledge", description = "Say that somebody is on it.", sortOptions = false)
    int acknowledge(
            @Parameters(paramLabel = "ALARM", description = WHICH) String alarm,
            @Option(names = "--by", required = true, paramLabel = "PERSON", description = Saying.BY)
                    String by,
            @Option(
                            names = "--reason",
                            paramLabel = "TEXT",
                            description = "What is done about it; may be left out.")
                    Optional<String> reason) {
        return ask(said(Act.ACKNOWLEDGE, alarm, by).with("reason", reason));
    }

    @Command(
            name = "shelve",
            description = "Put it aside for a while; longer than its rule allows is refused.",
            sortOptions = false)
    int shelve(
            @Parameters(paramLabel = "ALARM", description = WHICH) String alarm,
            @Option(names = "--by", required = true, paramLabel = "PERSON", description = Saying.BY)
                    String by,
            @Option(
                            names = "--for",
                            required = true,
                            paramLabel = "TIME",
                            description = "45m, 2h, 1h30m; then it sounds again.")
                    String time,
            @Option(
                            names = "--once",
                            description = "It ends as well when the cause of the alarm has gone.")
                    boolean once,
            @Option(
                            names = "--reason",
                            required = true,
                            paramLabel = "TEXT",
                            description = Saying.WHY)
                    String reason) {
        return ask(
                said(Act.SHELVE, alarm, by)
                        .with("for", time)
                        .marked("once", once)
                        .with("reason", reason));
    }

    @Command(
            name = "unshelve",
            description = "Take up again what was put aside.",
            sortOptions = false)
    int unshelve(
            @Parameters(paramLabel = "ALARM", description = WHICH) String alarm,
            @Option(names = "--by", required = true, paramLabel = "PERSON", description = Saying.BY)
                    String by) {
        return ask(said(Act.UNSHELVE, alarm, by));
    }

    @Command(
            name = "reset",
            description = "Let an alarm go that stays until somebody has looked.",
            sortOptions = false)
    int reset(
            @Parameters(paramLabel = "ALARM", description = WHICH) String alarm,
            @Option(names = "--by", required = true, paramLabel = "PERSON", description = Saying.BY)
                    String by,
            @Option(
                            names = "--reason",
                            required = true,
                            paramLabel = "TEXT",
                            description = "What was found, in 1 to 200 characters.")
                    String reason) {
        return ask(said(Act.RESET, alarm, by).with("reason", reason));
    }

    private Saying said(Act act, String alarm, String by) {
        return saying(act).with("alarm", alarm).with("by", by);
    }
}
