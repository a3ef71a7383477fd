package org.mingchu.gateway.keep;

import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.GapCause;
import org.mingchu.gateway.judge.SeqRange;
import org.mingchu.gateway.keep.store.Store;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a damage has taken, noted in the new file until the next epoch has said it: a power cut in
 * between must not make anybody forget it. Immutable.
 *
 * @param epoch the one that was being written, if anybody knows
 */
record Losses(Optional<String> epoch, GapCause cause, List<Range> ranges) {
    /** The name of the note that holds it. */
    static final String NOTE = "losses";

    Losses {
        ranges = List.copyOf(ranges);
    }

    /**
     * Entries that are not there, both ends included.
     *
     * @param count how many of the range
     */
    record Range(String epoch, long from, long to, long count) {
        /** All of the range. */
        Range(String epoch, long from, long to) {
            this(epoch, from, to, to - from + 1);
        }

        private String text() {
            return epoch + ' ' + from + ' ' + to + ' ' + count;
        }

        private static Range read(String text) {
            var parts = text.split(" ", 4);
            var all = new Range(parts[0], Long.parseLong(parts[1]), Long.parseLong(parts[2]));
            return parts.length < 4
                    ? all
                    : new Range(all.epoch, all.from, all.to, Long.parseLong(parts[3]));
        }
    }

    List<Fact> gaps() {
        return ranges.stream().map(this::gap).toList();
    }

    private Fact gap(Range range) {
        return new Fact.Gap(
                range.epoch(),
                Optional.empty(),
                new SeqRange(range.from(), range.to()),
                range.count(),
                cause,
                Optional.empty(),
                Optional.empty());
    }

    /** For people, one line. */
    String words() {
        return ranges.size() + " ranges of the record are lost; see the folder quarantine";
    }

    String note() {
        return Stream.concat(
                        Stream.of(epoch.orElse("unknown"), cause.name()),
                        ranges.stream().map(Range::text))
                .collect(Collectors.joining(";"));
    }

    /** What a store has to say before its next epoch begins. */
    static Optional<Losses> in(Store store) {
        return store.note(NOTE, Losses::read);
    }

    /** With some more that nobody has said yet; only what is not among these. */
    Losses and(List<Range> more) {
        return new Losses(
                epoch, cause, Stream.concat(ranges.stream(), more.stream()).distinct().toList());
    }

    static Losses read(String note) {
        var parts = Arrays.asList(note.split(";", -1));
        return new Losses(
                Optional.of(parts.get(0)).filter(epoch -> !epoch.equals("unknown")),
                GapCause.valueOf(parts.get(1).toUpperCase(Locale.ROOT)),
                parts.stream().skip(2).map(Range::read).toList());
    }
}
