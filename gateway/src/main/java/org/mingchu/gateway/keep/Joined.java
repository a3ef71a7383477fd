package org.mingchu.gateway.keep;

import org.mingchu.gateway.judge.Entry;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.keep.cbor.Cbor;
import org.mingchu.gateway.keep.entry.EntryCodec;
import org.mingchu.gateway.keep.proof.ExportEntries;
import org.mingchu.gateway.keep.proof.Verifier;
import org.mingchu.sensors.Reading;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What one probe told several gateways, out of their exports, each value at its own time and with
 * the gateway that received it: a transit box is heard by whoever is near. Each export is judged
 * first; of one that is not proven nothing is taken. One thread.
 */
public final class Joined {
    private final String subject;
    private final List<Part> parts = new ArrayList<>();

    /** Two exports of one gateway may overlap. */
    private final Set<Place> taken = new HashSet<>();

    private record Place(String epoch, long seq) {}

    /**
     * A value.
     *
     * @param when it was taken, by what its gateway's record knows of the clock
     * @param gateway who received it: area, site and gateway
     */
    public record Part(
            Corrected when, Reading.Measured value, String gateway, String epoch, long seq) {}

    /** What came of it. Immutable. */
    public sealed interface Found {}

    /** All values, ascending in time. */
    public record Curve(List<Part> parts) implements Found {
        public Curve {
            parts = List.copyOf(parts);
        }
    }

    /** It cannot be: which file, why, and what to do. */
    public record Refused(String why) implements Found {}

    private Joined(String subject) {
        this.subject = subject;
    }

    /** All values of a probe. */
    public static Found of(String subject, List<Path> files) throws IOException {
        var joined = new Joined(subject);
        for (var file : files) {
            var refused = joined.add(file);
            if (refused.isPresent()) {
                return refused.get();
            }
        }
        joined.parts.sort(Comparator.comparingLong(part -> part.when.wallMs()));
        return new Curve(joined.parts);
    }

    private Optional<Refused> add(Path file) throws IOException {
        var report = Verifier.verify(file, Verifier.Given.NONE, (_, _, _) -> {});
        if (!report.proven()) {
            return Optional.of(
                    new Refused(
                            "%s: it is not proven, and nothing of it is taken; `mingchu verify %s`"
                                            .formatted(file, file)
                                    + " says why"));
        }
        var who = report.record().orElseThrow().gateway();
        var gateway = "%s/%s/%s".formatted(who.area(), who.site(), who.id());
        var entries = ExportEntries.of(file, report);
        var chronology = new Chronology(Chronology.FIRST_PROGRAM_MS);
        entries.each(bytes ->
                decoded(bytes)
                        .filter(entry -> !(entry.fact() instanceof Fact.Round))
                        .ifPresent(chronology::add));
        entries.each(bytes -> decoded(bytes).ifPresent(entry -> take(entry, chronology, gateway)));
        return parts.size() <= History.READINGS_MAX
                ? Optional.empty()
                : Optional.of(
                        new Refused(
                                "%s: more than %d values in all; export a shorter time, with --from"
                                                .formatted(file, History.READINGS_MAX)
                                        + " and --to"));
    }

    /** What a later program wrote is stepped over. */
    private static Optional<Entry> decoded(byte[] bytes) {
        try {
            return Optional.of(EntryCodec.decode(bytes));
        } catch (Cbor.Malformed | Cbor.Unknown e) {
            return Optional.empty();
        }
    }

    private void take(Entry entry, Chronology chronology, String gateway) {
        if (!(entry.fact() instanceof Fact.Round(var readings))
                || readings.stream().noneMatch(reading -> reading.subject().equals(subject))
                || !taken.add(new Place(entry.epoch(), entry.seq()))) {
            return;
        }
        for (var reading : readings) {
            if (reading instanceof Reading.Measured measured
                    && measured.subject().equals(subject)
                    && parts.size() <= History.READINGS_MAX) {
                var when = History.taken(chronology.corrected(entry.at()), measured);
                parts.add(new Part(when, measured, gateway, entry.epoch(), entry.seq()));
            }
        }
    }
}
