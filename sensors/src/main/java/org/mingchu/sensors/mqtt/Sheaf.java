package org.mingchu.sensors.mqtt;

import org.mingchu.sensors.Reading;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Readings of different sensors that are handed to the intake as one list, and the messages that
 * may be acknowledged once they are kept. The loop's thread.
 */
final class Sheaf {
    private final List<Said> said = new ArrayList<>();
    private final List<Delivery> deliveries = new ArrayList<>();
    private final Set<Ear> ears = new HashSet<>();

    /** Whether it has no word of these sensors yet: one round holds one reading of a sensor. */
    boolean free(List<Said> more) {
        return more.stream().noneMatch(one -> ears.contains(one.ear()));
    }

    void add(Delivery delivery, List<Said> more) {
        said.addAll(more);
        more.forEach(one -> ears.add(one.ear()));
        deliveries.add(delivery);
        delivery.become(Delivery.State.HANDED);
    }

    /** Whether it holds this very value at this very time. */
    boolean has(Said one) {
        return ears.contains(one.ear())
                && said.stream()
                        .anyMatch(other ->
                                other.ear() == one.ear() && other.mark().equals(one.mark()));
    }

    List<Reading> readings() {
        return said.stream().map(Said::reading).toList();
    }

    List<Said> said() {
        return said;
    }

    List<Delivery> deliveries() {
        return deliveries;
    }
}
