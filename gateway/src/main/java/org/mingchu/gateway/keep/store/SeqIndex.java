package org.mingchu.gateway.keep.store;

import org.mingchu.gateway.judge.SeqRange;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.LongConsumer;

/**
 * Where each entry of one epoch is: a number per seq, in blocks of 64, so that a year of entries
 * takes 30 MB and entries far apart do no harm. One thread.
 */
final class SeqIndex {
    private static final int BLOCK = 64;

    private final TreeMap<Long, long[]> blocks = new TreeMap<>();
    private long count;

    /** The number for a seq; 0 when there is none. */
    long get(long seq) {
        var block = blocks.get(seq / BLOCK);
        return block == null ? 0 : block[(int) (seq % BLOCK)];
    }

    /** Whether the seq needs a new block. */
    boolean grows(long seq) {
        return !blocks.containsKey(seq / BLOCK);
    }

    /** Sets the number for a seq, which is not 0. */
    void put(long seq, long number) {
        var block = blocks.computeIfAbsent(seq / BLOCK, _ -> new long[BLOCK]);
        if (block[(int) (seq % BLOCK)] == 0) {
            count++;
        }
        block[(int) (seq % BLOCK)] = number;
    }

    long count() {
        return count;
    }

    /** Each seq that has a number, ascending. */
    void each(LongConsumer consumer) {
        for (var block : blocks.entrySet()) {
            for (var i = 0; i < BLOCK; i++) {
                if (block.getValue()[i] != 0) {
                    consumer.accept(block.getKey() * BLOCK + i);
                }
            }
        }
    }

    /** The unbroken ranges, ascending. */
    List<SeqRange> ranges() {
        var ranges = new ArrayList<SeqRange>();
        var open = new long[] {0, 0}; // from and to; 0 before the first
        each(seq -> {
            if (open[0] == 0 || seq != open[1] + 1) {
                if (open[0] != 0) {
                    ranges.add(new SeqRange(open[0], open[1]));
                }
                open[0] = seq;
            }
            open[1] = seq;
        });
        if (open[0] != 0) {
            ranges.add(new SeqRange(open[0], open[1]));
        }
        return ranges;
    }
}
