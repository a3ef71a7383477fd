package org.mingchu.gateway.tend;

import org.mingchu.config.Checked;
import org.mingchu.config.Plan;
import org.mingchu.config.SiteKind;
import org.mingchu.config.board.Change;
import org.mingchu.config.draft.FirstSite;

import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** {@code mingchu site}: the first site file of a kitchen. One thread. */
@Command(name = "site", description = "Make a kitchen's first site file, or put in a checked one.")
final class SiteCommand implements Runnable {
    private final Verbs verbs;

    @Spec private CommandSpec spec = CommandSpec.create();

    SiteCommand(Verbs verbs) {
        this.verbs = verbs;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing command: new or use");
    }

    @Command(
            name = "new",
            description = {
                "Make the first site file of a kitchen out of a few answers; at a terminal it asks"
                        + " for what is not given. Units and probes come with `mingchu sensors"
                        + " name`.",
                "Exit: 0 written, 2 something is missing or a file is there already, 3 an answer"
                        + " cannot be used; then nothing is written."
            },
            sortOptions = false)
    int fresh(
            @Parameters(
                            paramLabel = "FILE",
                            defaultValue = SiteWriting.SITE,
                            arity = "0..1",
                            description = "Where to (default: ${DEFAULT-VALUE}).")
                    Path file,
            @Option(
                            names = "--id",
                            paramLabel = "ID",
                            description =
                                    "Of the kitchen, part of every message: gz-liwan-0042 (a-z, 0-9"
                                            + " and '-').")
                    Optional<String> id,
            @Option(
                            names = "--area",
                            paramLabel = "ID",
                            description = "The supervising district: gz-liwan.")
                    Optional<String> area,
            @Option(names = "--name", paramLabel = "NAME", description = "Of the kitchen: 逢源街长者饭堂.")
                    Optional<String> name,
            @Option(
                            names = "--kind",
                            paramLabel = "KIND",
                            converter = KindWord.class,
                            description =
                                    "dining-hall, central-kitchen, transit or mini (one lamp, one"
                                            + " button, a page of three pictures).")
                    Optional<SiteKind> kind,
            @Option(
                            names = "--platform",
                            paramLabel = "URL",
                            description =
                                    "Where messages go: mqtts://host:8883; may be left out, then"
                                            + " nobody outside is told.")
                    Optional<String> platform,
            @Option(
                            names = "--gateway",
                            paramLabel = "ID",
                            defaultValue = "gw-1",
                            description = "Within the kitchen (default: ${DEFAULT-VALUE}).")
                    String gateway,
            @Option(
                            names = "--zone",
                            paramLabel = "ZONE",
                            defaultValue = "Asia/Shanghai",
                            description = "Its time zone (default: ${DEFAULT-VALUE}).")
                    String zone,
            @Option(
                            names = "--language",
                            paramLabel = "WORD",
                            defaultValue = "zh-CN",
                            description = "zh-CN or en (default: ${DEFAULT-VALUE}).")
                    String language,
            @Option(
                            names = "--rules",
                            paramLabel = "PACK",
                            defaultValue = "cn-catering",
                            description = "The rule pack (default: ${DEFAULT-VALUE}).")
                    String rules,
            @Option(
                            names = "--page",
                            paramLabel = "HOST:PORT",
                            defaultValue = "127.0.0.1:8080",
                            description =
                                    "Where the kitchen's page listens (default: ${DEFAULT-VALUE},"
                                            + " for a panel at the board alone).")
                    String page,
            @Option(names = "--json", description = "For machines; asks nothing.") boolean json) {
        if (Files.exists(file)) {
            throw new CommandFailed(
                    ExitCode.USAGE,
                    file
                            + ": is there already and stays; name another, or go on with it: mingchu"
                            + " config check "
                            + file);
        }
        var asking = new Asking(json);
        var first =
                new FirstSite(
                        asking.need("--id", "厨房编号 kitchen id (gz-liwan-0042)", id),
                        asking.need("--area", "辖区编号 district id (gz-liwan)", area),
                        gateway,
                        asking.need("--name", "厨房名称 name of the kitchen", name),
                        kind.orElseGet(asking::kind),
                        zone,
                        language,
                        rules,
                        page,
                        platform.or(asking::platform));
        asking.end();
        var writing = new SiteWriting(spec, "kfs/site-new/1", json);
        return switch (verbs.firstHour().checkText(file, Optional.empty(), first.text())) {
            case Checked.Bad<Plan>(var problems) ->
                    throw writing.refused(
                            problems,
                            "nothing written: with these answers it could not be used; the lines"
                                    + " are those it would have");
            case Checked.Good<Plan>(_, var remarks) ->
                    writing.written(
                            new Change(file, Optional.empty(), SiteWriting.bytes(first.text())),
                            remarks);
        };
    }

