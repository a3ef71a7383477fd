package org.mingchu.gateway.shipped;

import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.keep.LongRecord;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/**
 * What the gateway needs of a small board, beside the parts that nobody can leave out ({@link
 * BareParts}): its package, unpacked, with its own launcher and flags; the parts with the same jars
 * and flags; one broker, one machine, one run. Figures are the kernel's ({@link Weight}, {@link
 * Footprint}). Run by {@code gateway/bench footprint}, in the folder {@code gateway}.
 */
final class FootprintBench {
    private static final int USAGE = 2;
    private static final int MINUTES_MAX = 24 * 60;
    private static final int STARTS_MAX = 100;
    private static final int DAYS_MAX = 60;
    private static final int HOURS_MAX = 24 * 30;
    private static final int CHANNELS = 16;

    /** Two probes on each of 50 units, asked each second. */
    private static final int MANY_UNITS = 50;

    private static final int MANY = 2 * MANY_UNITS;

    private static final Duration STARTED = Duration.ofMinutes(3);
    private static final Duration DRAINED = Duration.ofMinutes(30);
    private static final Duration WARMING_UP = Duration.ofSeconds(30);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final Pattern SEQ = Pattern.compile("event=watching.* seq=(\\d+)");
    private static final Pattern WAITING = Pattern.compile("\"waiting\":(\\d+)");
    private static final Pattern HOUR =
            Pattern.compile(
                    "hour=(\\d+) rss_kib=(\\d+) pss_kib=(\\d+) written_bytes=(\\d+) entries=(\\d+)");

    private final Size size;
    private final Path folder;
    private final Path memory;
    private final BenchPackage shipped;
    private final Random chance = new Random(3);
    private final List<Row> rows = new ArrayList<>();

    /** How much of each there is. */
    private record Size(int minutes, int starts, int days, int hours) {}

    /** One line of the table. */
    private record Row(String what, String gateway, String bare, String ratio, String bar) {
        static Row of(String what, String format, double gateway, double bare, String bar) {
            return new Row(
                    what,
                    words(format, gateway),
                    words(format, bare),
                    words("%.2f", gateway / bare),
                    bar);
        }

        static Row of(String what, String format, double gateway, String bar) {
            return new Row(what, words(format, gateway), "", "", bar);
        }

        private static String words(String format, double figure) {
            return String.format(Locale.ROOT, format, figure);
        }

        void print() {
            System.out.printf("%-58s %10s %10s %6s  %s%n", what, gateway, bare, ratio, bar);
        }
    }

    /** One process in a measured time. */
    private static final class Watched {
        private final Program program;
        private Footprint begin;
        private Footprint end;
        private Weight first;
        private Weight last;

        Watched(Program program) {
            this.program = program;
        }

        void begin() {
            begin = Footprint.of(program.pid());
            first = Weight.of(program.pid());
        }

        void end() {
            end = Footprint.of(program.pid());
            last = Weight.of(program.pid());
        }

        double processorS() {
            return end.processor().minus(begin.processor()).toNanos() / 1e9;
        }

        double writtenMb() {
            return (last.writtenBytes() - first.writtenBytes()) / 1e6;
        }
    }

    /**
     * @param folder on a disk
     * @param memory a folder that is on none
     */
    private FootprintBench(Size size, Path folder, Path memory) {
        this.size = size;
        this.folder = folder;
        this.memory = memory;
        this.shipped = new BenchPackage(folder.resolve("package"), folder);
    }

    public static void main(String[] args) throws IOException {
        var minutes = 5;
        var starts = 5;
        var days = 8;
        var hours = 24;
        for (var i = 2; i < args.length; i += 2) {
            var value = i + 1 < args.length ? args[i + 1] : "";
            switch (args[i]) {
                case "--minutes" -> minutes = number(args[i], value, MINUTES_MAX);
                case "--starts" -> starts = number(args[i], value, STARTS_MAX);
                case "--days" -> days = number(args[i], value, DAYS_MAX);
                case "--hours" -> hours = number(args[i], value, HOURS_MAX);
                default ->
                        refuse(
                                ("'%s' is unknown; try --minutes N, --starts N, --days N or"
                                                + " --hours N")
                                        .formatted(args[i]));
            }
        }
        new FootprintBench(
                        new Size(minutes, starts, days, hours), Path.of(args[0]), Path.of(args[1]))
                .run();
    }

