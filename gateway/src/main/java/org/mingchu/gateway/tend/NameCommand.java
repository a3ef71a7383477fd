package org.mingchu.gateway.tend;

import org.mingchu.config.Checked;
import org.mingchu.config.Plan;
import org.mingchu.config.Quantity;
import org.mingchu.config.Site;
import org.mingchu.config.UnitKind;
import org.mingchu.config.draft.NamedSensor;
import org.mingchu.config.draft.NamedSensor.FreshUnit;
import org.mingchu.config.draft.Naming;
import org.mingchu.config.draft.Naming.Outcome;
import org.mingchu.sensors.kernel.BusSearch;

import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code mingchu sensors name}: what hangs there is put into the site file. One thread. */
@Command(
        name = "name",
        description = {
            "Put a probe or contact into the site file, and its unit where that is new. The whole"
                    + " file is checked first; the rest of it stays byte for byte.",
            "Exit: 0 written, 1 it makes no sense, 3 the file could not be used so; then nothing"
                    + " is written."
        },
        sortOptions = false)
final class NameCommand implements Callable<Integer> {
    private static final String PROBE = "w1:";

    private final Verbs verbs;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(
            paramLabel = "SOURCE",
            description =
                    "As `mingchu sensors discover` has it: w1:28-0316a2795d01; a contact:"
                            + " gpio:17.")
    private String source = "";