    @Command(
            name = "use",
            description = {
                "Put a changed copy in the place of the site file, in one step, if all of it can be"
                        + " used; the old one stays beside it.",
                "Exit: 0 written or the same, 3 it cannot be used; then the old one stays."
            },
            sortOptions = false)
    int use(
            @Parameters(paramLabel = "FILE", description = "The changed copy.") Path copy,
            @Option(
                            names = "--site",
                            paramLabel = "FILE",
                            defaultValue = SiteWriting.SITE,
                            description = "The file it replaces (default: ${DEFAULT-VALUE}).")
                    Path site,
            @Option(names = "--dry-run", description = "Show the difference, write nothing.")
                    boolean dryRun,
            @Option(names = "--json", description = "For machines.") boolean json) {
        var before =
                Files.exists(site) ? Optional.of(SiteWriting.text(site)) : Optional.<String>empty();
        var after = SiteWriting.text(copy);
        var writing = new SiteWriting(spec, "kfs/site-use/1", json);
        return switch (verbs.firstHour().checkText(site, Optional.empty(), after)) {
            case Checked.Bad<Plan>(var problems) ->
                    throw writing.refused(
                            problems, site + " is as it was; the lines are those of " + copy);
            case Checked.Good<Plan>(_, var remarks) -> {
                var change =
                        new Change(site, before.map(SiteWriting::bytes), SiteWriting.bytes(after));
                if (before.equals(Optional.of(after))) {
                    spec.commandLine().getErr().println("nothing to change");
                    yield ExitCode.OK;
                }
                yield dryRun ? writing.shown(change, remarks) : writing.written(change, remarks);
            }
        };
    }

    /** Asks at a terminal for what is missing, and names all of it where nobody can be asked. */
    private final class Asking {
        private final boolean mute;
        private final List<String> missing = new ArrayList<>();

        Asking(boolean mute) {
            this.mute = mute;
        }

        String need(String option, String words, Optional<String> given) {
            var answer = given.or(() -> ask(words));
            if (answer.isEmpty()) {
                missing.add(option);
            }
            return answer.orElse("");
        }

        SiteKind kind() {
            return ask("类型 kind (dining-hall, central-kitchen, transit, mini) [dining-hall]")
                    .map(this::kind)
                    .orElse(SiteKind.DINING_HALL);
        }

        private SiteKind kind(String word) {
            try {
                return new KindWord().convert(word);
            } catch (TypeConversionException e) {
                throw new CommandFailed(ExitCode.USAGE, e);
            }
        }

        Optional<String> platform() {
            return ask("监管平台 platform (mqtts://host:8883; 空 empty: none)");
        }

        private Optional<String> ask(String words) {
            return mute
                    ? Optional.empty()
                    : verbs.firstHour()
                            .line(words + ": ")
                            .map(String::strip)
                            .filter(answer -> !answer.isEmpty())
                            .map(Asking::legible);
        }

        private static String legible(String answer) {
            if (Line.isGarbled(answer)) {
                throw new CommandFailed(
                        ExitCode.USAGE,
                        "'%s' did not arrive as UTF-8, its signs are lost; nothing written: set the terminal to UTF-8 and try again"
                                .formatted(answer));
            }
            return answer;
        }

        void end() {
            if (!missing.isEmpty()) {
                throw new CommandFailed(
                        ExitCode.USAGE,
                        "missing: "
                                + String.join(", ", missing)
                                + "; mingchu site new --help says what they are");
            }
        }
    }

    /** Reads what kind of kitchen it is. */
    static final class KindWord implements ITypeConverter<SiteKind> {
        @Override
        public SiteKind convert(String word) {
            return Arrays.stream(SiteKind.values())
                    .filter(kind -> kind.word().equals(word))
                    .findFirst()
                    .orElseThrow(() ->
                            new TypeConversionException(
                                    "'%s' is not a kind of kitchen; expected one of: %s"
                                            .formatted(
                                                    word,
                                                    Arrays.stream(SiteKind.values())
                                                            .map(SiteKind::word)
                                                            .collect(Collectors.joining(", ")))));
        }
    }
}
