package org.mingchu.gateway.keep.lab;

import java.util.random.RandomGenerator;

/**
 * How much of the unsynced a power cut leaves: nothing, all, or any part, in order or not.
 *
 * @param happens of 100 changes so many happened
 * @param torn of 100 writes that happened so many are torn at a border of sectors
 * @param shuffled they happened in any order
 */
record Luck(RandomGenerator chance, int happens, int torn, boolean shuffled) {
    private static final int[] HAPPENS = {0, 10, 50, 90, 100};
    private static final int[] TORN = {0, 0, 20, 100};

    static Luck draw(RandomGenerator chance) {
        return new Luck(
                chance,
                HAPPENS[chance.nextInt(HAPPENS.length)],
                TORN[chance.nextInt(TORN.length)],
                chance.nextBoolean());
    }

    boolean happened() {
        return chance.nextInt(100) < happens;
    }

    boolean tears() {
        return chance.nextInt(100) < torn;
    }
}
