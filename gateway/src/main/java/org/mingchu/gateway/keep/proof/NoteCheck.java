package org.mingchu.gateway.keep.proof;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Holds checkpoints and receipts against the tree, check 3 of export.md. One thread. */
final class NoteCheck {
    private static final Pattern CHECKPOINT = Pattern.compile("/checkpoints/(\\d+)\\.note");
    private static final Pattern RECEIPT = Pattern.compile("/receipts/([^/]+)/(\\d+)\\.note");

    private final ExportArchive archive;
    private final Findings findings;
    private final Keys keys;
    private final Span span;
    private final String origin;
    private final Tree tree;
    private final long proven;

    /** The largest size whose root agrees with any note, and with a receipt. */
    private long agreed;

    private long witnessedTo;
    private Optional<Report.Witnessed> witnessed = Optional.empty();

    NoteCheck(
            ExportArchive archive,
            Findings findings,
            Keys keys,
            Span span,
            String origin,
            Hashes hashes,
            Extent extent) {
        this.archive = archive;
        this.findings = findings;
        this.keys = keys;
        this.span = span;
        this.origin = origin;
        this.tree = new Tree(hashes);
        this.proven = extent.proven();
    }

    private record Note(String file, long size, Optional<String> platform) {}

    /** Reads all notes; the largest receipt that holds. */
    Optional<Report.Witnessed> read() {
        var notes = notes();
        if (notes.stream().noneMatch(n -> n.size() == proven && n.platform().isEmpty())) {
            findings.add(
                    Problem.inFile(ExportFile.checkpoint(span.epoch(), proven), "it is missing"));
        }
        notes.forEach(this::check);
        return witnessed;
    }

    private List<Note> notes() {
        var notes = new ArrayList<Note>();
        for (var file : archive.files().tailMap(span.epoch()).keySet()) {
            if (!file.startsWith(span.epoch())) {
                break;
            }
            var rest = file.substring(span.epoch().length());
            var checkpoint = CHECKPOINT.matcher(rest);
            var receipt = RECEIPT.matcher(rest);
            if (checkpoint.matches()) {
                notes.add(new Note(file, Long.parseLong(checkpoint.group(1)), Optional.empty()));
            } else if (receipt.matches()) {
                var platform = Optional.of(receipt.group(1));
                notes.add(new Note(file, Long.parseLong(receipt.group(2)), platform));
            }
        }
        notes.sort(Comparator.comparingLong(Note::size));
        return notes;
    }

    private void check(Note note) {
        var bytes = archive.small(note.file(), SignedNote.MAX_BYTES);
        if (bytes.isEmpty()) {
            return;
        }
        try {
            var signed = SignedNote.parse(bytes.get());
            var checkpoint = Checkpoint.parse(signed.text());
            demandPlace(note, checkpoint);
            var at = cosigned(note, signed);
            demandDevice(signed);
            if (agrees(note, checkpoint)) {
                agreed = Math.max(agreed, note.size());
                at.ifPresent(when -> witness(note, when));
            }
        } catch (NoteException e) {
            findings.add(Problem.inFile(note.file(), String.valueOf(e.getMessage())));
        }
    }

    private void demandPlace(Note note, Checkpoint checkpoint) {
        if (!checkpoint.origin().equals(origin)) {
            throw new NoteException("it is of '" + checkpoint.origin() + "'");
        }
        if (checkpoint.size() != note.size() || note.size() > span.size()) {
            throw new NoteException(
                    "it is of size " + checkpoint.size() + ", the epoch of " + span.size());
        }
    }

    private void demandDevice(SignedNote signed) {
        if (keys.device().signer(signed).isEmpty()) {
            throw new NoteException("it is not signed by a key of the device");
        }
    }

    private Optional<KeyRing.Signed> cosigned(Note note, SignedNote signed) {
        if (note.platform().isEmpty()) {
            return Optional.empty();
        }
        var signer = keys.platform(note.platform().get()).signer(signed);
        if (signer.isEmpty() && !keys.witnessesGiven()) {
            throw new NoteException("it is not cosigned by a key of the platform");
        }
        return signer;
    }

    private boolean agrees(Note note, Checkpoint checkpoint) {
        var root = tree.root(note.size());
        if (root.isEmpty()) {
            findings.add(
                    Problem.inFile(note.file(), "the root cannot be computed: hashes are missing"));
            return false;
        }
        if (Arrays.equals(root.get(), checkpoint.root())) {
            return true;
        }
        // The device may sign again what it has rewritten; only receipts bound a receipt's fault.
        var from = note.platform().isPresent() ? witnessedTo : agreed;
        findings.add(
                Problem.somewhereIn(
                        span.epoch(),
                        Math.min(from + 1, Math.max(note.size(), 1)),
                        Math.max(note.size(), 1),
                        note.file(),
                        note.platform().isPresent()
                                ? "rewritten: the tree is not the one that the platform cosigned"
                                : "the tree is not the one that the device signed"));
        return false;
    }

    private void witness(Note note, KeyRing.Signed signed) {
        witnessedTo = note.size();
        witnessed =
                Optional.of(
                        new Report.Witnessed(
                                note.size(),
                                note.platform().orElseThrow(),
                                signed.at().orElseThrow()));
    }
}