    private static int number(String option, String word, int most) {
        if (!word.matches("[1-9]\\d{0,3}") || Integer.parseInt(word) > most) {
            refuse("%s '%s': a number from 1 to %d".formatted(option, word, most));
        }
        return Integer.parseInt(word);
    }

    private static void refuse(String why) {
        System.err.println("bench footprint: " + why);
        System.exit(USAGE);
    }

    private void run() throws IOException {
        var cacheBytes = shipped.makeCache();
        try (var broker = Mosquitto.plain(Files.createDirectories(folder.resolve("broker")));
                var ear = new Ear(broker.port())) {
            starts(broker, ear);
            running(broker);
        }
        backlog();
        film("1s", "1 s");
        film("60s", "1 min");
        System.out.printf(
                Locale.ROOT,
                "%n%d processors, %s, %s; cache of the virtual machine %.1f MB%n",
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.arch"),
                System.getProperty("java.vm.version"),
                cacheBytes / 1e6);
        new Row("", "gateway", "bare parts", "ratio", "bar").print();
        rows.forEach(Row::print);
    }

    private void row(Row row) {
        rows.add(row);
        row.print();
    }

    // ---- start ------------------------------------------------------------------------------

    /**
     * Each start takes up what the last one has left, the first, which makes it, does not count;
     * the four take turns, so that what else the machine does is in all.
     */
    private void starts(Mosquitto broker, Ear ear) throws IOException {
        var plain = kitchen("plain", CHANNELS, "1s", broker.port());
        var cached = kitchen("cached", CHANNELS, "1s", broker.port());
        shipped.give(plain, false);
        var cache = folder.resolve("bare.aot");
        var seconds =
                List.of(
                        new ArrayList<Double>(),
                        new ArrayList<Double>(),
                        new ArrayList<Double>(),
                        new ArrayList<Double>());
        try (plain;
                cached) {
            start(plain, "plain", ear);
            bare(plain.program(), BenchPackage.making(cache), "bare-made", broker, ear);
            if (Files.notExists(cache)) {
                throw new AssertionError("the bare parts have made no cache");
            }
            plain.program().terminate();
            for (var turn = 0; turn <= size.starts; turn++) {
                var took =
                        List.of(
                                start(plain, "plain", ear),
                                bare(plain.program(), List.of(), "bare-plain", broker, ear),
                                start(cached, "cached", ear),
                                bare(
                                        plain.program(),
                                        BenchPackage.cached(cache),
                                        "bare-cached",
                                        broker,
                                        ear));
                plain.program().terminate();
                cached.program().terminate();
                for (var i = 0; turn > 0 && i < took.size(); i++) {
                    seconds.get(i).add(took.get(i));
                }
            }
        }
        row(
                Row.of(
                        "start to first reading at the broker, processor s",
                        "%.2f",
                        median(seconds.get(2)),
                        median(seconds.get(3)),
                        "<= 1.5 times"));
        row(
                Row.of(
                        "the same without a cache of the virtual machine",
                        "%.2f",
                        median(seconds.get(0)),
                        median(seconds.get(1)),
                        ""));
    }

    /** Starts it; the processor it has used when the broker passes on a reading of this life. */
    private static double start(Kitchen kitchen, String name, Ear ear) {
        kitchen.launch();
        var program = kitchen.program();
        Eventually.within(
                STARTED, "it watches", program::lines, () -> program.said("event=watching"));
        var began = number(SEQ, String.join("\n", program.lines()));
        Eventually.within(
                STARTED,
                "a reading of " + name,
                program::lines,
                () -> ear.highest(readings(name)) > began);
        return Footprint.of(program.pid()).processor().toNanos() / 1e9;
    }

    /** The same of the bare parts, which end in order. */
    private double bare(Program like, List<String> with, String name, Mosquitto broker, Ear ear) {
        var before = ear.messages(name);
        try (var parts = parts(like, with, name, broker, 0)) {
            Eventually.within(STARTED, name, parts::lines, () -> ear.messages(name) > before);
            var processor = Footprint.of(parts.pid()).processor();
            // Told by its handle: what still speaks while it makes a cache must be heard.
            parts.handle().destroy();
            Eventually.within(STARTED, name + " ends", parts::lines, () -> !parts.alive());
            return processor.toNanos() / 1e9;
        }
    }

