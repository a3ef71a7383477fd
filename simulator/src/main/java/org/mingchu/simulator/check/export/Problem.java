package org.mingchu.simulator.check.export;

import java.util.Optional;

/**
 * Something that does not hold. Immutable.
 *
 * @param epoch where it is known
 * @param seqs where it is known
 * @param somewhere it holds for one of the seqs, we cannot tell which; else for each of them
 * @param file where it is known
 */
record Problem(
        Optional<String> epoch,
        Optional<Span> seqs,
        boolean somewhere,
        Optional<String> file,
        String why) {
    /** Seqs, both included. */
    record Span(long from, long to) {
        boolean holds(long seq) {
            return from <= seq && seq <= to;
        }

        boolean holds(Span other) {
            return from <= other.from && other.to <= to;
        }
    }

    static Problem of(String why) {
        return new Problem(Optional.empty(), Optional.empty(), false, Optional.empty(), why);
    }

    static Problem in(String file, String why) {
        return new Problem(Optional.empty(), Optional.empty(), false, Optional.of(file), why);
    }

    static Problem at(String epoch, long from, long to, String file, String why) {
        return new Problem(
                Optional.of(epoch), Optional.of(new Span(from, to)), false, Optional.of(file), why);
    }

    static Problem somewhere(String epoch, long from, long to, String file, String why) {
        return new Problem(
                Optional.of(epoch), Optional.of(new Span(from, to)), true, Optional.of(file), why);
    }

    Problem of(Optional<String> of) {
        return new Problem(of, seqs, somewhere, file, why);
    }
}