    @Option(
            names = "--unit",
            required = true,
            paramLabel = "UNIT",
            description = "The unit it belongs to: fridge-1.")
    private String unit = "";

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            converter = KindWord.class,
            description =
                    "A new unit's: chilled, freezer, sample-fridge, hot-holding, disinfection,"
                            + " transit-box or ambient.")
    private Optional<UnitKind> kind = Optional.empty();

    @Option(names = "--name", paramLabel = "NAME", description = "A new unit's, for people: 冰箱.")
    private Optional<String> name = Optional.empty();

    @Option(
            names = "--place",
            paramLabel = "TEXT",
            description = "Where a new unit stands; may be left out.")
    private Optional<String> place = Optional.empty();

    @Option(
            names = "--measures",
            paramLabel = "WHAT",
            converter = QuantityWord.class,
            description =
                    "temperature, humidity, door, mains, smoke, gas, water or defrost (default: by"
                            + " the source).")
    private Optional<Quantity> measures = Optional.empty();

    @Option(
            names = "--id",
            paramLabel = "ID",
            description = "Of the sensor (default: UNIT-air, UNIT-door …).")
    private Optional<String> id = Optional.empty();

    @Option(names = "--inverted", description = "Of a contact: open means a closed door.")
    private boolean inverted;

    @Option(
            names = "--site",
            paramLabel = "FILE",
            defaultValue = SiteWriting.SITE,
            description = "The site file (default: ${DEFAULT-VALUE}).")
    private Path site = Path.of(SiteWriting.SITE);

    @Option(
            names = "--root",
            paramLabel = "DIR",
            defaultValue = "/",
            description = "Where the kernel's files are (default: ${DEFAULT-VALUE}).")
    private Path root = Path.of("/");

    @Option(
            names = "--force",
            description = "Also a probe that does not answer while others on the bus do.")
    private boolean force;

    @Option(names = "--dry-run", description = "Show the difference, write nothing.")
    private boolean dryRun;

    @Option(names = "--json", description = "For machines.")
    private boolean json;

    NameCommand(Verbs verbs) {
        this.verbs = verbs;
    }

    @Override
    public Integer call() {
        var writing = new SiteWriting(spec, "kfs/sensors-name/1", json);
        var before =
                switch (verbs.check(site, Optional.empty())) {
                    case Checked.Good<Plan> good -> good;
                    case Checked.Bad<Plan>(var problems) ->
                            throw writing.refused(
                                    problems,
                                    site
                                            + ": cannot be used as it is, mend that first; or make a"
                                            + " first one: mingchu site new");
                };
        var named = named(before.value().site());
        if (!force) {
            mustAnswer(named.source());
        }
        return switch (Naming.of(site, SiteWriting.text(site), named, this::reading)) {
            case Outcome.Possible(var change, var remarks) -> {
                var fresh = remarks.stream().filter(r -> !before.remarks().contains(r)).toList();
                yield dryRun ? writing.shown(change, fresh) : writing.written(change, fresh);
            }
            case Outcome.Broken(var problems) ->
                    throw writing.refused(problems, site + ": cannot be used as it is");
            case Outcome.Refused(var problems, var change) -> {
                if (!json) {
                    spec.commandLine().getErr().print(change.diff());
                }
                throw writing.refused(
                        problems, site + " is as it was; with these lines it could not be used");
            }
            case Outcome.Senseless(var why) -> throw new CommandFailed(ExitCode.CHECK_FAILED, why);
        };
    }

    /** A slip in the number of a probe would be a sensor that never answers, beside one unnamed. */
    private void mustAnswer(String from) {
        if (!from.startsWith(PROBE)) {
            return;
        }
        var there =
                new BusSearch(root, verbs.firstHour().clock(root))
                        .look().found().stream()
                                .map(found -> found.source().written())
                                .filter(other -> other.startsWith(PROBE))
                                .toList();
        if (!there.isEmpty() && !there.contains(from)) {
            throw new CommandFailed(
                    ExitCode.CHECK_FAILED,
                    "%s does not answer; there is: %s. Nothing was written; a probe that comes later is named with --force"
                            .formatted(from, String.join(", ", there)));
        }
    }

    private Checked<Plan> reading(String text) {
        return verbs.firstHour().checkText(site, Optional.empty(), text);
    }

    private NamedSensor named(Site before) {
        var from = written(source);
        var what = measures.orElseGet(() -> usual(from));
        return new NamedSensor(
                unit, fresh(), id.orElseGet(() -> free(before, what)), what, from, inverted);
    }

    /** A new unit needs both; one of them alone is a slip. */
    private Optional<FreshUnit> fresh() {
        if (kind.isEmpty() && name.isEmpty() && place.isEmpty()) {
            return Optional.empty();
        }
        if (kind.isEmpty() || name.isEmpty()) {
            throw new CommandFailed(
                    ExitCode.USAGE, "a new unit needs both --kind and --name, such as --name 冰箱");
        }
        return Optional.of(new FreshUnit(kind.get(), name.get(), place));
    }

    /** Labels have the number alone, and in capitals. */
    private static String written(String word) {
        var lower = word.strip().toLowerCase(Locale.ROOT);
        if (lower.matches("28-[0-9a-f]{12}")) {
            return PROBE + lower;
        }
        return lower.startsWith(PROBE) ? lower : word.strip();
    }

    private static Quantity usual(String source) {
        if (source.startsWith("gpio:")) {
            return Quantity.DOOR;
        }
        return source.contains("humidity") ? Quantity.HUMIDITY : Quantity.TEMPERATURE;
    }

    private String free(Site before, Quantity what) {
        var base = unit + "-" + (what == Quantity.TEMPERATURE ? "air" : what.word());
        var taken = ids(before);
        return Stream.concat(
                        Stream.of(base), Stream.iterate(2, n -> n + 1).map(n -> base + "-" + n))
                .filter(candidate -> !taken.contains(candidate))
                .findFirst()
                .orElseThrow();
    }

    private static Set<String> ids(Site site) {
        var ids = new HashSet<String>();
        for (var unit : site.units()) {
            ids.add(unit.id());
            unit.sensors().forEach(sensor -> ids.add(sensor.id()));
        }
        site.cameras().forEach(camera -> ids.add(camera.id()));
        return ids;
    }

    private static <T> T one(String word, List<T> all, Function<T, String> words, String what) {
        return all.stream()
                .filter(one -> words.apply(one).equals(word))
                .findFirst()
                .orElseThrow(() ->
                        new TypeConversionException(
                                "'%s' is not %s; expected one of: %s"
                                        .formatted(
                                                word,
                                                what,
                                                all.stream()
                                                        .map(words)
                                                        .collect(Collectors.joining(", ")))));
    }

    /** Reads what a unit does with food. */
    static final class KindWord implements ITypeConverter<UnitKind> {
        @Override
        public UnitKind convert(String word) {
            return one(word, List.of(UnitKind.values()), UnitKind::word, "a kind of unit");
        }
    }

    /** Reads what a sensor measures. */
    static final class QuantityWord implements ITypeConverter<Quantity> {
        @Override
        public Quantity convert(String word) {
            return one(word, List.of(Quantity.values()), Quantity::word, "anything measured");
        }
    }
}
