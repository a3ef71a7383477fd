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
import java.util.HashMap;
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

    private final ExportSource.Gateway gateway;
    private final SiteNote site;
    private final Map<String, Optional<VerifierKey>> signers = new HashMap<>();
    private final Map<String, NavigableMap<Long, String>> checkpoints = new HashMap<>();
    private final Map<String, Map<String, NavigableMap<Long, String>>> receipts = new HashMap<>();

    ExportNotes(ExportSource.Gateway gateway, SiteNote site) {
        this.gateway = gateway;
        this.site = site;
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
    Map<String, List<Kept>> receipts(Span span) {
        var found = new TreeMap<String, List<Kept>>();
        receipts.getOrDefault(span.epoch(), Map.of())
                .forEach((platform, notes) -> {
                    var cosigned =
                            kept(notes, span).stream()
                                    .filter(kept -> signer(platform, kept.note()).isPresent())
                                    .toList();
                    if (!cosigned.isEmpty()) {
                        found.put(platform, cosigned);
                    }
                });
        return found;
    }

    Map<String, List<VerifierKey>> platformKeys(List<Span> spans) {
        var found = new TreeMap<String, List<VerifierKey>>();
        for (var span : spans) {
            receipts(span)
                    .forEach((platform, notes) -> {
                        var known = found.computeIfAbsent(platform, _ -> new ArrayList<>());
                        for (var kept : notes) {
                            signer(platform, kept.note())
                                    .filter(key -> !known.contains(key))
                                    .ifPresent(known::add);
                        }
                    });
        }
        return found;
    }

    /** With which of the platform's keys it is cosigned. A signature is checked once. */
    private Optional<VerifierKey> signer(String platform, SignedNote note) {
        var text = note.toString();
        var known = signers.get(text);
        if (known == null) {
            known = site.keys(platform).stream().filter(key -> holds(key, note)).findFirst();
            signers.put(text, known);
        }
        return known;
    }

    static boolean holds(VerifierKey key, SignedNote note) {
        try {
            return new KeyRing(List.of(key)).signer(note).isPresent();
        } catch (NoteException _) {
            return false;
        }
    }

    private static List<Kept> kept(NavigableMap<Long, String> notes, Span span) {
        return notes.headMap(span.size(), true).entrySet().stream()
                .map(note -> new Kept(note.getKey(), SignedNote.parse(note.getValue())))
                .toList();
    }
}
