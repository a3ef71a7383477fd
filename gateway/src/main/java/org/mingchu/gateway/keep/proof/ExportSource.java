package org.mingchu.gateway.keep.proof;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What an export is made of; the journal offers it. It must stay as it is while the export is
 * written: entries may be appended, none may be dropped. Called by one thread.
 */
public interface ExportSource {
    /** Whose record it is. */
    record Gateway(String area, String site, String id) {
        /** The name under which the device signs. */
        public String keyName() {
            return Checkpoint.keyName(area, site, id);
        }

        /** The origin line of one epoch's checkpoints. */
        public String origin(String epoch) {
            return Checkpoint.origin(area, site, id, epoch);
        }
    }

    /** Takes entries, ascending. */
    @FunctionalInterface
    interface EntrySink {
        void entry(long seq, byte[] bytes) throws IOException;
    }

    /** Writes the whole content of one table, CSV with byte order mark. */
    @FunctionalInterface
    interface Table {
        /** Writes; the stream stays open. */
        void write(OutputStream out) throws IOException;
    }

    /** A checkpoint that was signed earlier: the note of a tree of {@code size} leaves. */
    record Kept(long size, SignedNote note) {}

    /** What the manifest says beside its list of files. */
    record Head(Gateway gateway, Instant createdAt, String version, boolean simulated) {}

    Head head();

    /** The epochs that are asked for, ascending by time. */
    List<Span> spans();

    /** Gives the entries of {@code from..to} that still exist, whole and ascending. Called once. */
    void entries(Span span, EntrySink sink) throws IOException;

    /**
     * Gives the {@code Gap} entries of the epoch that stand outside {@code from..to} and account
     * for seqs within an exported range; usually none.
     */
    void gapsElsewhere(Span span, EntrySink sink) throws IOException;

    /**
     * The hashes of the epoch's tree: leaves of entries that exist, complete nodes of level {@value
     * Node#KEPT_LEVEL}, and the largest dropped subtrees.
     */
    Hashes hashes(Span span);

    /** Checkpoints of the epoch worth showing, of any size. */
    List<Kept> checkpoints(Span span);

    /** Cosigned checkpoints of the epoch, by platform. */
    Map<String, List<Kept>> receipts(Span span);

    /**
     * The device's keys: the present one first, then earlier ones that signed something of this.
     */
    List<VerifierKey> deviceKeys();

    /** The keys of the platforms whose receipts are in it. */
    Map<String, List<VerifierKey>> platformKeys();

    /** A folder for a file of 32 bytes for each entry, which is removed again. */
    Path scratch();

    /** Tables for people, by file name: {@code readings.csv} and so on. */
    Map<String, Table> tables();

    /** Signs with the device's present key under {@link Gateway#keyName}. */
    SignedNote sign(String text);
}
