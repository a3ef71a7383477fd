package org.mingchu.simulator.check.export;

import org.mingchu.simulator.note.VerifierKey;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Check 3: the checkpoints and receipts of one epoch against its tree. One thread. */
final class NoteChecks {
    private static final Pattern CHECKPOINT =
            Pattern.compile("[0-9a-f]{16}/checkpoints/([1-9][0-9]{0,15}|0)\\.note");
    private static final Pattern RECEIPT =
            Pattern.compile("[0-9a-f]{16}/receipts/([^/]+)/([1-9][0-9]{0,15}|0)\\.note");

    private final Archive archive;
    private final Keys keys;
    private final EpochCheck epoch;
    private final Consumer<Problem> problems;
    private final List<Checked> checked = new ArrayList<>();

    /**
     * A note that is well signed.
     *
     * @param platform of a receipt
     * @param seconds when the platform cosigned it
     * @param agrees empty when the tree's root cannot be known
     */
    private record Checked(
            String file,
            long size,
            Optional<String> platform,
            OptionalLong seconds,
            Optional<Boolean> agrees) {
        boolean holds() {
            return agrees.orElse(false);
        }
    }

    NoteChecks(Archive archive, Keys keys, EpochCheck epoch, Consumer<Problem> problems) {
        this.archive = archive;
        this.keys = keys;
        this.epoch = epoch;
        this.problems = problems;
    }

    /** The largest valid receipt. */
    Optional<Report.Witnessed> check() {
        var id = epoch.epoch().id();
        for (var name : archive.names(id + "/")) {
            var checkpoint = CHECKPOINT.matcher(name);
            var receipt = RECEIPT.matcher(name);
            if (checkpoint.matches()) {
                read(name, Long.parseLong(checkpoint.group(1)), Optional.empty());
            } else if (receipt.matches()) {
                read(name, Long.parseLong(receipt.group(2)), Optional.of(receipt.group(1)));
            }
        }
        var last = id + "/checkpoints/" + epoch.epoch().proven() + ".note";
        if (archive.file(last).isEmpty()) {
            wrong(last, "there is no checkpoint of the whole");
        }
        checked.forEach(this::root);
        return checked.stream()
                .filter(Checked::holds)
                .filter(note -> note.platform().isPresent() && note.seconds().isPresent())
                .max(
                        Comparator.comparingLong(Checked::size)
                                .thenComparing(
                                        note -> note.seconds().orElse(0),
                                        Comparator.reverseOrder()))
                .map(note ->
                        new Report.Witnessed(
                                note.size(), note.platform().orElse(""), note.seconds().orElse(0)));
    }

    private void wrong(String file, String why) {
        problems.accept(Problem.in(file, why).of(Optional.of(epoch.epoch().id())));
    }

    private void read(String file, long size, Optional<String> platform) {
        var note = SignedNote.read(archive.file(file).orElse(new byte[0]));
        if (note.isEmpty()) {
            wrong(file, "no signed note");
            return;
        }
        var head = note.get().text().split("\n", -1);
        var known = new ArrayList<VerifierKey>(keys.device());
        platform.map(keys::of).ifPresent(known::addAll);
        var at = platform.map(p -> note.get().cosignedAt(keys.of(p))).orElse(OptionalLong.empty());
        if (head.length < 4
                || !head[0].equals(epoch.epoch().origin())
                || !head[1].equals(Long.toString(size))
                || size > epoch.epoch().size()
                || SignedNote.base64(head[2]).filter(r -> r.length == 32).isEmpty()) {
            wrong(file, "no checkpoint of this epoch and size");
        } else if (note.get().isCondemnedBy(known) || !note.get().isSignedBy(keys.device())) {
            wrong(file, "not validly signed");
        } else if (platform.isPresent() && at.isEmpty() && !keys.areWitnessesGiven()) {
            wrong(file, "not cosigned by the platform");
        } else {
            var root = SignedNote.base64(head[2]).orElseThrow();
            var agrees = epoch.tree().root(size).map(r -> Arrays.equals(r, root));
            checked.add(
                    new Checked(
                            file, size, at.isPresent() ? platform : Optional.empty(), at, agrees));
        }
    }

    private void root(Checked note) {
        if (note.agrees().isEmpty()) {
            wrong(note.file(), "its root cannot be computed from what is there");
        } else if (!note.holds()) {
            // What the device may have signed anew says nothing against a receipt.
            var below =
                    checked.stream()
                            .filter(Checked::holds)
                            .filter(n -> n.size() < note.size())
                            .filter(n -> note.platform().isEmpty() || n.platform().isPresent())
                            .mapToLong(Checked::size)
                            .max()
                            .orElse(0);
            problems.accept(
                    Problem.somewhere(
                            epoch.epoch().id(),
                            below + 1,
                            note.size(),
                            note.file(),
                            note.platform().isPresent()
                                    ? "the record is not the one the platform has witnessed"
                                    : "the record is not the one that was signed"));
        }
    }
}
