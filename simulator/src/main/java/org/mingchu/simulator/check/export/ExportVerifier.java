package org.mingchu.simulator.check.export;

import org.mingchu.simulator.note.VerifierKey;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Judges an export by {@code export.md} section 6. Any thread; each judgement is one thread's. */
public final class ExportVerifier {
    private final List<Problem> problems = new ArrayList<>();
    private final List<VerifierKey> device;
    private final List<VerifierKey> witnesses;

    private ExportVerifier(List<VerifierKey> device, List<VerifierKey> witnesses) {
        this.device = device;
        this.witnesses = witnesses;
    }

    /**
     * Judges an export; what is no export at all is not proven either.
     *
     * @param device keys of the gateway that the user trusts; empty to take the export's own
     * @param witnesses keys of platforms that the user trusts; empty to take the export's own
     */
    public static Report verify(Path zip, List<VerifierKey> device, List<VerifierKey> witnesses) {
        return new ExportVerifier(List.copyOf(device), List.copyOf(witnesses)).verify(zip);
    }

    private Report verify(Path zip) {
        try {
            return verify(Archive.read(zip, problems::add));
        } catch (IOException e) {
            problems.add(Problem.of("no zip file: " + e.getMessage()));
            return report(new Keys(device, !device.isEmpty(), Map.of(), witnesses), List.of());
        }
    }

    private Report verify(Archive archive) {
        var keys = Keys.read(archive, device, witnesses, problems::add);
        var manifest =
                archive.file(Manifest.NAME).flatMap(json -> Manifest.read(json, problems::add));
        if (manifest.isEmpty()) {
            problems.add(Problem.in(Manifest.NAME, "there is none that can be read"));
            return report(keys, List.of());
        }
        note(archive, keys);
        files(archive, manifest.get());
        var checks = new ArrayList<EpochCheck>();
        for (var epoch : manifest.get().epochs()) {
            checks.add(new EpochCheck(archive, epoch, problems::add));
        }
        var losses = new LossChecks(checks, problems::add);
        losses.chain(manifest.get());
        var epochs = new ArrayList<Report.OfEpoch>();
        for (var check : checks) {
            var witnessed = new NoteChecks(archive, keys, check, problems::add).check();
            losses.unproven(check);
            epochs.add(new Report.OfEpoch(check.epoch(), witnessed, losses.gaps(check)));
        }
        return report(keys, epochs);
    }

    private void note(Archive archive, Keys keys) {
        var body = "mingchu export/1\n" + archive.sha256(Manifest.NAME) + "\n";
        var signed =
                SignedNote.read(archive.file("manifest.note").orElse(new byte[0]))
                        .filter(note -> note.text().equals(body))
                        .filter(note -> !note.isCondemnedBy(keys.device()))
                        .filter(note -> note.isSignedBy(keys.device()));
        if (signed.isEmpty()) {
            problems.add(Problem.in("manifest.note", "the device has not signed this manifest"));
        }
    }

    private void files(Archive archive, Manifest manifest) {
        manifest.files()
                .forEach((name, hash) -> {
                    if (archive.file(name).isEmpty()) {
                        problems.add(Problem.in(name, "it is not there"));
                    } else if (!archive.sha256(name).equals(hash)) {
                        problems.add(Problem.in(name, "it is not the one that the manifest names"));
                    }
                });
        for (var name : archive.names("")) {
            if (!manifest.files().containsKey(name)
                    && !List.of(Manifest.NAME, "manifest.note").contains(name)) {
                problems.add(Problem.in(name, "the manifest does not name it"));
            }
        }
    }

    private Report report(Keys keys, List<Report.OfEpoch> epochs) {
        var order = epochs.stream().map(of -> of.epoch().id()).toList();
        return new Report(
                firstBad(problems, order), keys, List.copyOf(epochs), List.copyOf(problems));
    }

    /** The place to look at first: the earliest that is told as closely as anything there is. */
    static Optional<Problem> firstBad(List<Problem> problems, List<String> order) {
        return problems.stream()
                .filter(problem -> problem.seqs().isPresent())
                .filter(problem -> problems.stream().noneMatch(other -> isCloser(other, problem)))
                .min(
                        Comparator.<Problem>comparingInt(p -> order.indexOf(p.epoch().orElse("")))
                                .thenComparingLong(p -> p.seqs().orElseThrow().from())
                                .thenComparingLong(p -> p.seqs().orElseThrow().to()))
                .or(() -> problems.stream().findFirst());
    }

    private static boolean isCloser(Problem other, Problem problem) {
        if (!problem.somewhere()
                || other.seqs().isEmpty()
                || !other.epoch().equals(problem.epoch())) {
            return false;
        }
        var range = problem.seqs().orElseThrow();
        var its = other.seqs().get();
        return other.somewhere() ? range.holds(its) && !its.equals(range) : range.holds(its.from());
    }
}
