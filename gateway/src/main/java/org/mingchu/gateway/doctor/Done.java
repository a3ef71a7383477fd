package org.mingchu.gateway.doctor;

import java.util.Optional;
import java.util.Set;

/**
 * What was done once in a gateway's first hour, as the record and the state folder have it.
 * Immutable.
 *
 * @param labelled whether the device's label was written for the key it has now
 * @param selfTest whether the last self-test passed; absent when there was none, or nobody can look
 * @param pictured ids of the sensors whose place there is a picture of
 * @param told ids of the platforms that have something of this record
 * @param drill whether in the last drill every hop happened; absent like the self-test
 * @param protocol whether the last commissioning protocol was made after the last self-test and the
 *     last drill; absent when none was made
 */
public record Done(
        boolean labelled,
        Optional<Boolean> selfTest,
        Set<String> pictured,
        Set<String> told,
        Optional<Boolean> drill,
        Optional<Boolean> protocol) {
    /** Nobody knows of anything. */
    public static final Done NOTHING =
            new Done(
                    false,
                    Optional.empty(),
                    Set.of(),
                    Set.of(),
                    Optional.empty(),
                    Optional.empty());

    public Done {
        pictured = Set.copyOf(pictured);
        told = Set.copyOf(told);
    }
}
