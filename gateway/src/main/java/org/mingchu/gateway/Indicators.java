package org.mingchu.gateway;

import org.mingchu.config.Plan;
import org.mingchu.gateway.judge.Glance;
import org.mingchu.gateway.judge.State;
import org.mingchu.gateway.show.Annunciator;
import org.mingchu.gateway.show.Signal;
import org.mingchu.sensors.Clock;
import org.mingchu.sensors.Moment;
import org.mingchu.sensors.pi.Board;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lamps and buzzer of the site, if it has any that can be had. One thread, the house's. */
final class Indicators implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Indicators.class);

    private final Glance glance;
    private final Annunciator annunciator;

    Indicators(Plan plan, Board board, Clock clock) {
        this.glance = new Glance(plan);
        this.annunciator = annunciator(plan, board, clock);
    }

    /** Shows a committed state; green changes, because the loop has come round. */
    void show(State state, Moment now) {
        annunciator.show(Signal.of(glance, state, now));
        annunciator.blink();
    }

    @Override
    public void close() {
        annunciator.close();
    }

    /** A board without lamps must not keep the platform from hearing of a warm freezer. */
    private static Annunciator annunciator(Plan plan, Board board, Clock clock) {
        try {
            return new Annunciator(board, plan.site().annunciator(), () -> clock.now().upNs());
        } catch (Board.BoardException e) {
            LOG.error("event=annunciator-missing {}", e.getMessage());
            return new Annunciator(
                    board, org.mingchu.config.Annunciator.NONE, () -> clock.now().upNs());
        }
    }
}
