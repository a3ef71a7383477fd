package org.mingchu.sensors.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Starts Jazzer in a Java of its own, on the classes as they ship, and reads what it prints. An
 * exception, a hang of {@link #HANG_S}, a full heap or a process that outgrows {@link #RSS_MB_MAX}
 * ends it with another status than 0, and leaves the input behind.
 */
final class Jazzer {
    /**
     * A single input; the slowest that is known takes a tenth of a second, and one that is the
     * first to need some classes some seconds on a busy machine.
     */
    static final int HANG_S = 10;

    /** Heap of the process: what is kept of each input fills it within millions of them. */
    private static final int HEAP_MB = 192;

    /** All of the process: its heap, its classes and counters, and the fuzzer's own tables. */
    static final int RSS_MB_MAX = 1_024;

    /** Beyond its own limit of time: its JVM starts and ends. */
    private static final int ENDS_WITHIN_S = 120;

    /** Our classes, and the libraries that read for us. */
    private static final String INSTRUMENTED =
            "org.mingchu.**:tools.jackson.**:org.eclipse.californium.**";

    private final Path folder;
    private final Class<?> target;

    /**
     * @param folder for what it writes
     */
    Jazzer(Path folder, Class<?> target) {
        this.folder = folder;
        this.target = target;
    }

    /** Looks for inputs of at most {@code bytesMax} that break the target. */
    Outcome fuzz(int seconds, int bytesMax, List<Path> corpora)
            throws IOException, InterruptedException {
        var found = Files.createDirectories(found());
        return run(
                seconds,
                List.of(
                        "-max_total_time=" + seconds,
                        "-max_len=" + bytesMax,
                        "-print_final_stats=1",
                        "-reload=0"),
                Stream.concat(Stream.of(found), corpora.stream()).toList());
    }

    /** What the fuzzing left that was worth it to its fuzzer. */
    private Path found() {
        return folder.resolve("found");
    }

    /** Adds to {@code kept} the smallest of what was found that reaches code nothing there does. */
    Outcome merge(int bytesMax, Path kept) throws IOException, InterruptedException {
        return run(
                ENDS_WITHIN_S,
                List.of("-merge=1", "-max_len=" + bytesMax, "-use_counters=0"),
                List.of(kept, found()));
    }

    private Outcome run(int seconds, List<String> options, List<Path> corpora)
            throws IOException, InterruptedException {
        var log = folder.resolve("log-" + options.getFirst().replaceAll("[^a-z]", "") + ".txt");
        var process =
                new ProcessBuilder(command(options, corpora))
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        try {
            if (!process.waitFor(seconds + ENDS_WITHIN_S, TimeUnit.SECONDS)) {
                throw new AssertionError("Jazzer does not end, see " + log);
            }
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        return new Outcome(process.exitValue(), log, Files.readAllLines(log));
    }

    private List<String> command(List<String> options, List<Path> corpora) {
        var command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx" + HEAP_MB + "m",
                                "-XX:+UseSerialGC",
                                "-XX:+EnableDynamicAgentLoading",
                                "--enable-native-access=ALL-UNNAMED",
                                "--sun-misc-unsafe-memory-access=allow",
                                "-cp",
                                System.getProperty("java.class.path"),
                                "com.code_intelligence.jazzer.Jazzer",
                                "--target_class=" + target.getName(),
                                "--instrumentation_includes=" + INSTRUMENTED,
                                "-timeout=" + HANG_S,
                                "-rss_limit_mb=" + RSS_MB_MAX));
        command.addAll(options);
        corpora.forEach(c -> command.add(c.toAbsolutePath().toString()));
        return command;
    }
}
