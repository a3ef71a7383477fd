package org.mingchu.gateway.shipped;

import org.mingchu.config.CameraVerdict;
import org.mingchu.gateway.judge.Entry;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.sensors.Reading;
import org.mingchu.simulator.wire.Camera;
import org.mingchu.simulator.wire.FreePort;
import org.mingchu.simulator.wire.Recorder;
import org.mingchu.simulator.wire.SceneCamera;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What radio probes and cameras cost the shipped program: one agent that has them beside one that
 * has none, at the same time on the same machine, and whether a reading was lost. Run by {@code
 * gateway/bench radio}, in the folder {@code gateway}.
 */
final class RadioBench {
    private static final int USAGE = 2;
    private static final int LOST = 1;
    private static final int MINUTES_MAX = 600;
    private static final int CAMERAS_MAX = 64;
    private static final int SENSORS_PER_UNIT = 16;

    /** As a battery probe does. */
    private static final int EVERY_S = 60;

    private static final int EVERY_S_MAX = 3_600;
    private static final Duration STARTED = Duration.ofMinutes(3);
    private static final Duration WARMING_UP = Duration.ofMinutes(1);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    /** No camera shows the same picture twice in a row: one is asked for once a minute. */
    private static final Duration PICTURE_EVERY = Duration.ofSeconds(20);

    private static final int PICTURES = 8;
    private static final Pattern TROUBLE = Pattern.compile(" (?:WARN|ERROR) ");
    private static final Camera.Login LOGIN = new Camera.Login("viewer", "k2-north-door");

    private final Size size;
    private final Path folder;
    private final List<byte[]> pictures = pictures();

    /** How much of it. */
    private record Size(int minutes, int probes, int cameras, int everyS) {}

    /** What the record has of the probes, and of the cameras. */
    private record Kept(int missing, int twice, int healthy, int wrong) {
        static Kept of(List<Entry> entries, Map<String, Set<Integer>> answered) {
            var readings =
                    entries.stream()
                            .flatMap(entry ->
                                    entry.fact() instanceof Fact.Round(var round)
                                            ? round.stream()
                                            : Stream.empty())
                            .toList();
            var times = new HashMap<String, Integer>();
            var verdicts = new ArrayList<CameraVerdict>();
            for (var reading : readings) {
                switch (reading) {
                    case Reading.Measured m ->
                            times.merge(m.subject() + " " + m.milli(), 1, Integer::sum);
                    case Reading.Seen seen -> verdicts.add(seen.verdict());
                    case Reading.Silent _ -> {}
                }
            }
            var kept =
                    answered.entrySet().stream()
                            .flatMap(probe ->
                                    probe.getValue().stream().map(m -> probe.getKey() + " " + m))
                            .map(reading -> times.getOrDefault(reading, 0))
                            .toList();
            return new Kept(
                    (int) kept.stream().filter(n -> n == 0).count(),
                    (int) kept.stream().filter(n -> n > 1).count(),
                    (int) verdicts.stream().filter(v -> v == CameraVerdict.HEALTHY).count(),
                    (int) verdicts.stream().filter(CameraVerdict::wrong).count());
        }
    }

    private RadioBench(Size size, Path folder) {
        this.size = size;
        this.folder = folder;
    }

    public static void main(String[] args) throws IOException {
        var minutes = 3;
        var probes = 64;
        var cameras = CAMERAS_MAX;
        var everyS = EVERY_S;
        for (var i = 1; i < args.length; i += 2) {
            var value = i + 1 < args.length ? args[i + 1] : "";
            switch (args[i]) {
                case "--minutes" -> minutes = number(args[i], value, MINUTES_MAX);
                case "--probes" -> probes = number(args[i], value, BenchProbes.PROBES_MAX);
                case "--cameras" -> cameras = number(args[i], value, CAMERAS_MAX);
                case "--every" -> everyS = number(args[i], value, EVERY_S_MAX);
                default ->
                        refuse(
                                ("'%s' is unknown; try --minutes N, --probes N, --cameras N"
                                                + " or --every SECONDS")
                                        .formatted(args[i]));
            }
        }
        System.exit(
                new RadioBench(new Size(minutes, probes, cameras, everyS), Path.of(args[0])).run());
    }

