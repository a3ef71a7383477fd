package org.mingchu.gateway.keep.lab;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A process that keeps a journal on a disk whose calls we see, and spoil. Test thread only. */
final class Lab implements AutoCloseable {
    private final Path disk;
    private final Path log;
    private final Path account;
    private final Control control;
    private final Process process;
    private final Writer orders;
    private final BufferedReader answers;

    private Lab(Path folder, Path library) throws IOException {
        disk = Files.createDirectories(folder.resolve("disk")).toRealPath();
        log = folder.resolve("calls");
        account = folder.resolve("account");
        control = new Control(folder.resolve("control"));
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var builder =
                new ProcessBuilder(
                        List.of(
                                java,
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                DayProcess.class.getName()));
        builder.environment()
                .putAll(Shim.environment(library, disk, folder.resolve("control"), log));
        process = builder.redirectError(folder.resolve("stderr").toFile()).start();
        orders = process.outputWriter();
        answers = process.inputReader();
        await("ready", folder);
    }

    /** Starts it; without a compiler the test is left out. */
    static Lab start(Path folder) throws IOException {
        return new Lab(folder, Shim.library(folder));
    }

    private void await(String word, Path folder) throws IOException {
        for (var line = answers.readLine(); line != null; line = answers.readLine()) {
            if (line.equals(word)) {
                return;
            }
        }
        throw new AssertionError(
                "the process in the lab died: " + Files.readString(folder.resolve("stderr")));
    }

    /** Where the journals stand. */
    Path disk() {
        return disk;
    }

    Control control() {
        return control;
    }

    /** Lets the process live a day in the folder; what it said of it. */
    Account day(Path folder, long seed, int lives, int rounds) throws IOException {
        orders.write("%s %s %d %d %d\n".formatted(folder, account, seed, lives, rounds));
        orders.flush();
        await("done", log.getParent());
        return Account.read(account);
    }

    /** Every call that was recorded. */
    List<Call> calls() throws IOException {
        return Call.read(log);
    }

    /** The disk behaves, calls count from 0, and are written down on an empty sheet. */
    void record() throws IOException {
        control.clear();
        Files.write(log, new byte[0]);
        control.record();
    }

    @Override
    public void close() throws IOException {
        orders.close();
        process.destroy();
        answers.close();
    }
}
