package org.mingchu.gateway.tend;

import org.mingchu.config.Checked;
import org.mingchu.config.Plan;
import org.mingchu.config.SensorPlan;
import org.mingchu.config.Site;
import org.mingchu.config.Source;
import org.mingchu.sensors.Reading;
import org.mingchu.sensors.kernel.BusSearch;
import org.mingchu.sensors.kernel.BusSearch.Found;
import org.mingchu.sensors.kernel.BusSearch.Seen;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

/** {@code mingchu sensors discover}: what hangs on the board, and which is which? One thread. */
@Command(
        name = "discover",
        description = {
            "What hangs on the board and what it says now; which of it is in the site file, and"
                    + " what of the site file is not there. Radio probes: mingchu sensors list.",
            "Exit: 0 all of it is well, 1 something is silent or missing, 4 there is nothing."
        },
        sortOptions = false)
final class DiscoverCommand implements Callable<Integer> {
    /** A hand warms a probe by some kelvin within so long; nobody stands there for longer. */
    private static final Duration WATCH_MAX = Duration.ofHours(1);

    private static final Duration EVERY = Duration.ofSeconds(1);

    /** Less is noise: a DS18B20 has steps of 0.0625 K, and two of them come and go. */
    private static final long CHANGED_MILLI = 250;

    private static final String CLEAR = "\u001b[H\u001b[2J";

