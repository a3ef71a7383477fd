package org.mingchu.gateway.keep;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.mingchu.gateway.keep.proof.NoteException;
import org.mingchu.gateway.keep.proof.VerifierKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What of the site file the record needs when it is exported without it: the zone in which people
 * read times, and the keys by which platforms have cosigned. It lies in the state folder as {@value
 * #FILE}; a platform's earlier keys stay, because they signed the older receipts. Immutable.
 *
 * @param witnessKeys of type COSIGNATURE by platform, the present one last
 */
public record SiteNote(ZoneId zone, Map<String, List<VerifierKey>> witnessKeys) {
    /** Lines {@code zone ZONE} and {@code witness PLATFORM VKEY}. */
    static final String FILE = "site.note";

    /** Longest note that is read, bytes; a key takes about 150. */
    private static final long MAX_BYTES = 64 << 10;

    private static final Logger LOG = LoggerFactory.getLogger(SiteNote.class);

    public SiteNote {
        var sorted = new TreeMap<String, List<VerifierKey>>();
        witnessKeys.forEach((platform, keys) -> sorted.put(platform, List.copyOf(keys)));
        witnessKeys = Map.copyOf(sorted);
    }

    /** The keys of one platform. */
    public List<VerifierKey> keys(String platform) {
        return witnessKeys.getOrDefault(platform, List.of());
    }

    /** What is remembered in a state folder; this machine's zone and no keys when nothing is. */
    public static SiteNote of(Path folder) {
        var zone = ZoneId.systemDefault();
        var keys = new TreeMap<String, List<VerifierKey>>();
        for (var line : lines(folder.resolve(FILE))) {
            var words = line.split(" ", 3);
            if (words.length == 2 && words[0].equals("zone")) {
                zone = zone(words[1]).orElse(zone);
            } else if (words.length == 3 && words[0].equals("witness")) {
                key(words[2])
                        .ifPresent(key ->
                                keys.computeIfAbsent(words[1], _ -> new ArrayList<>()).add(key));
            }
        }
        return new SiteNote(zone, keys);
    }

    /**
     * Remembers what the site file says now; what cannot be written is said aloud.
     *
     * @param witnessKeys the platforms' verifier keys, by id
     */
    public static void remember(Path folder, ZoneId zone, Map<String, String> witnessKeys) {
        var known = of(folder);
        var next = known.with(zone, witnessKeys);
        if (next.equals(known) && Files.exists(folder.resolve(FILE))) {
            return;
        }
        var draft = folder.resolve(FILE + ".new");
        try {
            Files.writeString(
                    draft,
                    next.text(),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.SYNC);
            Files.move(draft, folder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            LOG.error(
                    "event=site-note-not-kept file={} cause=\"{}\" remedy=\"until it is, an export"
                            + " with --offline holds no receipts of new platform keys\"",
                    FILE,
                    e.getMessage());
        }
    }

    private SiteNote with(ZoneId zone, Map<String, String> present) {
        var keys = new TreeMap<String, List<VerifierKey>>(witnessKeys);
        present.forEach((platform, text) ->
                key(text)
                        .ifPresent(key -> {
                            var all = new ArrayList<>(keys(platform));
                            all.remove(key);
                            all.add(key);
                            keys.put(platform, all);
                        }));
        return new SiteNote(zone, keys);
    }

    private String text() {
        var text = new StringBuilder("zone " + zone + "\n");
        new TreeMap<>(witnessKeys)
                .forEach((platform, keys) ->
                        keys.forEach(
                                key -> text.append("witness %s %s\n".formatted(platform, key))));
        return text.toString();
    }

    private static List<String> lines(Path file) {
        try {
            if (Files.notExists(file) || Files.size(file) > MAX_BYTES) {
                return List.of();
            }
            return new String(Files.readAllBytes(file), UTF_8).lines().toList();
        } catch (IOException e) {
            LOG.warn("event=site-note-unreadable file={} cause=\"{}\"", file, e.getMessage());
            return List.of();
        }
    }

    private static Optional<ZoneId> zone(String word) {
        try {
            return Optional.of(ZoneId.of(word));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    /** A damaged line is stepped over: its receipts are then left out, none is believed more. */
    private static Optional<VerifierKey> key(String text) {
        try {
            return Optional.of(VerifierKey.parse(text))
                    .filter(key -> key.type() == VerifierKey.Type.COSIGNATURE);
        } catch (NoteException _) {
            return Optional.empty();
        }
    }
}
