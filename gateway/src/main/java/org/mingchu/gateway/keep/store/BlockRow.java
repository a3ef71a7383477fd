package org.mingchu.gateway.keep.store;

import org.mingchu.gateway.keep.pack.Block;

/**
 * A block of rounds as it is stored.
 *
 * @param epochNo of all its rounds
 * @param block head, columns and summaries
 */
public record BlockRow(int epochNo, Block block) {
    /** The position of its first round, by which it is known. */
    public long pos() {
        return Pos.of(epochNo, block.head().seq(0));
    }

    /** The position of its last round. */
    public long last() {
        return Pos.of(epochNo, block.head().seq(block.head().rounds() - 1));
    }
}
