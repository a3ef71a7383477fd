package org.mingchu.simulator.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/** The real program as a process, known only by its command line, its page and its log. */
final class Gateway implements AutoCloseable {
    private static final Duration COMMAND_MAX = Duration.ofSeconds(30);
    private static final Duration READY_MAX = Duration.ofSeconds(45);
    private static final Duration STOP_MAX = Duration.ofSeconds(10);
    private static final Duration ANSWER_MAX = Duration.ofSeconds(10);
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);
    private static final int LOG_LINES_SHOWN = 25;

    private final Path program;
    private final Path folder;
    private final int consolePort;
    private final HttpClient http = HttpClient.newBuilder().connectTimeout(ANSWER_MAX).build();
    private final Process process;

    /**
     * Makes the person known and starts the program.
     *
     * @param program {@code …/bin/mingchu}
     * @param folder with site.toml, secrets.toml; state and log go there too
     * @param root the simulated kernel's tree
     */
    Gateway(Path program, Path folder, Path root, int consolePort) throws IOException {
        this.program = program;
        this.folder = folder;
        this.consolePort = consolePort;
        addPerson();
        process =
                start(
                        List.of(
                                "run",
                                "--site",
                                folder.resolve("site.toml").toString(),
                                "--secrets",
                                folder.resolve("secrets.toml").toString(),
                                "--state",
                                state(),
                                "--root",
                                root.toString()));
    }

    private String state() {
        return folder.resolve("state").toString();
    }

    private void addPerson() throws IOException {
        var command =
                start(
                        List.of(
                                "person",
                                "add",
                                "--state",
                                state(),
                                "--id",
                                Props.PERSON,
                                "--name",
                                Props.PERSON_NAME,
                                "--role",
                                "staff"));
        try {
            if (!command.waitFor(COMMAND_MAX.toSeconds(), TimeUnit.SECONDS)
                    || command.exitValue() != 0) {
                command.destroyForcibly();
                throw new IOException("`mingchu person add` failed:\n" + log());
            }
        } catch (InterruptedException e) {
            command.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted in `mingchu person add`", e);
        }
    }

    private Process start(List<String> arguments) throws IOException {
        var line = new ArrayList<String>();
        line.add(program.toString());
        line.addAll(arguments);
        var builder = new ProcessBuilder(line);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        return builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(logFile().toFile()))
                .start();
    }

    private Path logFile() {
        return folder.resolve("gateway.log");
    }

    /** The end of its log, for somebody who wants to know why. */
    String log() {
        try {
            var lines = Files.readAllLines(logFile());
            return String.join(
                    "\n", lines.subList(Math.max(0, lines.size() - LOG_LINES_SHOWN), lines.size()));
        } catch (IOException e) {
            return "(no log: " + e.getMessage() + ")";
        }
    }

    /** The kitchen's page, without a slash at the end. */
    URI page() {
        return URI.create("http://127.0.0.1:" + consolePort);
    }

    boolean alive() {
        return process.isAlive();
    }

    /** Waits until the page answers. */
    void awaitReady(LongSupplier upNs) throws IOException, InterruptedException {
        long deadlineNs = upNs.getAsLong() + READY_MAX.toNanos();
        while (!answers()) {
            if (!process.isAlive()) {
                throw new IOException(
                        "the gateway ended with " + process.exitValue() + ":\n" + log());
            }
            if (upNs.getAsLong() > deadlineNs) {
                throw new IOException(
                        "the page did not answer in " + READY_MAX.toSeconds() + " s:\n" + log());
            }
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
    }

    private boolean answers() throws InterruptedException {
        try {
            var request = HttpRequest.newBuilder(page().resolve("/api/state"));
            return send(request.timeout(ANSWER_MAX).build()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** The person taps "I take care of it". */
    HttpResponse<String> acknowledge(String alarmId, String person)
            throws IOException, InterruptedException {
        var body = "{\"alarm\":\"%s\",\"person\":\"%s\"}".formatted(alarmId, person);
        return send(
                HttpRequest.newBuilder(page().resolve("/api/acknowledge"))
                        .timeout(ANSWER_MAX)
                        .header("Origin", page().toString())
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build());
    }

    private HttpResponse<String> send(HttpRequest request)
            throws IOException, InterruptedException {
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() {
        http.shutdownNow();
        process.destroy();
        try {
            if (!process.waitFor(STOP_MAX.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
