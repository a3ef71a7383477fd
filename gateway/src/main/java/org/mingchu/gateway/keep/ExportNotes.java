package org.mingchu.gateway.keep;

import org.mingchu.gateway.judge.Entry;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.keep.proof.Checkpoint;
import org.mingchu.gateway.keep.proof.ExportSource;
import org.mingchu.gateway.keep.proof.ExportSource.Kept;
import org.mingchu.gateway.keep.proof.KeyRing;
import org.mingchu.gateway.keep.proof.NoteException;
import org.mingchu.gateway.keep.proof.SignedNote;
import org.mingchu.gateway.keep.proof.Span;
import org.mingchu.gateway.keep.proof.VerifierKey;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The signed notes that a record holds: checkpoints by epoch, receipts by epoch and platform. The
 * newest always, of the others so many that memory stays small. One thread.
 */
final class ExportNotes {
    /** Notes of one epoch and platform, in number: a month of hours, each as text of 400 bytes. */
    static final int MAX_NOTES = 1_000;

    private static final int RAW_KEY_BYTES = 32;

    private final ExportSource.Gateway gateway;
    private final Map<String, NavigableMap<Long, String>> checkpoints = new HashMap<>();
    private final Map<String, Map<String, NavigableMap<Long, String>>> receipts = new HashMap<>();

    ExportNotes(ExportSource.Gateway gateway) {
        this.gateway = gateway;
    }

    void add(Entry entry) {
        switch (entry.fact()) {
            case Fact.Checkpointed(var note) -> checkpoint(entry.epoch(), note);
            case Fact.CarriedCheckpoint(var epoch, _, var note) -> checkpoint(epoch, note);
            case Fact.Receipted(var platform, var note) -> receipt(platform, note);
            case Fact.Rekeyed(var original) -> add(original);
            default -> {}
        }
    }

    private void checkpoint(String epoch, String text) {
        read(text)
                .filter(c -> c.origin().equals(gateway.origin(epoch)))
                .ifPresent(c ->
                        keep(
                                checkpoints.computeIfAbsent(epoch, _ -> new TreeMap<>()),
                                c.size(),
                                text));
    }

    private void receipt(String platform, String text) {
        read(text)
                .filter(c -> c.origin().startsWith(gateway.origin("")))
                .ifPresent(c ->
                        keep(
                                receipts.computeIfAbsent(epoch(c), _ -> new TreeMap<>())
                                        .computeIfAbsent(platform, _ -> new TreeMap<>()),
                                c.size(),
                                text));
    }

    private String epoch(Checkpoint checkpoint) {
        return checkpoint.origin().substring(gateway.origin("").length());
    }

    private static Optional<Checkpoint> read(String text) {
        try {
            return Optional.of(Checkpoint.parse(SignedNote.parse(text).text()));
        } catch (NoteException _) {
            return Optional.empty();
        }
    }

    /** When there are too many, every second one goes; what it proves the next one proves too. */
    private static void keep(NavigableMap<Long, String> notes, long size, String text) {
        notes.put(size, text);
        if (notes.size() > MAX_NOTES) {
            var even = new boolean[1];
            notes.keySet()
                    .removeIf(s -> {
                        even[0] = !even[0];
                        return even[0] && s != size;
                    });
        }
    }

    List<Kept> checkpoints(Span span) {
        return kept(checkpoints.getOrDefault(span.epoch(), new TreeMap<>()), span);
    }

    /** Those whose cosignature a reader can verify with a key that is in the export. */
    Map<String, List<Kept>> receipts(Span span, Map<String, String> keys) {
        var found = new TreeMap<String, List<Kept>>();
        receipts.getOrDefault(span.epoch(), Map.of())
                .forEach((platform, notes) -> {
                    var cosigned = new ArrayList<Kept>();
                    for (var kept : kept(notes, span)) {
                        if (signer(platform, kept.note(), keys).isPresent()) {
                            cosigned.add(kept);
                        }
                    }
                    if (!cosigned.isEmpty()) {
                        found.put(platform, cosigned);
                    }
                });
        return found;
    }

    Map<String, List<VerifierKey>> platformKeys(List<Span> spans, Map<String, String> keys) {
        var found = new TreeMap<String, List<VerifierKey>>();
        for (var span : spans) {
            receipts(span, keys)
                    .forEach((platform, notes) -> {
                        var known = found.computeIfAbsent(platform, _ -> new ArrayList<>());
                        for (var kept : notes) {
                            signer(platform, kept.note(), keys)
                                    .filter(key -> !known.contains(key))
                                    .ifPresent(known::add);
                        }
                    });
        }
        return found;
    }

    /** Which of a note's lines is the cosignature by the platform's key of the site file. */
    private static Optional<VerifierKey> signer(
            String platform, SignedNote note, Map<String, String> keys) {
        var raw = Optional.ofNullable(keys.get(platform)).flatMap(ExportNotes::raw);
        if (raw.isEmpty()) {
            return Optional.empty();
        }
        return note.signatures().stream()
                .map(line -> new VerifierKey(line.name(), VerifierKey.Type.COSIGNATURE, raw.get()))
                .filter(key -> holds(key, note))
                .findFirst();
    }

    private static boolean holds(VerifierKey key, SignedNote note) {
        try {
            return new KeyRing(List.of(key)).signer(note).isPresent();
        } catch (NoteException _) {
            return false;
        }
    }

    /** An Ed25519 key in X.509 form ends in its 32 raw bytes. */
    private static Optional<String> raw(String x509) {
        try {
            var bytes = Base64.getDecoder().decode(x509);
            return bytes.length < RAW_KEY_BYTES
                    ? Optional.empty()
                    : Optional.of(
                            HexFormat.of()
                                    .formatHex(bytes, bytes.length - RAW_KEY_BYTES, bytes.length));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static List<Kept> kept(NavigableMap<Long, String> notes, Span span) {
        return notes.headMap(span.size(), true).entrySet().stream()
                .map(note -> new Kept(note.getKey(), SignedNote.parse(note.getValue())))
                .toList();
    }
}
