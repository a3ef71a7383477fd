package org.mingchu.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.mingchu.gateway.keep.People;
import org.mingchu.gateway.keep.store.JournalException;
import org.mingchu.gateway.tend.BundleAsk;
import org.mingchu.gateway.tend.CommandFailed;
import org.mingchu.gateway.tend.ExitCode;
import org.mingchu.gateway.tend.RecordAsk;
import org.mingchu.gateway.tend.RecordAsk.Act;
import org.mingchu.gateway.tend.Told;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * One ZIP file for whoever helps from afar. Every text goes through the same {@link Redaction};
 * files that are nothing but secrets, or people, stay where they are and are only named. Where one
 * of those cannot be read its words are not known, so that texts of other people's making, the
 * logs, the site file and what the agent says, stay out: what they hold cannot be sieved. One use.
 */
final class SupportBundle {
    /** Of a log its end, in bytes: some days of a talkative week. */
    private static final int LOG_BYTES_MAX = 4 << 20;

    private static final int FILE_BYTES_MAX = 256 * 1024;
    private static final int STATE_DEPTH = 3;
    private static final int STATE_FILES_MAX = 1_000;
    private static final Duration JOURNALCTL_WITHIN = Duration.ofSeconds(10);
    private static final Path LIFE = Path.of("/");
    private static final Pattern QUOTED = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"|'([^']*)'");
    private static final Pattern KEY = Pattern.compile("\\bpsk +([0-9A-Fa-f]+)");

    /** Of the machine, for whoever asks which one it is. */
    private static final List<String> MACHINE =
            List.of(
                    "etc/os-release",
                    "proc/version",
                    "proc/device-tree/model",
                    "proc/uptime",
                    "proc/loadavg",
                    "proc/meminfo",
                    "proc/mounts",
                    "proc/swaps",
                    "proc/net/dev",
                    "proc/net/wireless",
                    "boot/firmware/config.txt");

    private static final List<Act> ASKED = List.of(Act.STATUS_JSON, Act.ALARMS, Act.SENSORS);

    private final BundleAsk ask;
    private final DoctorCommands doctor;
    private final DoctorCommands.SiteFiles files;
    private final String version;

    /** Files whose words are secret and not known, each with the reason. */
    private final List<String> unread = new ArrayList<>();

    SupportBundle(
            BundleAsk ask, DoctorCommands doctor, DoctorCommands.SiteFiles files, String version) {
        this.ask = ask;
        this.doctor = doctor;
        this.files = files;
        this.version = version;
    }

    Told written() {
        if (Files.exists(ask.file())) {
            return Told.unusable(ask.file() + ": is there already; name another file");
        }
        var missing = ask.logs().stream().filter(log -> !Files.isRegularFile(log)).findFirst();
        if (missing.isPresent()) {
            return Told.unusable("--log " + missing.get() + ": there is no such file");
        }
        var redaction = new Redaction(known());
        try {
            var texts = texts();
            write(texts, redaction);
            var told =
                    "%s: %d files, %d KiB; %d places taken out; look into it before you send it"
                            .formatted(
                                    ask.file(),
                                    texts.size() + 1,
                                    (Files.size(ask.file()) >> 10) + 1,
                                    redaction.count());
            return unread.isEmpty()
                    ? Told.well(told)
                    : new Told(
                            ExitCode.CHECK_FAILED,
                            Stream.concat(
                                            Stream.of(told),
                                            unread.stream().map(SupportBundle::unsieved))
                                    .toList());
        } catch (IOException e) {
            throw new CommandFailed(
                    ExitCode.INTERNAL, "cannot write " + ask.file() + ": " + e.getMessage());
        }
    }

    /** Only for its owner, and under its name only when it is whole. */
    private void write(Map<String, String> texts, Redaction redaction) throws IOException {
        var draft = ask.file().resolveSibling(ask.file().getFileName() + ".part");
        Files.deleteIfExists(draft);
        Files.createFile(
                draft,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (var zip =
                new ZipOutputStream(
                        Files.newOutputStream(draft, StandardOpenOption.WRITE), UTF_8)) {
            for (var text : texts.entrySet()) {
                put(zip, text.getKey(), redaction.of(text.getValue()));
            }
            put(zip, "README.txt", redaction.of(contents(texts, redaction.count())));
        }
        Files.move(draft, ask.file(), StandardCopyOption.ATOMIC_MOVE);
    }

    /** The table of contents: what is in it, and what is not, with the reason. */
    private String contents(Map<String, String> texts, long count) {
        var lines = new ArrayList<String>();
        lines.add(
                "mingchu %s support bundle; %d places were replaced by %s."
                        .formatted(version, count, Redaction.MARK));
        texts.forEach(
                (name, text) -> lines.add("%8d  %s".formatted(text.getBytes(UTF_8).length, name)));
        unread.forEach(file -> lines.add(unsieved(file)));
        return String.join("\n", lines) + "\n";
    }

    private static String unsieved(String file) {
        return file
                + "; its words cannot be looked for, so the logs, the site file and what the agent"
                + " says were left out; run it as root, or as the gateway's user";
    }

    private static void put(ZipOutputStream zip, String name, String text) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(text.getBytes(UTF_8));
        zip.closeEntry();
    }

    private Map<String, String> texts() throws IOException {
        var texts = new LinkedHashMap<String, String>();
        texts.put("doctor.json", lines(doctor.doctor(ask.whom())));
        if (unread.isEmpty()) {
            ofOthers(texts);
        }
        texts.put("state.txt", state());
        for (var path : MACHINE) {
            text(ask.whom().root().resolve(path))
                    .ifPresent(text -> texts.put("machine/" + path, text));
        }
        return texts;
    }

    /** What people, platforms and devices have a word in. */
    private void ofOthers(Map<String, String> texts) throws IOException {
        for (var act : ASKED) {
            var name = act.path().substring(1).replace(".json", "") + ".json";
            asked(act).ifPresent(told -> texts.put(name, told));
        }
        text(ask.whom().site()).ifPresent(site -> texts.put("site.toml", site));
        var n = 0;
        for (var log : ask.logs()) {
            texts.put("log/%d-%s".formatted(++n, log.getFileName()), end(log));
        }
        journal().ifPresent(log -> texts.put("log/unit.log", log));
    }

    private static String lines(Told told) {
        return String.join("\n", told.lines()) + "\n";
    }

    /** Empty when no agent runs; the doctor says that. */
    private Optional<String> asked(Act act) {
        var from = new RecordAsk.From(ask.whom().state(), false, Optional.empty());
        try {
            return Optional.of(
                    lines(
                            new ConsoleClient(new RecordAsk(act, Map.of("json", "true"), from))
                                    .told()));
        } catch (CommandFailed _) {
            return Optional.empty();
        }
    }

    /** Everything that is a secret or a name on this gateway; what cannot be read is noted. */
    private List<String> known() {
        var known = new ArrayList<String>();
        files.secretsOf(ask.whom().site(), ask.whom().secrets())
                .flatMap(this::secret)
                .ifPresent(text ->
                        QUOTED.matcher(text)
                                .results()
                                .map(found ->
                                        found.group().substring(1, found.group().length() - 1))
                                .filter(word -> !word.startsWith("/"))
                                .forEach(known::add));
        var state = ask.whom().state();
        secret(state.resolve("console.token")).ifPresent(known::add);
        secret(state.resolve(Agent.PROBES))
                .ifPresent(text ->
                        KEY.matcher(text).results().forEach(key -> known.add(key.group(1))));
        secret(state.resolve("device.key")).ifPresent(text -> known.addAll(text.lines().toList()));
        names(state, known);
        return known;
    }

    private void names(Path state, List<String> known) {
        var file = state.resolve("people.db");
        if (Files.notExists(file)) {
            return;
        }
        try (var people = People.open(state)) {
            people.list().forEach(member -> known.add(member.name()));
        } catch (JournalException e) {
            unread.add(file + " cannot be read: " + e.getMessage());
        }
    }

    /** All of a file, or a note: half of it would leave the other half's words unknown. */
    private Optional<String> secret(Path file) {
        if (Files.notExists(file)) {
            return Optional.empty();
        }
        try (var in = Files.newInputStream(file)) {
            var bytes = in.readNBytes(FILE_BYTES_MAX + 1);
            if (bytes.length <= FILE_BYTES_MAX) {
                return Optional.of(new String(bytes, UTF_8));
            }
            unread.add("%s is longer than %d KiB".formatted(file, FILE_BYTES_MAX >> 10));
        } catch (IOException e) {
            unread.add("%s cannot be read: %s".formatted(file, reason(e)));
        }
        return Optional.empty();
    }

    private static String reason(IOException e) {
        return e instanceof AccessDeniedException
                ? "permission denied"
                : String.valueOf(e.getMessage());
    }

    private static Optional<String> text(Path file) {
        try (var in = Files.newInputStream(file)) {
            return Optional.of(new String(in.readNBytes(FILE_BYTES_MAX), UTF_8));
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    private static String end(Path log) throws IOException {
        try (var in = Files.newInputStream(log)) {
            in.skipNBytes(Math.max(0, Files.size(log) - LOG_BYTES_MAX));
            return new String(in.readNBytes(LOG_BYTES_MAX), UTF_8);
        }
    }

    /** What lies in the state folder: names, sizes, modes, and nothing of what is in it. */
    private String state() throws IOException {
        var folder = ask.whom().state();
        if (!Files.isDirectory(folder)) {
            return "there is no " + folder + "\n";
        }
        var lines = new StringBuilder();
        try (var all = Files.walk(folder, STATE_DEPTH)) {
            for (var one : all.sorted().limit(STATE_FILES_MAX).toList()) {
                lines.append(line(one)).append(' ').append(folder.relativize(one)).append('\n');
            }
        } catch (UncheckedIOException e) {
            lines.append("and what could not be looked at: ").append(e.getMessage()).append('\n');
        }
        return lines.toString();
    }

    /** A file that has just gone is no reason to send nothing. */
    private static String line(Path one) {
        try {
            return "%s %12d %s"
                    .formatted(
                            PosixFilePermissions.toString(Files.getPosixFilePermissions(one)),
                            Files.size(one),
                            Files.getLastModifiedTime(one));
        } catch (IOException e) {
            return "unreadable (" + e.getClass().getSimpleName() + ")";
        }
    }

    /** The unit's last lines: the program's log is on standard output, and systemd has it. */
    private Optional<String> journal() throws IOException {
        if (!ask.whom().root().toAbsolutePath().normalize().equals(LIFE)
                || !Files.isDirectory(Path.of("/run/systemd/system"))) {
            return Optional.empty();
        }
        var file = Files.createTempFile("mingchu", ".log");
        try {
            var process =
                    new ProcessBuilder(
                                    "journalctl",
                                    "-u",
                                    "mingchu",
                                    "-n",
                                    "5000",
                                    "--no-pager",
                                    "-o",
                                    "short-iso")
                            .redirectErrorStream(true)
                            .redirectOutput(file.toFile())
                            .start();
            if (!process.waitFor(JOURNALCTL_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
            return Optional.of(end(file));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("journalctl cannot be started: " + e.getMessage() + "\n");
        } finally {
            Files.deleteIfExists(file);
        }
    }
}
