package org.mingchu.gateway.keep.store;

import org.mingchu.gateway.judge.Lane;
import org.mingchu.gateway.keep.pack.Summary;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What one commit writes. One thread. */
public final class Batch {
    private Optional<EpochRow> epoch = Optional.empty();
    private Optional<byte[]> snapshot = Optional.empty();
    private final List<Row> rows = new ArrayList<>();
    private final List<NodeRow> nodes = new ArrayList<>();
    private Optional<Shelved> shelved = Optional.empty();
    private final List<BlockRow> restored = new ArrayList<>();
    private final Map<Summary, Integer> summaries = new LinkedHashMap<>();
    private final List<Long> dropped = new ArrayList<>();
    private final Map<Slot, byte[]> progress = new HashMap<>();
    private final Map<String, String> notes = new HashMap<>();

    /** Whose delivery, in which lane of which epoch. */
    public record Slot(int epochNo, String platform, Lane lane) {}

    public boolean isEmpty() {
        return rows.isEmpty()
                && nodes.isEmpty()
                && shelved.isEmpty()
                && restored.isEmpty()
                && summaries.isEmpty()
                && dropped.isEmpty()
                && progress.isEmpty()
                && notes.isEmpty()
                && epoch.isEmpty()
                && snapshot.isEmpty();
    }

    /** An epoch that begins with the first of the rows. */
    public void begin(EpochRow began) {
        epoch = Optional.of(began);
    }

    public void snapshot(byte[] sealed) {
        snapshot = Optional.of(sealed);
    }

    public void note(String name, String value) {
        notes.put(name, value);
    }

    public Optional<EpochRow> epoch() {
        return epoch;
    }

    public Optional<byte[]> snapshot() {
        return snapshot;
    }

    /** Ascending; add to it. */
    public List<Row> rows() {
        return rows;
    }

    /** Add to it. */
    public List<NodeRow> nodes() {
        return nodes;
    }

    /**
     * Rounds that leave the ring.
     *
     * @param toPos up to here, included
     * @param block those that are packed
     * @param leftOut those that are not, and stay rows
     */
    public record Shelved(long toPos, Optional<BlockRow> block, List<Row> leftOut) {}

    public void shelve(Shelved rounds) {
        shelved = Optional.of(rounds);
    }

    Optional<Shelved> shelved() {
        return shelved;
    }

    /** Blocks saved from a damaged file; add to it. */
    public List<BlockRow> restored() {
        return restored;
    }

    /** Summaries saved without their blocks, with the numbers of their epochs; put into it. */
    public Map<Summary, Integer> summaries() {
        return summaries;
    }

    /** Positions of blocks whose rounds are no longer wanted; add to it. */
    public List<Long> dropped() {
        return dropped;
    }

    /** Put into it. */
    public Map<Slot, byte[]> progress() {
        return progress;
    }

    /** Small facts about the file itself, by name. */
    Map<String, String> notes() {
        return notes;
    }

    /** Forgets all but what is true whatever the disk says: how far the platforms are. */
    public void refused() {
        epoch = Optional.empty();
        snapshot = Optional.empty();
        rows.clear();
        nodes.clear();
        shelved = Optional.empty();
        restored.clear();
        summaries.clear();
        dropped.clear();
        notes.clear();
    }

    /** All of it is written. */
    public void written() {
        refused();
        progress.clear();
    }
}