    private final Verbs verbs;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--watch",
            description =
                    "Look again and again, greatest change first: hold one probe in your hand and"
                            + " see which it is. Ctrl-C ends it.")
    private boolean watch;

    @Option(
            names = "--for",
            paramLabel = "TIME",
            defaultValue = "5m",
            description = "How long to watch, 1s to 1h (default: ${DEFAULT-VALUE}).")
    private String time = "5m";

    @Option(
            names = "--site",
            paramLabel = "FILE",
            defaultValue = SiteWriting.SITE,
            description = "What is named already (default: ${DEFAULT-VALUE}).")
    private Path site = Path.of(SiteWriting.SITE);

    @Option(
            names = "--root",
            paramLabel = "DIR",
            defaultValue = "/",
            description = "Where the kernel's files are; other than / is a simulation.")
    private Path root = Path.of("/");

    @Option(names = "--json", description = "For machines; with --watch a line for each look.")
    private boolean json;

    DiscoverCommand(Verbs verbs) {
        this.verbs = verbs;
    }

    /**
     * A thing with what is known of it.
     *
     * @param changeMilli since the first look
     */
    private record Row(Found found, Optional<Named> named, long changeMilli) {
        Optional<Long> milli() {
            return found.reading() instanceof Reading.Measured m
                    ? Optional.of(m.rawMilli())
                    : Optional.empty();
        }
    }

    /** A sensor of the site file. */
    private record Named(String unit, String unitName, SensorPlan sensor) {}

    @Override
    public Integer call() {
        var named = named();
        var clock = verbs.firstHour().clock(root);
        var search = new BusSearch(root, clock);
        if (!watch) {
            return once(search.look(), named);
        }
        var length = length();
        var until = clock.now().upNs() + length.toNanos();
        var first = new HashMap<Source, Long>();
        while (true) {
            var seen = search.look();
            if (seen.found().isEmpty()) {
                return once(seen, named);
            }
            show(rows(seen, named, first));
            if (clock.now().upNs() + EVERY.toNanos() > until) {
                return ExitCode.OK;
            }
            verbs.firstHour().pause(EVERY);
        }
    }

    private Duration length() {
        try {
            var length = Duration.parse("PT" + time.toUpperCase(Locale.ROOT));
            if (length.compareTo(EVERY) >= 0 && length.compareTo(WATCH_MAX) <= 0) {
                return length;
            }
        } catch (DateTimeParseException _) {
            // said below
        }
        throw new CommandFailed(ExitCode.USAGE, "--for '" + time + "': expected 1s to 1h, as 90s");
    }

    /** Before there is a site file nothing is named; one that cannot be used is said. */
    private Map<Source, Named> named() {
        if (!Files.exists(site)) {
            return Map.of();
        }
        return switch (verbs.check(site, Optional.empty())) {
            case Checked.Good<Plan>(var plan, _) -> named(plan.site());
            case Checked.Bad<Plan>(_) -> {
                spec.commandLine()
                        .getErr()
                        .println(
                                "mingchu: %s cannot be used, so nothing of it is known: mingchu config check %s"
                                        .formatted(site, site));
                yield Map.of();
            }
        };
    }

    private static Map<Source, Named> named(Site site) {
        var named = new HashMap<Source, Named>();
        for (var unit : site.units()) {
            for (var sensor : unit.sensors()) {
                named.put(sensor.source(), new Named(unit.id(), unit.name(), sensor));
            }
        }
        return named;
    }

    private static List<Row> rows(Seen seen, Map<Source, Named> named, Map<Source, Long> first) {
        var rows = new ArrayList<Row>();
        for (var found : seen.found()) {
            var change = 0L;
            if (found.reading() instanceof Reading.Measured m) {
                var before = Optional.ofNullable(first.putIfAbsent(found.source(), m.rawMilli()));
                change = m.rawMilli() - before.orElse(m.rawMilli());
            }
            rows.add(new Row(found, Optional.ofNullable(named.get(found.source())), change));
        }
        return rows;
    }

    private void show(List<Row> rows) {
        var sorted =
                rows.stream()
                        .sorted(
                                Comparator.comparingLong((Row row) -> Math.abs(row.changeMilli()))
                                        .reversed())
                        .toList();
        var out = spec.commandLine().getOut();
        if (json) {
            out.println(json(sorted, List.of(), Optional.empty()));
        } else {
            if (verbs.onTerminal()) {
                out.print(CLEAR);
            }
            sorted.forEach(row -> out.println(line(row, true)));
            out.println(
                    sorted.getFirst().changeMilli() >= CHANGED_MILLI
                            ? "→ " + sorted.getFirst().found().source().written() + " is warming"
                            : "hold one probe in your hand; Ctrl-C ends");
        }
        out.flush();
    }

    private int once(Seen seen, Map<Source, Named> named) {
        var rows = rows(seen, named, new HashMap<>());
        var missing =
                named.entrySet().stream()
                        .filter(one -> searched(one.getKey()))
                        .filter(one ->
                                rows.stream()
                                        .noneMatch(r -> r.found().source().equals(one.getKey())))
                        .map(Map.Entry::getValue)
                        .sorted(Comparator.comparing(one -> one.sensor().id()))
                        .toList();
        if (json) {
            spec.commandLine().getOut().println(json(rows, missing, Optional.of(seen)));
        } else {
            say(seen, rows, missing);
        }
        spec.commandLine().getOut().flush();
        if (rows.isEmpty()) {
            return ExitCode.DEVICE_UNREACHABLE;
        }
        return missing.isEmpty() && rows.stream().allMatch(row -> row.milli().isPresent())
                ? ExitCode.OK
                : ExitCode.CHECK_FAILED;
    }

    private static boolean searched(Source source) {
        return switch (source) {
            case Source.W1 _, Source.Hwmon _, Source.Iio _ -> true;
            case Source.Gpio _, Source.I2c _, Source.Spi _, Source.Modbus _ -> false;
            case Source.Coap _, Source.Mqtt _ -> false;
        };
    }

    private void say(Seen seen, List<Row> rows, List<Named> missing) {
        var out = spec.commandLine().getOut();
        var err = spec.commandLine().getErr();
        rows.forEach(row -> out.println(line(row, false)));
        seen.strangers().forEach(code -> err.println(code + ": on 1-Wire, and no DS18B20"));
        missing.forEach(one ->
                err.println(
                        "missing: %s of %s, %s: look at its plug and wires; after a change of probe mend the site file"
                                .formatted(
                                        one.sensor().id(),
                                        one.unit(),
                                        one.sensor().source().written())));
        switch (seen.oneWire()) {
            case OFF ->
                    err.println(
                            "mingchu: no 1-Wire bus: sudo mingchu board apply, sudo reboot, mingchu"
                                    + " board verify");
            case EMPTY ->
                    err.println(
                            "mingchu: nothing answers on 1-Wire: look at plug, 4.7 kΩ pull-up and"
                                    + " the wires: mingchu board plan --svg wiring.svg");
            case USED -> {}
        }
        rows.stream()
                .filter(row -> row.named().isEmpty())
                .findFirst()
                .ifPresent(row ->
                        err.println(
                                "which is which: sudo mingchu sensors discover --watch; then: sudo"
                                        + " mingchu sensors name "
                                        + row.found().source().written()
                                        + " --unit fridge-1 --kind chilled --name 冰箱"));
    }

    private static String line(Row row, boolean changing) {
        var who =
                row.named()
                        .map(n -> n.sensor().id() + " (" + n.unitName() + ")")
                        .orElse("not in the site file");
        var change = changing ? "%+8.2f  ".formatted(row.changeMilli() / 1000.0) : "";
        return "%-24s %10s  %s%s"
                .formatted(row.found().source().written(), value(row), change, who);
    }

    private static String value(Row row) {
        return switch (row.found().reading()) {
            case Reading.Measured m -> {
                var unit = m.quantity().senmlUnit();
                yield String.format(Locale.ROOT, "%.2f ", m.rawMilli() / 1000.0)
                        + (unit.equals("Cel") ? "°C" : unit);
            }
            case Reading.Silent(_, var fault, var detail) -> fault.word() + ": " + detail;
            case Reading.Seen _ -> throw new IllegalStateException("no camera hangs on a bus");
        };
    }

    private static String json(List<Row> rows, List<Named> missing, Optional<Seen> seen) {
        var text = new StringWriter();
        try (var out = new JsonFactory().createGenerator(ObjectWriteContext.empty(), text)) {
            out.writeStartObject();
            out.writeStringProperty("schema", "kfs/sensors-discover/1");
            seen.ifPresent(s -> {
                out.writeStringProperty("one_wire", s.oneWire().name().toLowerCase(Locale.ROOT));
                out.writeArrayPropertyStart("strangers");
                s.strangers().forEach(out::writeString);
                out.writeEndArray();
            });
            out.writeArrayPropertyStart("found");
            rows.forEach(row -> write(out, row));
            out.writeEndArray();
            if (seen.isPresent()) {
                out.writeArrayPropertyStart("missing");
                missing.forEach(one -> out.writeString(one.sensor().id()));
                out.writeEndArray();
            }
            out.writeEndObject();
        }
        return text.toString();
    }

    private static void write(JsonGenerator out, Row row) {
        out.writeStartObject();
        out.writeStringProperty("source", row.found().source().written());
        out.writeStringProperty("measures", row.found().measures().word());
        switch (row.found().reading()) {
            case Reading.Measured m -> out.writeNumberProperty("milli", m.rawMilli());
            case Reading.Silent(_, var fault, var detail) ->
                    out.writeStringProperty("fault", fault.word())
                            .writeStringProperty("detail", detail);
            case Reading.Seen _ -> throw new IllegalStateException("no camera hangs on a bus");
        }
        out.writeNumberProperty("change_milli", row.changeMilli());
        row.named()
                .ifPresent(n ->
                        out.writeStringProperty("sensor", n.sensor().id())
                                .writeStringProperty("unit", n.unit()));
        out.writeEndObject();
    }
}