    private static int number(String option, String word, int most) {
        if (!word.matches("[1-9]\\d{0,3}") || Integer.parseInt(word) > most) {
            refuse("%s '%s': a number from 1 to %d".formatted(option, word, most));
        }
        return Integer.parseInt(word);
    }

    private static void refuse(String why) {
        System.err.println("bench radio: " + why);
        System.exit(USAGE);
    }

    private int run() throws IOException {
        var port = FreePort.find();
        try (var recorder =
                        new Recorder(
                                size.cameras, LOGIN, pictures.getFirst(), InstantSource.system());
                var probes = new BenchProbes(port, size.probes, Duration.ofSeconds(size.everyS));
                var with = kitchen("with", site(port, recorder), secrets());
                var without = kitchen("without", "", "")) {
            recorder.recordings(Duration.ofDays(40), Duration.ZERO);
            probes.enrol(with.state());
            start(without);
            start(with);
            Eventually.within(
                    STARTED,
                    "probes can be heard",
                    () -> listeners(with),
                    () -> listeners(with).contains(" up "));
            probes.start();
            pass(WARMING_UP, recorder, () -> {});
            var streams = recorder.rtspCallers();
            var asked = recorder.webCallers();
            var costs = measured(recorder, with, without);
            streams = recorder.rtspCallers() - streams;
            asked = recorder.webCallers() - asked;
            probes.stop();
            var troubles = new ArrayList<String>();
            troubles.add(listeners(with));
            with.program().terminate();
            without.program().terminate();
            with.program().lines().stream()
                    .filter(line -> TROUBLE.matcher(line).find())
                    .forEach(troubles::add);
            probes.unanswered().forEach(said -> troubles.add("not answered: " + said));

            var kept = Kept.of(Supervision.entries(with.state()), probes.answered());
            print(probes, kept, costs);
            System.out.printf(
                    "%d streams and %d requests by HTTP were asked of the recorder%n",
                    streams, asked);
            var well = probes.unanswered().isEmpty() && kept.missing == 0 && kept.healthy > 0;
            if (!well) {
                troubles.forEach(System.err::println);
            }
            return well ? 0 : LOST;
        }
    }

    /** Both at once, second by second: what else the machine does is in both. */
    private List<Cost> measured(Recorder recorder, Kitchen with, Kitchen without) {
        var withLooks = new ArrayList<Footprint>();
        var withoutLooks = new ArrayList<Footprint>();
        var startNs = System.nanoTime();
        pass(
                Duration.ofMinutes(size.minutes),
                recorder,
                () -> {
                    withLooks.add(Footprint.of(with.program().pid()));
                    withoutLooks.add(Footprint.of(without.program().pid()));
                });
        var time = Duration.ofNanos(System.nanoTime() - startNs);
        return List.of(
                new Cost(withLooks, time, Footprint.heapKb(with.program().pid())),
                new Cost(withoutLooks, time, Footprint.heapKb(without.program().pid())));
    }

    private Kitchen kitchen(String name, String more, String secrets) throws IOException {
        return new Kitchen(
                Files.createDirectories(folder.resolve(name)), "cn-catering", 1, more, secrets);
    }

    /** A bench waits for a machine that is busy; what it measures is said beside that. */
    private static void start(Kitchen kitchen) {
        kitchen.launch();
        Eventually.within(
                STARTED,
                "the page answers",
                () -> kitchen.program().lines(),
                () -> kitchen.tryGet("/api/state").contains("\"units\""));
    }

    /** The listeners of probes, as the technician sees them. */
    private static String listeners(Kitchen kitchen) {
        var list =
                Program.run(
                                List.of(
                                        Kitchen.PROGRAM,
                                        "sensors",
                                        "list",
                                        "--state",
                                        kitchen.state().toString()))
                        .text();
        return list.substring(Math.max(0, list.indexOf("\nlisteners")));
    }

