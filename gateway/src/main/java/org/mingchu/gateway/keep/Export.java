package org.mingchu.gateway.keep;

import org.mingchu.gateway.judge.Entry;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.GapCause;
import org.mingchu.gateway.judge.SeqRange;
import org.mingchu.gateway.judge.StorageState;
import org.mingchu.gateway.keep.proof.ExportSource;
import org.mingchu.gateway.keep.proof.ExportWriter;
import org.mingchu.gateway.keep.proof.Hashes;
import org.mingchu.gateway.keep.proof.SignedNote;
import org.mingchu.gateway.keep.proof.Span;
import org.mingchu.gateway.keep.proof.VerifierKey;
import org.mingchu.gateway.keep.store.JournalException;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The export of a journal, as export.md describes it: entries, proofs, keys and tables for people.
 * The journal may be written to meanwhile; what is appended after the beginning is left out, and
 * nothing is thinned until this is closed. Memory is flat but for about 1 kB for each checkpoint.
 * One thread, and one beside it that hashes and packs; a month of 16 sensors takes some 8 s.
 */
public final class Export implements ExportSource, AutoCloseable {
    private final Journal journal;
    private final Path folder;
    private final Terms terms;
    private final Seal seal;
    private final Journal.Held held;
    private final Pages pages;
    private final Chronology chronology = new Chronology(Chronology.FIRST_PROGRAM_MS);
    private final ExportNotes notes;
    private final List<Span> spans;
    private final List<Gap> gaps = new ArrayList<>();

    /** All that the journal has, and none of it still waits on a disk that is out. */
    private final boolean whole;

    /**
     * @param loss nothing that was thinned: it may leave unproven what stands beside it
     */
    private record Gap(Entry entry, String epoch, SeqRange range, boolean loss) {}

    /**
     * What is to be exported.
     *
     * @param fromMs by the corrected clock, milliseconds since 1970, included; empty for all
     * @param toMs included
     */
    public record Asked(Optional<Long> fromMs, Optional<Long> toMs) {
        /** The whole record. */
        public static final Asked ALL = new Asked(Optional.empty(), Optional.empty());

        boolean all() {
            return fromMs.isEmpty() && toMs.isEmpty();
        }
    }

    /**
     * What an export says of itself.
     *
     * @param site in whose zone tables write times, and whose platforms' receipts come along
     */
    public record Terms(Instant createdAt, String version, boolean simulated, SiteNote site) {}

    private Export(Journal journal, Path folder, Asked asked, Terms terms, Seal seal)
            throws IOException {
        this.journal = journal;
        this.folder = folder;
        this.terms = terms;
        this.seal = seal;
        this.whole = asked.all() && journal.condition() != StorageState.MEMORY;
        this.pages = new Pages(journal);
        this.notes = new ExportNotes(head().gateway(), terms.site());
        this.held = journal.holdStill();
        try {
            this.spans = look(asked);
        } catch (IOException | RuntimeException e) {
            held.close();
            throw e;
        }
    }

    /**
     * Looks through the record for what is asked.
     *
     * @param folder the state folder
     * @throws JournalException when there is no key to sign with, nothing in the asked range, or
     *     the file cannot be read
     */
    public static Export of(Journal journal, Path folder, Asked asked, Terms terms)
            throws IOException {
        var seal =
                journal.seal()
                        .orElseThrow(() ->
                                new JournalException(
                                        "the device has no key to sign with; see"
                                                + " event=device-key-missing in the log"));
        return new Export(journal, folder, asked, terms, seal);
    }

    /** Writes all of it; the stream stays open. */
    public void write(OutputStream out) throws IOException {
        ExportWriter.write(this, out);
    }

