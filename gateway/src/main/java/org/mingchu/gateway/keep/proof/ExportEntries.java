package org.mingchu.gateway.keep.proof;

import org.mingchu.gateway.keep.cbor.Cbor;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;

/** The entries of an export that a {@link Verifier} has found proven. One thread. */
public final class ExportEntries {
    private final Path file;
    private final List<Span> spans;

    /** Takes the bytes of entries. */
    @FunctionalInterface
    public interface Sink {
        void entry(byte[] bytes);
    }

    private ExportEntries(Path file, List<Span> spans) {
        this.file = file;
        this.spans = spans;
    }

    /**
     * Of an export whose report says no problem.
     *
     * @throws IllegalArgumentException when it says one
     */
    public static ExportEntries of(Path file, Report report) {
        if (!report.proven()) {
            throw new IllegalArgumentException(file + " is not proven");
        }
        return new ExportEntries(file, report.epochs().stream().map(Report.Epoch::span).toList());
    }

    /** All of them in the order of the record; may be asked again and again. */
    public void each(Sink sink) throws IOException {
        var findings = new Findings();
        try (var archive = ExportArchive.open(file, findings, (_, _, _) -> {})) {
            for (var span : spans) {
                archive.read(
                        span.epoch() + ExportFile.ENTRIES,
                        in -> {
                            each(in, sink);
                            return true;
                        });
            }
        }
        if (!findings.all().isEmpty()) {
            // It was whole when it was judged.
            throw new IOException(file + " changed while it was read");
        }
    }

    private static void each(InputStream in, Sink sink) throws IOException {
        var entries = new EntrySequence(in);
        try {
            for (var entry = entries.next(); entry.isPresent(); entry = entries.next()) {
                sink.entry(entry.get());
            }
        } catch (Cbor.Malformed e) {
            throw new IOException(e);
        }
    }
}
