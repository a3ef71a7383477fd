package org.mingchu.gateway.show;

import org.mingchu.config.Priority;
import org.mingchu.gateway.judge.AlarmEvent;
import org.mingchu.gateway.judge.Glance;
import org.mingchu.gateway.judge.Glance.CameraView;
import org.mingchu.gateway.judge.Glance.UnitView;
import org.mingchu.gateway.judge.Light;
import org.mingchu.gateway.judge.State;
import org.mingchu.sensors.Moment;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the lamps and the buzzer have to say. Immutable.
 *
 * @param sounding the most urgent alarm that nobody has taken and nobody has silenced
 * @param red an urgent or important alarm that nobody has taken
 * @param amber something is not simply fine: an alarm that somebody has taken, attention, a fault,
 *     a doubt, or nothing known
 */
public record Signal(Optional<Priority> sounding, boolean red, boolean amber) {
    /** Nothing to say: all off. */
    public static final Signal QUIET = new Signal(Optional.empty(), false, false);

    /** What a state asks for, seen at one moment. */
    public static Signal of(Glance glance, State state, Moment now) {
        var lights =
                Stream.concat(
                                glance.units(state, now).stream().map(UnitView::light),
                                glance.cameras(state, now).stream().map(CameraView::light))
                        .toList();
        return new Signal(
                glance.sounding(state, now),
                glance.alarms(state).stream().anyMatch(Signal::urgent),
                lights.stream().anyMatch(Signal::unsettled) || !glance.alarms(state).isEmpty());
    }

    private static boolean urgent(AlarmEvent alarm) {
        return OpenAlarms.waits(alarm.state()) && alarm.priority() != Priority.P3;
    }

    /** Everything but fine: amber is also for what is not known. */
    private static boolean unsettled(Light light) {
        return switch (light) {
            case FINE -> false;
            case PLANNED, UNKNOWN, ATTENTION, ALARM, FAULT, DOUBT -> true;
        };
    }
}
