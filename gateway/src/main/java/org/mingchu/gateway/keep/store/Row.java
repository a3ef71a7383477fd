package org.mingchu.gateway.keep.store;

import org.mingchu.gateway.judge.Lane;
import org.mingchu.gateway.keep.entry.EntryCodec;

/** One entry as it is stored. */
public final class Row {
    private final long pos;
    private final Lane lane;
    private final byte[] bytes;
    private final int check;

    /**
     * @param pos see {@link Pos}
     * @param check the first four bytes of the entry's leaf: whoever reads the row holds its bytes
     *     to them
     */
    public Row(long pos, Lane lane, byte[] bytes, int check) {
        this.pos = pos;
        this.lane = lane;
        this.bytes = bytes;
        this.check = check;
    }

    public long pos() {
        return pos;
    }

    public long seq() {
        return Pos.seq(pos);
    }

    public Lane lane() {
        return lane;
    }

    public byte[] bytes() {
        return bytes;
    }

    public int check() {
        return check;
    }

    /** Whether its bytes are those that were written, and those of no other seq. */
    public boolean isSound() {
        var said = EntryCodec.seq(bytes);
        return EntryCodec.check(EntryCodec.leaf(bytes)) == check && (said == 0 || said == seq());
    }
}