    private List<Span> look(Asked asked) throws IOException {
        var whole = new ArrayList<Span>();
        for (var epoch : journal.epochs()) {
            var size = journal.lastSeq(epoch);
            if (size > 0) {
                whole.add(new Span(epoch, 1, size, size));
                pages.withoutRounds(epoch, size, this::note);
            }
        }
        if (asked.all()) {
            return List.copyOf(whole);
        }
        var found = new ExportRange(pages, chronology).of(whole, asked);
        if (found.isEmpty()) {
            throw new JournalException(
                    "nothing was recorded in the asked time; the record "
                            + new ExportRange(pages, chronology).reach(whole));
        }
        return withGaps(whole, found);
    }

    private void note(Entry entry) {
        chronology.add(entry);
        notes.add(entry);
        if (entry.fact() instanceof Fact.Gap gap) {
            gaps.add(new Gap(entry, gap.epoch(), gap.range(), gap.cause() != GapCause.THINNED));
        }
    }

    /** An epoch of which nothing is asked comes along when it accounts for what is gone. */
    private List<Span> withGaps(List<Span> whole, List<Span> found) {
        var spans = new ArrayList<Span>();
        for (var all : whole) {
            var asked = found.stream().filter(s -> s.epoch().equals(all.epoch())).findFirst();
            asked.ifPresent(spans::add);
            if (asked.isEmpty()
                    && gaps.stream()
                            .anyMatch(g ->
                                    g.entry().epoch().equals(all.epoch()) && concerns(g, found))) {
                spans.add(new Span(all.epoch(), 1, 0, all.size()));
            }
        }
        return List.copyOf(spans);
    }

    private static boolean concerns(Gap gap, List<Span> spans) {
        return spans.stream()
                .anyMatch(s ->
                        s.epoch().equals(gap.epoch())
                                && (gap.loss()
                                        || (gap.range().from() <= s.to()
                                                && s.from() <= gap.range().to())));
    }

    @Override
    public Head head() {
        return new Head(
                new Gateway(seal.area(), seal.site(), seal.gateway()),
                terms.createdAt(),
                terms.version(),
                terms.simulated(),
                whole);
    }

    @Override
    public List<Span> spans() {
        return spans;
    }

    @Override
    public void entries(Span span, EntrySink sink) throws IOException {
        pages.sound(
                span.epoch(), span.from(), span.to(), row -> sink.entry(row.seq(), row.bytes()));
    }

    @Override
    public void gapsElsewhere(Span span, EntrySink sink) throws IOException {
        for (var gap : gaps) {
            var seq = gap.entry().seq();
            if (gap.entry().epoch().equals(span.epoch())
                    && (seq < span.from() || seq > span.to())
                    && seq <= span.size()
                    && concerns(gap, spans)) {
                pages.sound(span.epoch(), seq, seq, row -> sink.entry(seq, row.bytes()));
            }
        }
    }

    @Override
    public Hashes hashes(Span span) {
        return journal.hashes(span.epoch());
    }

    @Override
    public List<Kept> checkpoints(Span span) {
        return notes.checkpoints(span);
    }

    @Override
    public Map<String, List<Kept>> receipts(Span span) {
        return notes.receipts(span);
    }

    @Override
    public List<VerifierKey> deviceKeys() {
        var keys = new LinkedHashSet<VerifierKey>();
        keys.add(seal.verifier());
        OwnKeys.known(folder).stream()
                .filter(key -> key.name().equals(seal.keyName()))
                .forEach(keys::add);
        return List.copyOf(keys);
    }

    @Override
    public Map<String, List<VerifierKey>> platformKeys() {
        return notes.platformKeys(spans);
    }

    /** On the card: what is in {@code /tmp} is in memory on many machines. */
    @Override
    public Path scratch() {
        return folder;
    }

    @Override
    public Map<String, Table> tables() {
        var tables = new ExportTables(pages, chronology, spans, terms.site().zone());
        return Map.of(
                "readings.csv", tables::readings,
                "alarms.csv", tables::alarms,
                "acts.csv", tables::acts);
    }

    @Override
    public SignedNote sign(String text) {
        return seal.key().sign(seal.keyName(), text);
    }

    @Override
    public void close() {
        held.close();
    }
}
