package org.mingchu.gateway.keep.proof;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a {@link Verifier} found. Immutable.
 *
 * @param record whose record it is, where the manifest can be read
 * @param firstBad where the record goes wrong first; empty when everything is proven
 */
public record Report(
        Optional<ExportSource.Head> record,
        Optional<Problem> firstBad,
        List<UsedKey> device,
        List<UsedKey> witnesses,
        List<Epoch> epochs,
        List<Problem> problems) {
    public Report {
        device = List.copyOf(device);
        witnesses = List.copyOf(witnesses);
        epochs = List.copyOf(epochs);
        problems = List.copyOf(problems);
    }

    /** Whether every check held. */
    public boolean proven() {
        return problems.isEmpty();
    }

    /**
     * A key whose signatures counted.
     *
     * @param given by the user; otherwise it is the export's own, and proves only that whoever has
     *     the other half made it
     */
    public record UsedKey(String name, String fingerprint, boolean given) {}

    /** A platform has seen the tree of so many leaves. */
    public record Witnessed(long size, String by, Instant at) {}

    /** Seqs that are gone, and why. */
    public record Gone(Problem.Seqs seqs, String cause) {}

    /** What is proven of one epoch, but for what is {@link #unproven}. */
    public record Epoch(Span span, Optional<Witnessed> witness, Extent extent, List<Gone> gaps) {
        public Epoch {
            gaps = List.copyOf(gaps);
        }

        /** What nobody can change any more, not even with the device's key. */
        public Optional<Problem.Seqs> witnessed() {
            return seqs(span.from(), Math.min(witness.map(Witnessed::size).orElse(0L), span.to()));
        }

        /** What stands on the device's signature alone. */
        public Optional<Problem.Seqs> selfAttested() {
            var witnessed = witness.map(Witnessed::size).orElse(0L);
            return seqs(Math.max(span.from(), witnessed + 1), Math.min(span.to(), extent.proven()));
        }

        /** What neither the platform nor the device vouches for: hashes beside it are lost. */
        public List<Problem.Seqs> unproven() {
            return extent.within(span);
        }

        private static Optional<Problem.Seqs> seqs(long from, long to) {
            return from <= to ? Optional.of(new Problem.Seqs(from, to)) : Optional.empty();
        }
    }
}
