package org.mingchu.gateway;

import org.mingchu.gateway.judge.State;
import org.mingchu.sensors.Moment;

/** What the house does after each wake: lamps, buzzer, page, couriers. One thread. */
interface Hands {
    /**
     * Called after every wake that ended well; everything in {@code state} is committed.
     *
     * @param grown whether the journal has new entries
     */
    void act(State state, Moment now, boolean grown);
}
