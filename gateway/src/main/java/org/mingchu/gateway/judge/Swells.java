package org.mingchu.gateway.judge;

import org.mingchu.gateway.judge.Course.Shift;
import org.mingchu.gateway.judge.Trace.Now;
import org.mingchu.gateway.judge.Trace.Swell;
import org.mingchu.sensors.Moment;

import java.util.ArrayList;
import java.util.List;

/** How a rise above the usual band goes on, value by value. Pure. */
final class Swells {
    private Swells() {}

    /** The rise after one more value above the band: a new one, or the one under way. */
    static Swell after(Trace trace, Now was, long milli, Moment at, boolean doorOpen) {
        if (was.swell().isEmpty()) {
            return new Swell(at, milli, at, List.of(milli), 0, 0);
        }
        var swell = was.swell().get();
        var stepNs = at.upNs() - was.at().upNs();
        var sinceNs = at.upNs() - swell.begun().upNs();
        var warmest = milli > swell.peakMilli();
        var fits =
                trace.habit()
                        .map(h ->
                                h.covers(
                                        sinceNs,
                                        milli,
                                        milli > swell.peakMilli() - Course.TURN_MILLI))
                        .orElse(false);
        return new Swell(
                swell.begun(),
                Math.max(milli, swell.peakMilli()),
                warmest ? at : swell.peakAt(),
                curve(swell.curve(), was.milli(), milli, sinceNs),
                swell.doorNs() + (doorOpen ? stepNs : 0),
                swell.strangeNs() + (fits ? 0 : stepNs));
    }

    /** The same rise on the other side of a hole; of what was in it nothing is held against it. */
    static Swell bridged(Swell swell, long wasMilli, long milli, Shift to) {
        var begun = to.moment(swell.begun());
        var warmest = milli > swell.peakMilli();
        return new Swell(
                begun,
                Math.max(milli, swell.peakMilli()),
                warmest ? to.to() : to.moment(swell.peakAt()),
                curve(swell.curve(), wasMilli, milli, to.to().upNs() - begun.upNs()),
                swell.doorNs(),
                swell.strangeNs());
    }

    private static List<Long> curve(List<Long> curve, long wasMilli, long milli, long sinceNs) {
        var points = 1 + Math.min(sinceNs, Course.CURVE.toNanos()) / Course.STEP.toNanos();
        if (curve.size() >= points) {
            return curve;
        }
        var longer = new ArrayList<>(curve);
        var missing = points - curve.size();
        // Between two values that lie several steps apart the curve is a straight line.
        for (var i = 1L; i <= missing; i++) {
            longer.add(wasMilli + (milli - wasMilli) * i / missing);
        }
        return longer;
    }
}
