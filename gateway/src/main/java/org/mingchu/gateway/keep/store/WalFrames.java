package org.mingchu.gateway.keep.store;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which frame of a write-ahead log holds which page (SQLite's file format, section 4). The log is
 * written over from its beginning and never shortened, so behind the present generation of frames,
 * which share one salt, stand the rests of older ones. Immutable.
 */
final class WalFrames {
    static final int HEADER_BYTES = 32;
    static final int FRAME_HEADER_BYTES = 24;

    /** Frames looked at, 1,048,576: 1 GiB of log at 1 KiB a page, 900 times the usual one. */
    private static final int MAX_FRAMES = 1 << 20;

    /** Older generations that are told apart; the usual log holds two or three. */
    private static final int MAX_GENERATIONS = 64;

    private final int pageBytes;
    private final int count;
    private final Map<Integer, Integer> committed = new HashMap<>();
    private Map<Integer, Integer> generation = Map.of();
    private final Map<Integer, Integer> older = new HashMap<>();
    private int commitsBehindBreak;

    private WalFrames(int pageBytes, int count) {
        this.pageBytes = pageBytes;
        this.count = count;
    }

    /** Looks through the whole log once. */
    static WalFrames read(DamagedFile log, int pageBytes) {
        var frameBytes = FRAME_HEADER_BYTES + pageBytes;
        var frames = Math.ceilDiv(Math.max(0, log.size() - HEADER_BYTES), frameBytes);
        var found = new WalFrames(pageBytes, (int) Math.min(MAX_FRAMES, frames));
        found.map(log);
        return found;
    }

    /** The page that a frame says it holds. */
    static int page(byte[] frame) {
        return ByteBuffer.wrap(frame).getInt(0);
    }

    /** How many frames there are, the last perhaps cut. */
    int count() {
        return count;
    }

    long offset(int frame) {
        return HEADER_BYTES + (long) frame * (FRAME_HEADER_BYTES + pageBytes);
    }

    /** The frame of a position in the log. */
    int frameAt(long offset) {
        return (int) ((offset - HEADER_BYTES) / (FRAME_HEADER_BYTES + pageBytes));
    }

    /** The newest frame of a page that an unbroken chain of checks and a commit prove. */
    Optional<Integer> committed(int page) {
        return Optional.ofNullable(committed.get(page));
    }

    /** The newest frame of a page that carries the present salt, proven or not. */
    Optional<Integer> ofGeneration(int page) {
        return Optional.ofNullable(generation.get(page));
    }

    /** The last frame of a page that carries another salt. */
    Optional<Integer> older(int page) {
        return Optional.ofNullable(older.get(page));
    }

    /** All frames, the surest first: committed ones, then the newest of the present generation. */
    List<Integer> surestFirst() {
        var order = new ArrayList<Integer>();
        var others = new ArrayList<Integer>();
        var sure = new HashSet<>(committed.values());
        for (var i = 0; i < count; i++) {
            (sure.contains(i) ? order : others).add(i);
        }
        Collections.reverse(others);
        order.addAll(others);
        return order;
    }

    /**
     * Commits of the present generation, their last frame whole, behind the first frame whose check
     * does not hold. Those that all write one and the same page, beside the first, are not counted:
     * they fill a new log, mean nothing and are not forced.
     */
    int commitsBehindBreak() {
        return commitsBehindBreak;
    }

    int committedCount() {
        return committed.size();
    }

    private void map(DamagedFile log) {
        var walk = new Walk(WalHeader.read(log));
        var bytes = new byte[FRAME_HEADER_BYTES + pageBytes];
        for (var frame = 0; frame < count; frame++) {
            log.read(offset(frame), bytes, bytes.length);
            walk.step(frame, ByteBuffer.wrap(bytes));
        }
        commitsBehindBreak = walk.present.map(walk::commitsBehindBreak).orElse(0);
        for (var salt : walk.bySalt.entrySet()) {
            if (walk.present.isPresent() && walk.present.get().equals(salt.getKey())) {
                generation = salt.getValue();
            } else {
                salt.getValue().forEach((page, frame) -> older.merge(page, frame, Math::max));
            }
        }
    }

    /** One way through the log, which learns as it goes. */
    private final class Walk {
        private final Optional<WalHeader> header;
        private final Map<Long, Map<Integer, Integer>> bySalt = new LinkedHashMap<>();
        private final Map<Integer, Integer> transaction = new HashMap<>();
        private final Map<Long, Integer> commitsBehind = new HashMap<>();
        private final Map<Long, Set<Integer>> pagesBehind = new HashMap<>();

        /** The salt of the present generation; without a header, that of the first sound frame. */
        private Optional<Long> present;

        private boolean unbroken;
        private long sumBefore;
        private long saltBefore;

        Walk(Optional<WalHeader> header) {
            this.header = header;
            present = header.map(WalHeader::salt);
            unbroken = header.isPresent();
            sumBefore = header.map(WalHeader::sum).orElse(0L);
            saltBefore = header.map(WalHeader::salt).orElse(0L);
        }

        void step(int number, ByteBuffer frame) {
            var page = frame.getInt(0);
            var salt = frame.getLong(8);
            // A log of zeros would sum up, too.
            var linked = salt != 0 && salt == saltBefore && links(frame);
            present = present.or(() -> linked ? Optional.of(salt) : Optional.empty());
            unbroken = unbroken && linked;
            if (unbroken) {
                transaction.put(page, number);
                if (frame.getInt(4) != 0) {
                    committed.putAll(transaction);
                    transaction.clear();
                }
            }
            if (bySalt.size() < MAX_GENERATIONS || bySalt.containsKey(salt)) {
                behind(page, salt, linked && frame.getInt(4) != 0);
                bySalt.computeIfAbsent(salt, _ -> new HashMap<>()).put(page, number);
            }
            sumBefore = frame.getLong(16);
            saltBefore = salt;
        }

        private void behind(int page, long salt, boolean commit) {
            if (!unbroken) {
                var pages = pagesBehind.computeIfAbsent(salt, _ -> new HashSet<>());
                // 1 names the table of the filling; 0 is a frame's head torn at a sector's border.
                if (page > 1) {
                    pages.add(page);
                }
                commitsBehind.merge(salt, commit ? 1 : 0, Integer::sum);
            }
        }

        int commitsBehindBreak(long salt) {
            return pagesBehind.getOrDefault(salt, Set.of()).size() > 1
                    ? commitsBehind.getOrDefault(salt, 0)
                    : 0;
        }

        /** Whether the frame's sum goes on from that of the frame before. */
        private boolean links(ByteBuffer frame) {
            var stored = frame.getLong(16);
            if (header.isPresent()) {
                return WalHeader.sum(frame, sumBefore, header.get().order()) == stored;
            }
            return WalHeader.sum(frame, sumBefore, ByteOrder.LITTLE_ENDIAN) == stored
                    || WalHeader.sum(frame, sumBefore, ByteOrder.BIG_ENDIAN) == stored;
        }
    }
}
