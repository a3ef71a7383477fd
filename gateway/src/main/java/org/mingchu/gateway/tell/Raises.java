package org.mingchu.gateway.tell;

import org.mingchu.gateway.judge.AlarmChange;
import org.mingchu.gateway.judge.AlarmEvent;
import org.mingchu.gateway.judge.AlarmId;

import java.util.LinkedHashMap;
import java.util.Map;

/** Which entry raised an alarm, for the latest alarms only. One thread. */
final class Raises {
    private final Map<AlarmId, Long> seqs;

    Raises(int max) {
        seqs =
                new LinkedHashMap<>() {
                    private static final long serialVersionUID = 1;

                    @Override
                    protected boolean removeEldestEntry(Map.Entry<AlarmId, Long> eldest) {
                        return size() > max;
                    }
                };
    }

    void see(AlarmEvent event, long seq) {
        if (event.change() == AlarmChange.RAISED) {
            seqs.put(event.id(), seq);
        }
    }

    /** The entry that raised it; where that is forgotten, its first evidence comes near. */
    long of(AlarmEvent event, Numbered entry) {
        // The evidence of an entry that was kept again has the numbers of another epoch.
        var near = entry.isAgain() ? entry.seq() : event.evidence().from();
        return seqs.getOrDefault(event.id(), near);
    }
}
