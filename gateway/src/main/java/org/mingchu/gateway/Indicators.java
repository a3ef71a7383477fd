package org.mingchu.gateway;

import org.mingchu.config.Plan;
import org.mingchu.gateway.judge.Glance;
import org.mingchu.gateway.judge.State;
import org.mingchu.gateway.show.Annunciator;
import org.mingchu.gateway.show.Signal;
import org.mingchu.sensors.Clock;
import org.mingchu.sensors.Moment;
import org.mingchu.sensors.pi.Board;

import java.util.List;

/**
 * Lamps and buzzer of the site, if it has any that can be had. One thread, the house's, but for the
 * test.
 */
final class Indicators implements AutoCloseable {
    private final Glance glance;
    private final Annunciator annunciator;

    Indicators(Plan plan, Board board, Clock clock) {
        this.glance = new Glance(plan);
        this.annunciator =
                new Annunciator(board, plan.site().annunciator(), () -> clock.now().upNs());
    }

    /** Shows a committed state; green changes, because the loop has come round. */
    void show(State state, Moment now) {
        annunciator.show(Signal.of(glance, state, now));
        annunciator.blink();
    }

    /** Sounds the buzzer once; false when there is none, or an alarm sounds. Any thread. */
    boolean test() {
        return annunciator.test();
    }

    /** Lights the lamps for a moment. Any thread. */
    void light() {
        annunciator.light();
    }

    /** Begins to watch when lamp and buzzer are driven. Any thread. */
    void watch() {
        annunciator.watch();
    }

    /** What was driven since then. Any thread. */
    Annunciator.Driven driven() {
        return annunciator.driven();
    }

    /** What of it the board does not give. */
    List<String> missing() {
        return annunciator.missing();
    }

    @Override
    public void close() {
        annunciator.close();
    }
}