    /** Full HD, each with noise of its own. */
    private static List<byte[]> pictures() {
        var scene = SceneCamera.kitchen(1920, 1080, 1);
        var pictures = new ArrayList<byte[]>();
        for (var minute = 0; minute < PICTURES; minute++) {
            pictures.add(scene.snapshot(Instant.EPOCH.plus(Duration.ofMinutes(minute))));
        }
        return pictures;
    }

    /** Lets a time pass, looking each second, while the cameras' pictures live. */
    private void pass(Duration time, Recorder recorder, Runnable look) {
        var startNs = System.nanoTime();
        var looks = time.dividedBy(LOOK_EVERY);
        for (var second = 0L; second <= looks; second++) {
            waitUntil(startNs + LOOK_EVERY.multipliedBy(second).toNanos());
            look.run();
            if (second % PICTURE_EVERY.toSeconds() == 0) {
                var next = pictures.get((int) (second / PICTURE_EVERY.toSeconds()) % PICTURES);
                for (var channel = 1; channel <= size.cameras; channel++) {
                    recorder.picture(channel, next);
                }
            }
        }
    }

    private static void waitUntil(long ns) {
        for (var left = ns - System.nanoTime(); left > 0; left = ns - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    // ---- the site ---------------------------------------------------------------------------

    private String site(int port, Recorder recorder) {
        var text = new StringBuilder("[coap]\nlisten = \"127.0.0.1:%d\"\n".formatted(port));
        for (var probe = 1; probe <= size.probes; probe++) {
            if (probe % SENSORS_PER_UNIT == 1) {
                text.append(
                        "[[unit]]\nid = \"box-%d\"\nname = \"转运箱\"\nkind = \"transit-box\"\n"
                                .formatted(probe));
            }
            text.append(
                    "[[unit.sensor]]\nid = \"%s\"\nmeasures = \"temperature\"\nsource = \"coap:%s/temp\"\n"
                            .formatted(BenchProbes.sensor(probe), BenchProbes.identity(probe)));
        }
        text.append(
                """
                [[nvr]]
                id = "nvr-1"
                name = "录像机"
                rtsp = "%s"
                snapshot = "%s/ISAPI/Streaming/channels/{channel}01/picture"
                isapi = "%s"
                credentials = "nvr-1"
                since = 2020-01-01
                """
                        .formatted(recorder.rtsp(), recorder.web(), recorder.web()));
        for (var channel = 1; channel <= size.cameras; channel++) {
            text.append(
                    """
                    [[camera]]
                    id = "cam-%d"
                    name = "%d号摄像头"
                    nvr = "nvr-1"
                    channel = %d
                    """
                            .formatted(channel, channel, channel));
        }
        return text.toString();
    }

    private static String secrets() {
        return "[nvr-1]\nuser = \"%s\"\npassword = \"%s\"\n"
                .formatted(LOGIN.user(), LOGIN.password());
    }

    // ---- what came of it --------------------------------------------------------------------

    private void print(BenchProbes probes, Kept kept, List<Cost> costs) {
        System.out.printf(
                Locale.ROOT,
                "%d probes, a fresh DTLS handshake each %d s (%s), %d channels of a recorder;"
                        + " %d min after one of warming up, %d processors%n",
                size.probes,
                size.everyS,
                probes.client(),
                size.cameras,
                size.minutes,
                Runtime.getRuntime().availableProcessors());
        var answered = probes.sent() - probes.unanswered().size();
        System.out.printf(
                "readings sent %d, answered 2.04 %d, of those in the record %d, more than once %d;"
                        + " lost: %d%n",
                probes.sent(),
                answered,
                answered - kept.missing,
                kept.twice,
                probes.sent() - answered + kept.missing);
        System.out.printf(
                "levels of cameras in the record: healthy %d times, wrong %d times%n",
                kept.healthy, kept.wrong);
        System.out.println();
        Cost.print(costs);
    }
}