    private Program parts(
            Program like, List<String> with, String name, Mosquitto broker, int readings) {
        return new Program(
                shipped.like(
                        like,
                        with,
                        BareParts.class.getName(),
                        folder.resolve(name + ".db").toString(),
                        "tcp://127.0.0.1:" + broker.port(),
                        name,
                        Integer.toString(readings)));
    }

    // ---- running ----------------------------------------------------------------------------

    private void running(Mosquitto broker) throws IOException {
        var second = kitchen("second", CHANNELS, "1s", broker.port());
        var minute = kitchen("minute", CHANNELS, "60s", broker.port());
        var many = kitchen("many", MANY_UNITS, "1s", broker.port());
        Files.writeString(many.site(), twoProbesEach(Files.readString(many.site())));
        warm(many, MANY);
        try (second;
                minute;
                many) {
            for (var kitchen : List.of(second, minute, many)) {
                kitchen.launch();
                Eventually.within(
                        STARTED,
                        "it watches",
                        kitchen.program()::lines,
                        () -> kitchen.program().said("event=watching"));
            }
            var cache = BenchPackage.cached(folder.resolve("bare.aot"));
            try (var idle = parts(second.program(), cache, "bare-idle", broker, 0);
                    var busy = parts(second.program(), cache, "bare-busy", broker, MANY)) {
                var all =
                        List.of(
                                new Watched(second.program()),
                                new Watched(minute.program()),
                                new Watched(many.program()),
                                new Watched(idle),
                                new Watched(busy));
                pass(WARMING_UP, () -> stir(second, many));
                all.forEach(Watched::begin);
                pass(Duration.ofMinutes(size.minutes), () -> stir(second, many));
                all.forEach(Watched::end);
                print(all.get(0), all.get(1), all.get(2), all.get(3), all.get(4));
            }
        }
    }

    private void print(Watched second, Watched minute, Watched many, Watched idle, Watched busy) {
        var seconds = Duration.ofMinutes(size.minutes).toSeconds();
        var minutes = size.minutes + " min";
        row(
                Row.of(
                        "PSS after " + minutes + ", 16 channels each second, MB",
                        "%.1f",
                        second.last.pssKb() / 1024.0,
                        idle.last.pssKb() / 1024.0,
                        "<= 1.3 times"));
        row(
                Row.of(
                        "RSS then, MB",
                        "%.1f",
                        second.last.residentKb() / 1024.0,
                        idle.last.residentKb() / 1024.0,
                        "<= 100 MB"));
        row(
                Row.of(
                        "RSS then, 16 channels each minute, MB",
                        "%.1f",
                        minute.last.residentKb() / 1024.0,
                        "<= 128 MB"));
        row(Row.of("threads", "%.0f", second.last.threads(), idle.last.threads(), ""));
        row(
                Row.of(
                        "processor, 16 channels each second, % of a core",
                        "%.2f",
                        second.processorS() / seconds * 100,
                        idle.processorS() / seconds * 100,
                        ""));
        row(
                Row.of(
                        "processor, 16 channels each minute, % of a core",
                        "%.2f", minute.processorS() / seconds * 100, "<= 5 %, a Pi 4's"));
        row(
                Row.of(
                        "processor s per 1000 readings at 100 a second",
                        "%.3f",
                        many.processorS() * 1000 / (seconds * MANY),
                        busy.processorS() * 1000 / (seconds * MANY),
                        "<= 0.3"));
        row(
                Row.of(
                        "RSS then, MB",
                        "%.1f",
                        many.last.residentKb() / 1024.0,
                        busy.last.residentKb() / 1024.0,
                        ""));
        row(
                Row.of(
                        "bytes written per reading then",
                        "%.0f",
                        many.writtenMb() * 1e6 / (seconds * MANY),
                        busy.writtenMb() * 1e6 / (seconds * MANY),
                        ""));
        row(
                Row.of(
                        "written, 16 channels each minute, MB a day at this rate",
                        "%.1f",
                        minute.writtenMb() * 24 * 60 / size.minutes,
                        "<= 50 MB"));
    }

