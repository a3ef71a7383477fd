package org.mingchu.gateway.keep.proof;

import org.mingchu.simulator.check.export.ExportVerifier;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a verifier says of an export, read from its report {@code kfs/verify/1}, so that both are
 * held to the same words. Immutable.
 *
 * @param file of the first bad place; empty when none
 */
public record Judged(
        String json, boolean proven, Optional<Seqs> bad, String file, List<Epoch> epochs) {
    /** Seqs, both included. */
    public record Seqs(long from, long to) {
        /** Whether it lies among these. */
        public boolean holds(long seq) {
            return from <= seq && seq <= to;
        }
    }

    /** What is proven of one epoch. */
    public record Epoch(
            String id,
            Optional<Seqs> witnessed,
            Optional<Seqs> selfAttested,
            List<Seqs> unproven,
            List<Seqs> gaps) {}

    /** Both verifiers, ours first. */
    public static List<Judged> byBoth(Path zip) {
        var ours = ReportJson.of(Verifier.verify(zip, Verifier.Given.NONE, (_, _, _) -> {}));
        var other = ExportVerifier.verify(zip, List.of(), List.of()).json();
        return List.of(of(ours), of(other));
    }

    /** Reads a report. */
    public static Judged of(String json) {
        var report = (Map<?, ?>) JsonReader.read(json);
        var bad = map(report, "firstBad");
        return new Judged(
                json,
                Boolean.TRUE.equals(report.get("proven")),
                bad.flatMap(Judged::seqs),
                bad.map(b -> String.valueOf(b.get("file"))).orElse(""),
                list(report, "epochs").stream().map(Judged::epoch).toList());
    }

    private static Epoch epoch(Map<?, ?> epoch) {
        return new Epoch(
                String.valueOf(epoch.get("epoch")),
                map(epoch, "witnessed").flatMap(Judged::seqs),
                map(epoch, "selfAttested").flatMap(Judged::seqs),
                runs(epoch, "unproven"),
                runs(epoch, "gaps"));
    }

    private static List<Seqs> runs(Map<?, ?> epoch, String name) {
        return list(epoch, name).stream().flatMap(run -> seqs(run).stream()).toList();
    }

    private static Optional<Seqs> seqs(Map<?, ?> at) {
        return at.get("from") instanceof Long from && at.get("to") instanceof Long to
                ? Optional.of(new Seqs(from, to))
                : Optional.empty();
    }

    private static Optional<Map<?, ?>> map(Map<?, ?> in, String name) {
        return in.get(name) instanceof Map<?, ?> map ? Optional.of(map) : Optional.empty();
    }

    private static List<Map<?, ?>> list(Map<?, ?> in, String name) {
        var found = new ArrayList<Map<?, ?>>();
        if (in.get(name) instanceof List<?> items) {
            for (var item : items) {
                if (item instanceof Map<?, ?> map) {
                    found.add(map);
                }
            }
        }
        return found;
    }
}
