package org.mingchu.config.board;

import org.mingchu.config.HeaderBus;
import org.mingchu.config.Problem;
import org.mingchu.config.Problem.Severity;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The files that the firmware and the first programs of a boot read. One thread. */
public final class BootFiles {
    /** Stands beside a changed file: as it was before the last change. */
    public static final String OLD = ".mingchu-old";

    private static final String FRESH = ".mingchu-new";

    private static final String MODULES_HEAD = "# written by `mingchu board apply`\n";

    private BootFiles() {}

    /** What would have to be written. */
    public sealed interface Proposal {
        /** Can be written; the remarks are warnings. */
        record Possible(List<Change> changes, List<Problem> remarks) implements Proposal {
            public Possible {
                changes = List.copyOf(changes);
                remarks = List.copyOf(remarks);
            }
        }

        /** Something of the user's stands against it; at least one problem is an error. */
        record Refused(List<Problem> problems) implements Proposal {
            public Refused {
                problems = List.copyOf(problems);
            }
        }

        /** There is nothing to write into. */
        record NoBoard(String why) implements Proposal {}
    }

    /**
     * Looks, and writes nothing.
     *
     * @throws UncheckedIOException when a file that is there cannot be read
     */
    public static Proposal propose(Path root, BoardPlan plan) {
        var config = root.resolve("boot/firmware/config.txt");
        if (!Files.isRegularFile(config)) {
            return new Proposal.NoBoard(absent(root, config));
        }
        var old = text(config);
        return switch (ConfigText.read(old)) {
            case ConfigText.Read.Broken(var line, var found, var remedy) ->
                    new Proposal.Refused(List.of(broken(config, line, found, remedy)));
            case ConfigText.Read.Good(var text) -> propose(root, plan, config, old, text);
        };
    }

    private static Proposal propose(
            Path root, BoardPlan plan, Path config, String old, ConfigText text) {
        var problems = Objections.to(Setting.of(text), plan, config.toString());
        if (problems.stream().anyMatch(p -> p.severity() == Severity.ERROR)) {
            return new Proposal.Refused(problems);
        }
        var changes =
                Stream.of(
                                Optional.of(
                                        new Change(
                                                config,
                                                Optional.of(old),
                                                text.with(Block.of(plan)))),
                                consoleFree(root, plan),
                                modules(root, plan))
                        .flatMap(Optional::stream)
                        .filter(change -> !change.before().equals(Optional.of(change.after())))
                        .toList();
        return new Proposal.Possible(changes, problems);
    }

    private static String absent(Path root, Path config) {
        var legacy = root.resolve("boot/config.txt");
        return Files.exists(legacy)
                ? legacy
                        + " is where Debian 11 and older keep it, which this program does not run"
                        + " on: it needs Raspberry Pi OS 64-bit of Debian 13, with "
                        + config
                : "no file "
                        + config
                        + ": is this a Raspberry Pi, and is its boot partition mounted (findmnt"
                        + " /boot/firmware)?";
    }

    private static Problem broken(Path file, int line, String found, String remedy) {
        return new Problem(
                Severity.ERROR,
                file.toString(),
                line,
                1,
                "mingchu board",
                found,
                remedy,
                Optional.empty());
    }

    /** A kernel that talks on the serial line would talk into the Modbus. */
    private static Optional<Change> consoleFree(Path root, BoardPlan plan) {
        var file = root.resolve("boot/firmware/cmdline.txt");
        var uart = plan.needs().stream().anyMatch(BootFiles::isUart);
        if (!uart || !Files.isRegularFile(file)) {
            return Optional.empty();
        }
        var old = text(file);
        var words =
                Stream.of(old.stripTrailing().split(" ", -1))
                        .filter(word -> !isSerialConsole(word))
                        .collect(Collectors.joining(" "));
        var end = old.substring(old.stripTrailing().length());
        return Optional.of(new Change(file, Optional.of(old), words + end));
    }

    static boolean isUart(Need need) {
        return need instanceof Need.Bus(var bus, _) && bus == HeaderBus.UART;
    }

    static boolean isSerialConsole(String word) {
        return word.matches("console=(serial0|ttyAMA0|ttyS0)(,.*)?");
    }

    /** The module that makes {@code /dev/i2c-1} is loaded by nobody else. */
    private static Optional<Change> modules(Path root, BoardPlan plan) {
        var file = root.resolve("etc/modules-load.d/mingchu.conf");
        var old = Optional.of(file).filter(Files::isRegularFile).map(BootFiles::text);
        var fresh = MODULES_HEAD + (plan.needsI2cDev() ? "i2c-dev\n" : "");
        return plan.needsI2cDev() || old.isPresent()
                ? Optional.of(new Change(file, old, fresh))
                : Optional.empty();
    }

    /** Byte for character: what is not ours may be in any code. */
    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be read (" + e + ")", e);
        }
    }

    /**
     * Writes a file in one step, so that a power cut leaves the old one or the new one, and keeps
     * the old one beside it.
     *
     * @throws UncheckedIOException when it cannot be written
     */
    public static void write(Change change) {
        var file = change.file();
        try {
            Files.createDirectories(file.getParent());
            if (change.before().isPresent()) {
                put(beside(file, OLD), change.before().get());
            }
            put(file, change.after());
        } catch (IOException e) {
            throw new UncheckedIOException(
                    file + ": cannot be written (" + e + "); run it as root: sudo mingchu board …",
                    e);
        }
    }

    private static void put(Path file, String text) throws IOException {
        var fresh = beside(file, FRESH);
        try (var out =
                FileChannel.open(
                        fresh,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            out.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        try (var folder = FileChannel.open(file.toAbsolutePath().getParent())) {
            folder.force(true);
        }
    }

    private static Path beside(Path file, String ending) {
        return file.resolveSibling(file.getFileName() + ending);
    }
}