    // ---- backlog ----------------------------------------------------------------------------

    /** Two gateways whose platform is away, one of them with readings of days; then it is back. */
    private void backlog() throws IOException {
        try (var broker = Mosquitto.plain(Files.createDirectories(folder.resolve("away")));
                var empty = kitchen("empty", CHANNELS, "1s", broker.port());
                var full = kitchen("full", CHANNELS, "1s", broker.port())) {
            broker.stop();
            Files.write(
                    Files.createDirectories(full.state()).resolve("journal.db"),
                    LongRecord.image(
                            size.days,
                            System.currentTimeMillis(),
                            List.of(new Fact.Started("before", true))));
            var readings = (long) size.days * LongRecord.DAY_READINGS;
            var words = "%,d readings that nobody has: ".formatted(readings);
            // Once for what the first start writes.
            for (var kitchen : List.of(empty, full)) {
                kept(kitchen);
                kitchen.program().terminate();
            }
            var emptyS = kept(empty);
            var fullS = kept(full);
            row(Row.of(words + "start, processor s", "%.2f", fullS, emptyS, "flat"));
            pass(WARMING_UP, () -> {});
            var emptyMb = Weight.of(empty.program().pid()).residentKb() / 1024.0;
            var fullMb = Weight.of(full.program().pid()).residentKb() / 1024.0;
            row(Row.of(words + "RSS, MB", "%.1f", fullMb, emptyMb, "flat"));
            drain(broker, full, readings, emptyMb);
        }
    }

    private void drain(Mosquitto broker, Kitchen full, long readings, double emptyMb)
            throws IOException {
        var watched = new Watched(full.program());
        var waiting = waiting(full);
        watched.begin();
        var startNs = System.nanoTime();
        broker.start();
        var highestKb = new long[1];
        Eventually.within(
                DRAINED,
                "the platform has all",
                () -> waiting(full),
                () -> {
                    LockSupport.parkNanos(LOOK_EVERY.toNanos());
                    highestKb[0] =
                            Math.max(highestKb[0], Weight.of(full.program().pid()).residentKb());
                    return waiting(full) <= CHANNELS;
                });
        var tookS = (System.nanoTime() - startNs) / 1e9;
        watched.end();
        row(
                Row.of(
                        "while they leave: highest RSS, MB",
                        "%.1f",
                        highestKb[0] / 1024.0,
                        emptyMb,
                        "flat"));
        row(
                Row.of(
                        "processor s per 1000 readings that leave",
                        "%.3f",
                        watched.processorS() * 1000 / readings,
                        ""));
        row(
                Row.of(
                        "readings a second that leave (%,d entries)".formatted(waiting),
                        "%.0f",
                        readings / tookS,
                        ""));
    }

    /** Starts it; the processor it has used when a reading of this life is kept. */
    private static double kept(Kitchen kitchen) {
        kitchen.launch();
        var program = kitchen.program();
        Eventually.within(
                STARTED, "it watches", program::lines, () -> program.said("event=watching"));
        var began = number(SEQ, String.join("\n", program.lines()));
        Eventually.within(
                STARTED, "a reading is kept", program::lines, () -> kitchen.kept() > began);
        return Footprint.of(program.pid()).processor().toNanos() / 1e9;
    }

    private static long waiting(Kitchen kitchen) {
        var state = WAITING.matcher(kitchen.tryGet("/api/state"));
        return state.find() ? Long.parseLong(state.group(1)) : Long.MAX_VALUE;
    }

    // ---- film -------------------------------------------------------------------------------

