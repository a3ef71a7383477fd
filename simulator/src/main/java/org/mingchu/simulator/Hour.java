package org.mingchu.simulator;

/**
 * What one inner step is like for every unit. Immutable.
 *
 * @param nowMs weather time at its beginning
 * @param ambient °C of the kitchen's air
 * @param staffed people are at work, and open doors
 */
record Hour(long nowMs, double ambient, boolean staffed) {
    static final double STEP_MIN = (double) Weather.STEP_MS / Calendar.MINUTE_MS;

    static Hour ofWork(long nowMs) {
        return new Hour(nowMs, Ambient.at(nowMs), Calendar.working(nowMs));
    }

    static Hour ofClosure(long nowMs) {
        return new Hour(nowMs, Ambient.empty(nowMs), false);
    }
}
