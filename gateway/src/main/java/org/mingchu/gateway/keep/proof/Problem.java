package org.mingchu.gateway.keep.proof;

import java.util.Optional;

/**
 * One check that failed. Immutable.
 *
 * @param epoch where it is known
 * @param seqs which ones are bad
 * @param somewhere not all of these are bad, but one of them at least
 * @param file of the export
 * @param why for people
 */
public record Problem(
        Optional<String> epoch,
        Optional<Seqs> seqs,
        boolean somewhere,
        Optional<String> file,
        String why) {

    /** A run of seqs, both ends included. */
    public record Seqs(long from, long to) {
        boolean within(Seqs other) {
            return from >= other.from && to <= other.to;
        }

        boolean startsIn(Seqs other) {
            return from >= other.from && from <= other.to;
        }

        @Override
        public String toString() {
            return from == to ? "seq " + from : "seq " + from + ".." + to;
        }
    }

    static Problem inFile(String file, String why) {
        return new Problem(Optional.empty(), Optional.empty(), false, Optional.of(file), why);
    }

    static Problem at(String epoch, long from, long to, String file, String why) {
        return new Problem(
                Optional.of(epoch), Optional.of(new Seqs(from, to)), false, Optional.of(file), why);
    }

    static Problem somewhereIn(String epoch, long from, long to, String file, String why) {
        return new Problem(
                Optional.of(epoch), Optional.of(new Seqs(from, to)), true, Optional.of(file), why);
    }

    @Override
    public String toString() {
        return epoch.map(e -> "epoch " + e + " ").orElse("")
                + seqs.map(s -> (somewhere ? "somewhere in " : "") + s + " ").orElse("")
                + file.map(f -> "(" + f + ")").orElse("")
                + ": "
                + why;
    }
}
