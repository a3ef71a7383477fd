package org.mingchu.sensors.coap;

import org.mingchu.sensors.Clock;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** When each probe of the site spoke last. Any thread. */
final class ProbeBook {
    private final Clock clock;
    private final SortedSet<String> identities;
    private final Map<String, ProbeStatus.Heard> heard = new ConcurrentHashMap<>();

    ProbeBook(Roster roster, Clock clock) {
        this.clock = clock;
        this.identities = new TreeSet<>(roster.identities());
    }

    void note(String identity, Caller caller, String answer) {
        if (identities.contains(identity)) {
            heard.put(
                    identity,
                    new ProbeStatus.Heard(
                            clock.now().upNs(), caller.address(), caller.way(), answer));
        }
    }

    List<ProbeStatus> list() {
        return identities.stream()
                .map(i -> new ProbeStatus(i, Optional.ofNullable(heard.get(i))))
                .toList();
    }
}