    /** A day cannot be waited for: the house in virtual time, in a process with the same flags. */
    private void film(String period, String words) throws IOException {
        try (var kitchen = kitchen("film-" + period, CHANNELS, period, 1)) {
            kitchen.launch();
            Eventually.within(
                    STARTED,
                    "it watches",
                    kitchen.program()::lines,
                    () -> kitchen.program().said("event=watching"));
            var state = Files.createDirectories(folder.resolve("film-" + period + "-state"));
            var command =
                    shipped.like(
                            kitchen.program(),
                            List.of(),
                            "org.mingchu.gateway.FilmDay",
                            kitchen.site().toString(),
                            shipped.rules().toString(),
                            state.toString(),
                            Integer.toString(size.hours));
            kitchen.program().terminate();
            var film = Program.run(command, DRAINED);
            var hours = HOUR.matcher(film.text()).results().toList();
            if (film.code() != 0 || hours.size() <= size.hours) {
                throw new AssertionError("the film ended: " + film.text());
            }
            var first = hours.get(1);
            var last = hours.getLast();
            var what = "film of %d h, 16 channels each %s: ".formatted(size.hours, words);
            row(
                    Row.of(
                            what + "RSS, MB",
                            "%.1f",
                            Long.parseLong(last.group(2)) / 1024.0,
                            "<= 100 MB"));
            row(
                    Row.of(
                            what + "growth since hour 1, MB",
                            "%.1f",
                            (Long.parseLong(last.group(2)) - Long.parseLong(first.group(2)))
                                    / 1024.0,
                            ""));
            row(
                    Row.of(
                            what + "written, MB a day",
                            "%.1f",
                            (Long.parseLong(last.group(4))
                                            - Long.parseLong(hours.getFirst().group(4)))
                                    / 1e6
                                    * 24
                                    / size.hours,
                            period.equals("60s") ? "<= 50 MB" : ""));
        }
    }

    // ---- kitchens ---------------------------------------------------------------------------

    private Kitchen kitchen(String name, int freezers, String period, int port) throws IOException {
        // The kernel's files are in memory, and so must its doubles be: lamps blink into them.
        var tree = Files.createDirectories(memory.resolve(name));
        Files.createSymbolicLink(
                Files.createDirectories(folder.resolve(name)).resolve("root"), tree);
        var kitchen =
                new Kitchen(
                        Files.createDirectories(folder.resolve(name)),
                        "cn-catering",
                        freezers,
                        Supervision.platform(port)
                                .replace("acknowledges = true", "acknowledges = false"),
                        "");
        var site = Files.readString(kitchen.site());
        Files.writeString(
                kitchen.site(),
                site.replace("gateway = \"gw-1\"", "gateway = \"%s\"".formatted(name))
                        .replace("period = \"1s\"", "period = \"%s\"".formatted(period)));
        shipped.give(kitchen, true);
        return kitchen;
    }

    private static String twoProbesEach(String site) {
        var more = site;
        for (var i = 1; i <= MANY_UNITS; i++) {
            var source = "  source = \"w1:%s\"\n".formatted(Kitchen.rom(i));
            more =
                    more.replace(
                            source,
                            source
                                    + """
                                      [[unit.sensor]]
                                      id = "freezer-%d-core"
                                      measures = "temperature"
                                      source = "w1:%s"
                                    """
                                            .formatted(i, Kitchen.rom(i + MANY_UNITS)));
        }
        return more;
    }

    private static String readings(String name) {
        return "kfs/v1/gz-liwan/gz-liwan-0042/%s/reading".formatted(name);
    }

    private void stir(Kitchen second, Kitchen many) {
        warm(second, CHANNELS);
        warm(many, MANY);
    }

    /** Sixteenths of a degree up and down. */
    private void warm(Kitchen kitchen, int probes) {
        for (var i = 1; i <= probes; i++) {
            kitchen.temperature(i, -18_000 + chance.nextInt(8) * 125 / 2);
        }
    }

    private static void pass(Duration time, Runnable look) {
        var startNs = System.nanoTime();
        for (var second = 1L; second <= time.dividedBy(LOOK_EVERY); second++) {
            look.run();
            var dueNs = startNs + TimeUnit.SECONDS.toNanos(second);
            for (var left = dueNs - System.nanoTime(); left > 0; left = dueNs - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
        }
    }

    private static double median(List<Double> figures) {
        return figures.stream().sorted().skip(figures.size() / 2).findFirst().orElseThrow();
    }

    private static long number(Pattern pattern, String text) {
        var found = pattern.matcher(text);
        if (!found.find()) {
            throw new AssertionError("no " + pattern + " in: " + text);
        }
        return Long.parseLong(found.group(1));
    }
}
