package org.mingchu.gateway.shipped;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A child process with its output read to the end, ended by its own handle. */
public final class Program implements AutoCloseable {
    private static final Duration END_WITHIN = Duration.ofSeconds(20);

    private final Process process;
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Thread reader;

    /** Starts it; its output is heard at once. */
    public Program(List<String> command) {
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + command, e);
        }
        // A read of a pipe holds the carrier of a virtual thread: two programs, and no third is
        // heard.
        reader = Thread.ofPlatform().daemon().name("output of a program").start(this::read);
    }

    /** Runs to the end; the exit code and everything it said. */
    public static Ended run(List<String> command) {
        return run(command, END_WITHIN);
    }

    /** The same of one that may take so long. */
    static Ended run(List<String> command, Duration within) {
        try (var program = new Program(command)) {
            return new Ended(program.exitCode(within), program.lines());
        }
    }

    public record Ended(int code, List<String> lines) {
        public String text() {
            return String.join("\n", lines);
        }
    }

    /** All it has said so far. */
    public List<String> lines() {
        return new ArrayList<>(lines);
    }

    /** Whether a line of it has these words. */
    public boolean said(String words) {
        return lines.stream().anyMatch(line -> line.contains(words));
    }

    public boolean alive() {
        return process.isAlive();
    }

    int exitCode() {
        return exitCode(END_WITHIN);
    }

    private int exitCode(Duration within) {
        try {
            if (!process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("still running after " + within + ": " + lines);
            }
            reader.join(END_WITHIN.toMillis());
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** SIGKILL, and gone when this returns. */
    public void kill() {
        process.destroyForcibly();
        exitCode();
    }

    /** SIGTERM; returns the exit code. */
    public int terminate() {
        process.destroy();
        return exitCode();
    }

    public long pid() {
        return process.pid();
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            kill();
        }
    }

    private void read() {
        try (BufferedReader out = process.inputReader()) {
            out.lines().forEach(lines::add);
        } catch (IOException | UncheckedIOException e) {
            lines.add("(its output ended: " + e.getMessage() + ")");
        }
    }
}
