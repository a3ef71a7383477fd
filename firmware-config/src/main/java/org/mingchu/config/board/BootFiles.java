package org.mingchu.config.board;

import org.mingchu.config.HeaderBus;
import org.mingchu.config.Problem;
import org.mingchu.config.Problem.Severity;
import org.mingchu.config.Secrets;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The files that the firmware and the first programs of a boot read. One thread. */
public final class BootFiles {
    /** Stands beside a changed file: as it was before the last change. */
    public static final String OLD = ".mingchu-old";

    /** As raspi-config sets it (do_wifi_country). */
    private static final String REGDOM = "cfg80211.ieee80211_regdom=";

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

    /** Of a board whose site names no way out that takes a secret. */
    static Proposal propose(Path root, BoardPlan plan) {
        return propose(root, plan, Secrets.NONE);
    }

    /**
     * Looks, and writes nothing.
     *
     * @throws UncheckedIOException when a file that is there cannot be read
     */
    public static Proposal propose(Path root, BoardPlan plan, Secrets secrets) {
        var config = root.resolve("boot/firmware/config.txt");
        if (!Files.isRegularFile(config)) {
            return new Proposal.NoBoard(absent(root, config));
        }
        var old = text(config);
        return switch (ConfigText.read(old)) {
            case ConfigText.Read.Broken(var line, var found, var remedy) ->
                    new Proposal.Refused(List.of(broken(config, line, found, remedy)));
            case ConfigText.Read.Good(var text) -> {
                var block = new Change(config, Optional.of(old), text.with(Block.of(plan)));
                var objections = Objections.to(Setting.of(text), plan, config.toString());
                var network = NetworkFiles.of(root, plan, secrets);
                yield decided(
                        Stream.of(
                                Stream.of(block),
                                commandLine(root, plan).stream(),
                                modules(root, plan).stream(),
                                network.changes().stream()),
                        Stream.concat(objections.stream(), network.problems().stream()).toList());
            }
        };
    }

    private static Proposal decided(Stream<Stream<Change>> changes, List<Problem> problems) {
        return problems.stream().anyMatch(p -> p.severity() == Severity.ERROR)
                ? new Proposal.Refused(problems)
                : new Proposal.Possible(
                        changes.flatMap(some -> some).filter(Change::isNeeded).toList(), problems);
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

    /**
     * A kernel that talks on the serial line would talk into the Modbus. Without a country the
     * radio keeps to what is allowed everywhere, and Raspberry Pi OS keeps it off.
     */
    private static Optional<Change> commandLine(Path root, BoardPlan plan) {
        var file = root.resolve("boot/firmware/cmdline.txt");
        var uart = plan.needs().stream().anyMatch(BootFiles::isUart);
        var country = plan.radioCountry();
        if ((!uart && country.isEmpty()) || !Files.isRegularFile(file)) {
            return Optional.empty();
        }
        var old = text(file);
        var kept =
                Stream.of(old.stripTrailing().split(" ", -1))
                        .filter(word -> !(uart && isSerialConsole(word)))
                        .filter(word -> country.isEmpty() || !word.startsWith(REGDOM));
        var words =
                Stream.concat(kept, country.map(REGDOM::concat).stream())
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
    static String text(Path file) {
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
            switch (change.guard()) {
                case SHARED -> {
                    if (change.before().isPresent()) {
                        put(beside(file, OLD), change.before().get());
                    }
                    put(file, change.after().orElseThrow());
                }
                case SECRET -> putSecret(file, change.after());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    file + ": cannot be written (" + e + "); run it as root: sudo mingchu board …",
                    e);
        }
    }

    /** NetworkManager reads every file of its folder whose name does not begin with a dot. */
    private static void putSecret(Path file, Optional<String> text) throws IOException {
        var fresh = file.resolveSibling("." + file.getFileName() + FRESH);
        Files.deleteIfExists(fresh);
        if (text.isEmpty()) {
            Files.deleteIfExists(file);
            return;
        }
        Files.createFile(
                fresh,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        put(fresh, file, text.get());
    }

    private static void put(Path file, String text) throws IOException {
        put(beside(file, FRESH), file, text);
    }

    private static void put(Path fresh, Path file, String text) throws IOException {
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
