package org.mingchu.sensors.coap;

import java.util.List;

/**
 * By what a record is known when it comes again. Immutable.
 *
 * @param ask it came before when one of these is known
 * @param keep to be known from now on; none for a record that nothing tells from the next one
 */
record Keys(List<Long> ask, List<Long> keep) {
    /** Times of one record that was sent twice differ by how well a probe counts its age. */
    static final long SAME_TIME_MS = 10_000;

    static final Keys NONE = new Keys(List.of(), List.of());

    Keys {
        ask = List.copyOf(ask);
        keep = List.copyOf(keep);
    }

    /** A record with a time of its own: the time tells it from every other one of its name. */
    static Keys ofTime(String name, long epochMs) {
        var key = Fingerprint.of("t", name, epochMs);
        return new Keys(List.of(key), List.of(key));
    }

    /**
     * A record of a counted pack: the same count with the same bytes, or with the same value of the
     * same moment. A probe that counts from the start again says something else, or at another
     * time, and is heard.
     *
     * @param body fingerprint of the bytes it came in
     * @param takenMs by the gateway's own clock
     */
    static Keys ofSequence(long sequence, long body, int index, SenMlValue value, long takenMs) {
        var bytes = Fingerprint.of("b", sequence, body, index);
        var bin = Math.floorDiv(takenMs, SAME_TIME_MS);
        return new Keys(
                List.of(
                        bytes,
                        inBin(sequence, value, bin - 1),
                        inBin(sequence, value, bin),
                        inBin(sequence, value, bin + 1)),
                List.of(bytes, inBin(sequence, value, bin)));
    }

    private static long inBin(long sequence, SenMlValue value, long bin) {
        return Fingerprint.of("s", sequence, value.name(), value.said(), bin);
    }
}
