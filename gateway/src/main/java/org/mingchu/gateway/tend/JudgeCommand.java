package org.mingchu.gateway.tend;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Optional;

/**
 * {@code mingchu judge}: what would the rules have said, and which of them call people most?
 * Nothing is written. One thread.
 */
@Command(
        name = "judge",
        description = "What the rules would have said, and which call most; nothing is written.",
        sortOptions = false)
final class JudgeCommand implements Runnable {
    private static final String TIME = "2026-11-01, or 2026-11-01T06:30, in the kitchen's time.";
    private static final String PACK =
            "A rule pack instead of the one that the site names; it may have any name.";

    private final Verbs verbs;

    @Spec private CommandSpec spec = CommandSpec.create();

    JudgeCommand(Verbs verbs) {
        this.verbs = verbs;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing command: try, replay or load");
    }

    @Command(
            name = "try",
            description = {
                "Judge any recorded series: the readings of another logger, last year's, or made"
                        + " up.",
                "",
                "The file: a first line \"time\" and the ids of sensors of the site file, then a row"
                        + " for each round, oldest first. Times are ISO 8601, in the kitchen's time"
                        + " or with Z or +08:00 behind them. Values are degrees with a decimal"
                        + " point, as the logger showed them; doors 0 closed, 1 open; nothing where"
                        + " there was no value. Comma, semicolon or tab; UTF-8. Rows may be 1 s to"
                        + " 15 min apart, the period of each sensor is taken from them.",
                "",
                "Nobody was there to acknowledge: an alarm is acknowledged when its condition is"
                        + " gone.",
                ""
            },
            footer = {
                "",
                "Exit: 0 no alarm raised, 1 some, 2 the command, 3 the site file, the rule pack or"
                        + " the readings cannot be used."
            },
            sortOptions = false)
    int judge(
            @Option(
                            names = "--site",
                            required = true,
                            paramLabel = "FILE",
                            description = "What is installed: zone, units, sensors, overrides.")
                    Path site,
            @Option(
                            names = "--readings",
                            required = true,
                            paramLabel = "CSV",
                            description = "The series.")
                    Path readings,
            @Option(names = "--pack", paramLabel = "FILE", description = PACK) Optional<Path> pack,
            @Option(
                            names = "--from",
                            paramLabel = "TIME",
                            description = TIME + " What was before is not known.")
                    Optional<String> from,
            @Option(
                            names = "--to",
                            paramLabel = "TIME",
                            description = "Likewise, not included; a day to its end.")
                    Optional<String> to,
            @Option(
                            names = "--json",
                            description =
                                    "A line for each step of an alarm: kfs/alarm-event/1, marked"
                                            + " simulated.")
                    boolean json) {
        var out = spec.commandLine().getOut();
        var err = spec.commandLine().getErr();
        var exit =
                verbs.judge(
                        new TryAsk(site, readings, pack, from, to, json),
                        new Voice(out::println, err::println));
        out.flush();
        err.flush();
        return exit;
    }

    @Command(
            name = "replay",
            description = {
                "Hold today's rules against the recorded alarms, as far back as readings are raw."
            },
            footer = {
                "",
                "Exit: 0 no difference, 1 some, 2 the command, 3 the site file or the rule pack"
                        + " cannot be used, 6 no agent runs, 71 one runs and --offline was said."
            },
            sortOptions = false)
    int replay(
            @Mixin WhichRecord record,
            @Option(names = "--pack", paramLabel = "FILE", description = PACK) Optional<Path> pack,
            @Option(names = "--from", paramLabel = "TIME", description = TIME)
                    Optional<String> from,
            @Option(
                            names = "--to",
                            paramLabel = "TIME",
                            description = "Likewise, not included; a day to its end.")
                    Optional<String> to,
            @Option(names = "--json", description = "A line of JSON for each.") boolean json) {
        var words = new HashMap<String, String>();
        pack.ifPresent(file -> words.put("pack", file.toAbsolutePath().toString()));
        from.ifPresent(time -> words.put("from", time));
        to.ifPresent(time -> words.put("to", time));
        if (json) {
            words.put("json", "true");
        }
        return say(verbs.record(new RecordAsk(RecordAsk.Act.REPLAY, words, record.from())));
    }

    @Command(
            name = "load",
            description = {
                "The bad actors among the recorded alarms (ISA-18.2): which rules at which subjects"
                        + " call people most, and what to look at. It suggests, and changes no"
                        + " limit.",
                "",
                "A call is an alarm that is raised or sounds again. It chatters when it comes back"
                        + " within 60 min, and is stale when it stands for more than 24 h. Answered"
                        + " and stood are medians: until somebody acknowledged it, until it was"
                        + " gone.",
                ""
            },
            footer = {
                "",
                "Exit: 0 whatever was found, 2 the command, 3 the site file cannot be used, 6 no"
                        + " agent runs, 71 one runs and --offline was said."
            },
            sortOptions = false)
    int load(
            @Mixin WhichRecord record,
            @Option(
                            names = "--days",
                            paramLabel = "N",
                            description = "The last so many days, 1 to 366 (default: 7).")
                    Optional<String> days,
            @Option(
                            names = "--to",
                            paramLabel = "TIME",
                            description = TIME + " They end there, a day at its end; not now.")
                    Optional<String> to,
            @Option(names = "--json", description = "One object of JSON.") boolean json) {
        var words = new HashMap<String, String>();
        days.ifPresent(n -> words.put("days", n));
        to.ifPresent(time -> words.put("to", time));
        if (json) {
            words.put("json", "true");
        }
        return say(verbs.record(new RecordAsk(RecordAsk.Act.LOAD, words, record.from())));
    }

    private int say(Told told) {
        var answered = told.ok() || told.exitCode() == ExitCode.CHECK_FAILED;
        var stream = answered ? spec.commandLine().getOut() : spec.commandLine().getErr();
        told.lines().forEach(stream::println);
        stream.flush();
        return told.exitCode();
    }
}
