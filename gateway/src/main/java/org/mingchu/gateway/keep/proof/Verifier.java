package org.mingchu.gateway.keep.proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Judges an export by section 6 of export.md. Reads each file once, as a stream; memory is 32 bytes
 * for each entry of the longest epoch. Survives any bytes. One thread.
 */
public final class Verifier {
    /** The longest manifest, bytes: 200,000 files. */
    private static final int MAX_MANIFEST = 48 << 20;

    private static final int MAX_EPOCHS = 10_000;

    private final ExportArchive archive;
    private final Findings findings;
    private final Keys keys;

    private Verifier(ExportArchive archive, Findings findings, Given given) {
        this.archive = archive;
        this.findings = findings;
        this.keys = new Keys(given, archive, findings);
    }

    /**
     * Keys that the user has from elsewhere and trusts. Where a list is empty, the export's own
     * keys are taken, and the report says so.
     *
     * @param device keys of type ED25519
     * @param witnesses keys of type COSIGNATURE
     */
    public record Given(List<VerifierKey> device, List<VerifierKey> witnesses) {
        /** No key is known from elsewhere. */
        public static final Given NONE = new Given(List.of(), List.of());

        public Given {
            device = typed(device, VerifierKey.Type.ED25519);
            witnesses = typed(witnesses, VerifierKey.Type.COSIGNATURE);
        }

        private static List<VerifierKey> typed(List<VerifierKey> keys, VerifierKey.Type type) {
            for (var key : keys) {
                if (key.type() != type) {
                    throw new NoteException(
                            "the key of "
                                    + key.name()
                                    + " is of type "
                                    + key.type()
                                    + "; needed is "
                                    + type);
                }
            }
            return List.copyOf(keys);
        }
    }

    /** Told when the reading of a file begins, for people who wait. */
    @FunctionalInterface
    public interface Progress {
        void file(String name, int number, int of);
    }

    /** Judges a file. Whatever is wrong with it is in the report. */
    public static Report verify(Path file, Given given, Progress progress) {
        var findings = new Findings();
        try (var archive = ExportArchive.open(file, findings, progress)) {
            return new Verifier(archive, findings, given).judge();
        } catch (IOException | RuntimeException e) {
            // The JDK's reader of zips throws more than it says when a hostile one is opened.
            var name = file.getFileName();
            findings.add(
                    Problem.inFile(
                            String.valueOf(name), "it is no whole export: " + e.getMessage()));
            return new Report(
                    Optional.empty(),
                    findings.first(List.of()),
                    List.of(),
                    List.of(),
                    List.of(),
                    findings.all());
        }
    }

    private Report judge() {
        var manifest = archive.small(Manifest.FILE, MAX_MANIFEST).flatMap(this::manifest);
        if (manifest.isEmpty()) {
            return report(Optional.empty(), List.of());
        }
        var gateway = manifest.get().gateway();
        keys.load(gateway);
        manifestNote();
        var results = new ArrayList<EpochCheck.Result>();
        for (var span : manifest.get().epochs()) {
            var origin = gateway.origin(span.epoch());
            results.add(new EpochCheck(archive, findings, keys, span, origin).run());
        }
        var gaps = results.stream().flatMap(result -> result.gaps().stream()).toList();
        var epochs = new ArrayList<Report.Epoch>();
        for (var result : results) {
            var gone = LossCheck.check(result, gaps, findings);
            var before = epochs.isEmpty() ? outside(result, gaps) : Optional.<String>empty();
            epochs.add(new Report.Epoch(result.span(), result.witnessed(), gone, before));
        }
        chain(results, gaps);
        if (manifest.get().head().whole()) {
            epochs.forEach(this::beginsTooLate);
        }
        hashes(manifest.get());
        return report(manifest, epochs);
    }

