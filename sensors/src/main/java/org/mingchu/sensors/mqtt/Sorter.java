package org.mingchu.sensors.mqtt;

import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Moment;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;

/**
 * Makes sheaves of what waits: as few as may be, each message whole in one of them, each sensor's
 * words in the order in which they came. The loop's thread.
 */
final class Sorter {
    private final Roster roster;
    private final Deque<Delivery> waiting = new ArrayDeque<>();
    private long again;

    Sorter(Roster roster) {
        this.roster = roster;
    }

    void add(Delivery delivery) {
        waiting.add(delivery);
    }

    int size() {
        return waiting.size();
    }

    /** Takes out those of a connection that is gone, which the broker sends again. */
    void forgetPaced() {
        waiting.removeIf(delivery -> delivery.publish().qos() > 0);
    }

    /** Values that were kept already. */
    long again() {
        return again;
    }

    /** Everything that waits; a message that says nothing new is kept by itself. */
    List<Sheaf> sheaves(Moment now) {
        var sheaves = new ArrayList<Sheaf>();
        var wallMs =
                now.clock() == ClockState.UNSYNCED
                        ? OptionalLong.empty()
                        : OptionalLong.of(now.wallMs());
        while (!waiting.isEmpty()) {
            var delivery = waiting.remove();
            var publish = delivery.publish();
            var timing =
                    new Timing(
                            OptionalLong.empty(),
                            wallMs,
                            now.upNs() - delivery.arrivedNs(),
                            delivery.current(),
                            publish.retained());
            place(delivery, fresh(roster.listen(publish, timing)), sheaves);
        }
        return sheaves;
    }

    private List<Said> fresh(List<Said> said) {
        var fresh =
                said.stream().filter(one -> one.mark().filter(one.ear()::has).isEmpty()).toList();
        again += said.size() - fresh.size();
        return fresh;
    }

    private void place(Delivery delivery, List<Said> said, List<Sheaf> sheaves) {
        if (said.isEmpty()) {
            delivery.become(Delivery.State.KEPT);
            return;
        }
        for (var sheaf : sheaves) {
            if (said.stream().allMatch(one -> one.mark().isPresent() && sheaf.has(one))) {
                again += said.size();
                sheaf.add(delivery, List.of());
                return;
            }
        }
        sheafFor(said, sheaves).add(delivery, said);
    }

    /** Behind the last that has a word of one of these sensors, so that none overtakes another. */
    private static Sheaf sheafFor(List<Said> said, List<Sheaf> sheaves) {
        var last = sheaves.size();
        while (last > 0 && sheaves.get(last - 1).free(said)) {
            last--;
        }
        if (last == sheaves.size()) {
            sheaves.add(new Sheaf());
        }
        return sheaves.get(last);
    }
}
