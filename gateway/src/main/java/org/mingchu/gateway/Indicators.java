package org.mingchu.gateway;

import org.mingchu.config.Plan;
import org.mingchu.config.Priority;
import org.mingchu.gateway.judge.AlarmState;
import org.mingchu.gateway.judge.Glance;
import org.mingchu.gateway.judge.Light;
import org.mingchu.gateway.judge.State;
import org.mingchu.gateway.show.Annunciator;
import org.mingchu.gateway.show.Signal;
import org.mingchu.sensors.Clock;
import org.mingchu.sensors.Moment;
import org.mingchu.sensors.pi.Board;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.EnumSet;
import java.util.Set;

/** What lamps and buzzer say of a state. One thread, the house's. */
final class Indicators implements AutoCloseable {
    private static final Set<Light> AMBER =
            EnumSet.of(Light.ATTENTION, Light.DOUBT, Light.FAULT, Light.ALARM);
    private static final Logger LOG = LoggerFactory.getLogger(Indicators.class);

    private final Glance glance;
    private final Annunciator annunciator;

    Indicators(Plan plan, Board board, Clock clock) {
        this.glance = new Glance(plan);
        this.annunciator = annunciator(plan, board, clock);
    }

    /** Shows a committed state; green changes, because the loop has come round. */
    void show(State state, Moment now) {
        annunciator.show(signal(glance, state, now));
        annunciator.blink();
    }

    /** What is to be said: red until somebody has taken what is urgent, amber for all the rest. */
    static Signal signal(Glance glance, State state, Moment now) {
        var red =
                glance.alarms(state).stream()
                        .anyMatch(alarm ->
                                alarm.state() == AlarmState.UNACK_ACTIVE
                                        && alarm.priority() != Priority.P3);
        var amber =
                glance.units(state, now).stream().anyMatch(unit -> AMBER.contains(unit.light()))
                        || !glance.alarms(state).isEmpty();
        return new Signal(glance.sounding(state, now), red, amber);
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
