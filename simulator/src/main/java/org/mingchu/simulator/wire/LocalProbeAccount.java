package org.mingchu.simulator.wire;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the broker owes: the readings whose PUBACK the probes have seen. A probe never gives one
 * temperature twice, so a reading is known by probe and value. Immutable.
 *
 * @param published messages given to the broker, doubles included
 * @param acknowledged the temperatures in thousandths of a degree, by probe id, in the order of
 *     their acknowledgement, each once
 * @param unanswered messages whose fate nobody knows: the connection broke before the PUBACK
 * @param lost readings the radio lost or a reboot forgot; nobody owes them
 */
public record LocalProbeAccount(
        long published, Map<String, List<Long>> acknowledged, long unanswered, long lost) {
    public LocalProbeAccount {
        var copy = new LinkedHashMap<String, List<Long>>();
        acknowledged.forEach((probe, milli) -> copy.put(probe, List.copyOf(milli)));
        acknowledged = Map.copyOf(copy);
    }

    /** How many readings the broker owes. */
    public long owed() {
        return acknowledged.values().stream().mapToLong(List::size).sum();
    }

    /**
     * The readings that are owed and not among {@code seen}, as {@code probe=milli}.
     *
     * @param seen temperatures in thousandths, by probe id
     */
    public List<String> missing(Map<String, List<Long>> seen) {
        var missing = new ArrayList<String>();
        acknowledged.forEach((probe, owed) -> {
            var has = Set.copyOf(seen.getOrDefault(probe, List.of()));
            owed.stream()
                    .filter(milli -> !has.contains(milli))
                    .forEach(milli -> missing.add(probe + "=" + milli));
        });
        return missing;
    }
}
