package org.mingchu.sensors.coap;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.mingchu.config.HostPort;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The keys of the radio probes, in a file that only its owner may read. Another process may change
 * the file: a running door asks again at each handshake. A key is random, 128 bits, and belongs to
 * one probe; a revoked identity stays in the file so that its next try can be told from a typing
 * error. Any thread.
 *
 * <p>The file: a first line {@code mingchu-probes 1}, then a line for each probe, {@code IDENTITY
 * psk KEY} or {@code IDENTITY revoked}; {@code #} begins a comment.
 */
public final class ProbeKeys {
    private static final Logger LOG = LoggerFactory.getLogger(ProbeKeys.class);

    /** Far above any kitchen. */
    public static final int PROBES_MAX = 1_000;

    private static final String HEADER = "mingchu-probes 1";
    private static final int FILE_BYTES_MAX = 256 * 1024;

    /** As the site file writes identities; see {@code coap:<identity>/<SenML name>}. */
    private static final Pattern IDENTITY = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.:-]{0,63}");

    private static final Pattern LINE =
            Pattern.compile("(\\S+) +(?:(revoked)|psk +([0-9a-f]{32}))");
    private static final Set<PosixFilePermission> MODE =
            PosixFilePermissions.fromString("rw-------");

    private final Path file;
    private final SecureRandom chance;
    private Optional<Stamp> read = Optional.empty();
    private Map<String, Entry> entries = Map.of();
    private Optional<String> complained = Optional.empty();

    /** What tells that a file was changed. */
    private record Stamp(String inode, String changed, String bytes) {}

    /** What the file says of an identity. */
    sealed interface Entry {
        record Keyed(Psk key) implements Entry {}

        record Revoked() implements Entry {}
    }

    /** An identity as it is listed. Immutable. */
    public record Probe(String identity, State state) {}

    /** Whether it may speak. */
    public enum State {
        ENROLLED,
        REVOKED
    }

    /** The file cannot be used; the message names file, line and remedy, and no key. */
    public static final class BadFile extends RuntimeException {
        private static final long serialVersionUID = 1;

        BadFile(String message) {
            super(message);
        }
    }

    /**
     * @param file made when the first probe is added
     */
    public ProbeKeys(Path file, SecureRandom chance) {
        this.file = file;
        this.chance = chance;
    }

    /** Whether an identity can be written in the site file. */
    public static boolean allows(String identity) {
        return IDENTITY.matcher(identity).matches();
    }

    /**
     * Gives a probe a new key; an older key of the same identity ends with it.
     *
     * @param gateway where the probe is to report
     * @throws IllegalArgumentException when the identity cannot be written in the site file
     * @throws BadFile when the file is not as this class writes it, or is full
     */
    public Enrolment add(String identity, HostPort gateway) {
        if (!allows(identity)) {
            throw new IllegalArgumentException(
                    "an identity has 1 to 64 characters of A-Z a-z 0-9 _ . : - and begins with a"
                            + " letter, a digit or _");
        }
        var key = Psk.random(chance);
        change(identity, new Entry.Keyed(key));
        return new Enrolment(identity, gateway, key.hex());
    }

    /**
     * Ends a probe's key, or bars a certificate's name; a running door closes its session.
     *
     * @return whether the identity had a key
     */
    public boolean revoke(String identity) {
        if (!allows(identity)) {
            throw new IllegalArgumentException("no such identity can be");
        }
        return change(identity, new Entry.Revoked())
                .filter(Entry.Keyed.class::isInstance)
                .isPresent();
    }

    /** All of them by name, the revoked ones too. */
    public List<Probe> list() {
        return new TreeMap<>(load())
                .entrySet().stream().map(e -> new Probe(e.getKey(), state(e.getValue()))).toList();
    }

    private static State state(Entry entry) {
        return switch (entry) {
            case Entry.Keyed _ -> State.ENROLLED;
            case Entry.Revoked _ -> State.REVOKED;
        };
    }

    /**
     * What the file says now. A file that has become unusable leaves what was known before in
     * force, and is complained of once.
     */
    synchronized Map<String, Entry> current() {
        try {
            var stamp = stamp();
            if (!stamp.equals(read)) {
                entries = load();
                read = stamp;
            }
            complained = Optional.empty();
        } catch (BadFile | UncheckedIOException e) {
            complain(String.valueOf(e.getMessage()));
        }
        return entries;
    }

    private void complain(String message) {
        if (!complained.equals(Optional.of(message))) {
            complained = Optional.of(message);
            LOG.error("event=probe-keys-unusable detail=\"{}\"", message);
        }
    }

    private Optional<Stamp> stamp() {
        try {
            var found = Files.readAttributes(file, "unix:ino,size,ctime");
            return Optional.of(
                    new Stamp(
                            String.valueOf(found.get("ino")),
                            String.valueOf(found.get("ctime")),
                            String.valueOf(found.get("size"))));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, Entry> load() {
        try {
            if (!Files.exists(file)) {
                return Map.of();
            }
            checkMode();
            return parse(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new BadFile(file + " cannot be read: " + e.getMessage() + "; check its owner");
        }
    }

    private void checkMode() throws IOException {
        if (!MODE.containsAll(Files.getPosixFilePermissions(file))) {
            throw new BadFile(
                    file
                            + " may be read by others: chmod 600 "
                            + file
                            + ", then add each probe anew");
        }
        if (Files.size(file) > FILE_BYTES_MAX) {
            throw new BadFile(file + " is too long: it is not a file of probes");
        }
    }

    private Map<String, Entry> parse(byte[] bytes) {
        return parse(bytes, file.toString());
    }

    /** Any bytes give entries or {@link BadFile}. */
    static Map<String, Entry> parse(byte[] bytes, String file) {
        var lines = new String(bytes, UTF_8).split("\n", -1);
        if (!lines[0].equals(HEADER)) {
            throw bad(file, 1, "the first line is \"" + HEADER + "\"");
        }
        var entries = new TreeMap<String, Entry>();
        for (var i = 1; i < lines.length; i++) {
            if (!lines[i].isBlank() && !lines[i].startsWith("#")) {
                parseLine(lines[i], i + 1, file, entries);
            }
        }
        return Map.copyOf(entries);
    }

    private static void parseLine(
            String line, int number, String file, Map<String, Entry> entries) {
        var match = LINE.matcher(line);
        if (!match.matches() || !allows(match.group(1))) {
            throw bad(file, number, "a line is IDENTITY psk KEY or IDENTITY revoked");
        }
        var key = Optional.ofNullable(match.group(3)).flatMap(Psk::read);
        var entry = key.<Entry>map(Entry.Keyed::new).orElseGet(Entry.Revoked::new);
        if (entries.put(match.group(1), entry) != null) {
            throw bad(file, number, "the identity stands in an earlier line too");
        }
        if (entries.size() > PROBES_MAX) {
            throw bad(file, number, "more than " + PROBES_MAX + " probes");
        }
    }

    private static BadFile bad(String file, int line, String rule) {
        return new BadFile(
                file
                        + ":"
                        + line
                        + ": "
                        + rule
                        + "; mend the line, or delete it and add the probe again");
    }

    /** Under a lock that other processes see; the file is whole at each moment. */
    private synchronized Optional<Entry> change(String identity, Entry entry) {
        var lockFile = file.resolveSibling(file.getFileName() + ".lock");
        try (var channel =
                        FileChannel.open(
                                lockFile,
                                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                                PosixFilePermissions.asFileAttribute(MODE));
                var _ = channel.lock()) {
            var all = new TreeMap<>(load());
            var before = Optional.ofNullable(all.put(identity, entry));
            if (all.size() > PROBES_MAX) {
                throw new BadFile(file + " has " + PROBES_MAX + " probes already");
            }
            write(all);
            return before;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    private void write(Map<String, Entry> all) throws IOException {
        var text = new StringBuilder(HEADER).append('\n');
        all.forEach((identity, entry) -> text.append(line(identity, entry)).append('\n'));
        var next = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(next);
        try (var channel =
                FileChannel.open(
                        next,
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        PosixFilePermissions.asFileAttribute(MODE))) {
            var bytes = ByteBuffer.wrap(text.toString().getBytes(UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        syncFolder();
    }

    private static String line(String identity, Entry entry) {
        return switch (entry) {
            case Entry.Keyed(var key) -> identity + " psk " + key.hex();
            case Entry.Revoked _ -> identity + " revoked";
        };
    }

    /** The new name itself must survive a power cut. */
    private void syncFolder() throws IOException {
        var folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}
