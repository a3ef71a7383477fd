package org.mingchu.gateway.tell;

import org.mingchu.config.Plan;
import org.mingchu.gateway.judge.Entry;
import org.mingchu.gateway.judge.Fact;

/**
 * An alarm event of the contract as one line of JSON, for whoever reads events without a broker.
 * Immutable.
 */
public final class EventLine {
    private final NativeEncoder encoder;

    public EventLine(Plan plan, String epoch, About about) {
        encoder = new NativeEncoder(plan, epoch, about);
    }

    /**
     * The line of an entry that holds a {@link Fact.Alarm}; sent when it was decided.
     *
     * @param prev seq of the entry before it in the alarm lane; 0 for the first
     */
    public String of(Entry entry, long prev) {
        if (!(entry.fact() instanceof Fact.Alarm)) {
            throw new IllegalArgumentException("no alarm: seq " + entry.seq());
        }
        return encoder.entry(new Numbered(entry, prev), entry.at()).text();
    }
}
