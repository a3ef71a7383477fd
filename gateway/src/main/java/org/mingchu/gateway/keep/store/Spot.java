package org.mingchu.gateway.keep.store;

import java.util.List;

/** Where an entry is, in one number that is never 0: its row, its number in it, its standing. */
final class Spot {
    /** The most entries in one row. */
    static final int MOST = 1 << 14;

    private static final List<Standing> STANDINGS = List.of(Standing.values());

    private static final int PLACE_BITS = 45;
    private static final int NUMBER_BITS = 14;
    private static final int STANDING_AT = PLACE_BITS + NUMBER_BITS;
    private static final long USED = 1L << 62;

    private Spot() {}

    static long of(long place, int number, Standing standing) {
        return USED
                | (long) STANDINGS.indexOf(standing) << STANDING_AT
                | (long) number << PLACE_BITS
                | place;
    }

    static long place(long spot) {
        return spot & ((1L << PLACE_BITS) - 1);
    }

    static int number(long spot) {
        return (int) (spot >>> PLACE_BITS) & (MOST - 1);
    }

    static Standing standing(long spot) {
        return STANDINGS.get((int) (spot >>> STANDING_AT) & 3);
    }
}