    private Optional<Manifest> manifest(byte[] bytes) {
        try {
            var manifest =
                    Manifest.parse(UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
            if (manifest.epochs().size() > MAX_EPOCHS) {
                throw new JsonReader.Malformed("more than " + MAX_EPOCHS + " epochs");
            }
            return Optional.of(manifest);
        } catch (CharacterCodingException | JsonReader.Malformed e) {
            findings.add(Problem.inFile(Manifest.FILE, "no manifest: " + e.getMessage()));
            return Optional.empty();
        }
    }

    private void manifestNote() {
        var bytes = archive.small(Manifest.NOTE, SignedNote.MAX_BYTES);
        if (bytes.isEmpty()) {
            return;
        }
        try {
            var note = SignedNote.parse(bytes.get());
            var hash = String.valueOf(archive.hashes().get(Manifest.FILE));
            if (!note.text().equals(Manifest.noteText(hash))) {
                throw new NoteException("it is not of this manifest");
            }
            if (keys.device().signer(note).isEmpty()) {
                throw new NoteException("it is not signed by a key of the device");
            }
        } catch (NoteException e) {
            findings.add(Problem.inFile(Manifest.NOTE, String.valueOf(e.getMessage())));
        }
    }

    /** Check 6: each epoch names the one before. */
    private void chain(List<EpochCheck.Result> results, List<EntryHead.Gap> gaps) {
        for (var i = 0; i < results.size(); i++) {
            var result = results.get(i);
            var before = i == 0 ? Optional.<Span>empty() : Optional.of(results.get(i - 1).span());
            result.first()
                    .flatMap(first -> broken(first, before, gaps))
                    .ifPresent(why ->
                            findings.add(
                                    Problem.at(
                                            result.span().epoch(),
                                            1,
                                            1,
                                            result.span().epoch() + ExportFile.ENTRIES,
                                            why)));
        }
    }

    /** The epoch that the first one of an export names, when nothing here tells of it. */
    private static Optional<String> outside(EpochCheck.Result first, List<EntryHead.Gap> gaps) {
        return first.first()
                .flatMap(EntryHead::previous)
                .filter(previous -> gaps.stream().noneMatch(g -> g.epoch().equals(previous)));
    }

    /** What calls itself whole must not begin in the middle. */
    private void beginsTooLate(Report.Epoch epoch) {
        epoch.before()
                .ifPresent(before ->
                        findings.add(
                                Problem.at(
                                        epoch.span().epoch(),
                                        1,
                                        1,
                                        epoch.span().epoch() + ExportFile.ENTRIES,
                                        "it names epoch %s, which is not contained"
                                                .formatted(before))));
    }

    private static Optional<String> broken(
            EntryHead first, Optional<Span> before, List<EntryHead.Gap> gaps) {
        if (first.known() && first.kind() != EntryHead.EPOCH_BEGAN) {
            return Optional.of("the first entry of an epoch says that it began");
        }
        if (!first.known() || before.isEmpty()) {
            return Optional.empty();
        }
        var previous = first.previous().orElse("none");
        return previous.equals(before.get().epoch())
                        || gaps.stream().anyMatch(gap -> gap.epoch().equals(previous))
                ? Optional.empty()
                : Optional.of(
                        "the epoch before it is %s, not %s"
                                .formatted(previous, before.get().epoch()));
    }

    /** Check b: every file is as the manifest says. */
    private void hashes(Manifest manifest) {
        for (var file : archive.files().keySet()) {
            if (!archive.hashes().containsKey(file)) {
                archive.read(file, _ -> true);
            }
            var said = manifest.files().get(file);
            var outside = file.equals(Manifest.FILE) || file.equals(Manifest.NOTE);
            if (said == null && !outside) {
                findings.add(Problem.inFile(file, "the manifest does not know it"));
            } else if (said != null && !said.equals(archive.hashes().get(file))) {
                findings.add(Problem.inFile(file, "it is not the file that was signed for"));
            }
        }
        manifest.files().keySet().stream()
                .filter(file -> !archive.files().containsKey(file))
                .sorted()
                .forEach(file -> findings.add(Problem.inFile(file, "it is missing")));
    }

    private Report report(Optional<Manifest> manifest, List<Report.Epoch> epochs) {
        var spans = epochs.stream().map(Report.Epoch::span).toList();
        return new Report(
                manifest.map(Manifest::head),
                findings.first(spans),
                keys.devices(),
                keys.witnesses(),
                epochs,
                findings.all());
    }
}
