package org.mingchu.simulator;

import java.util.random.RandomGenerator;

/** Decides when the ice heater is on. One thread. */
final class Defroster {
    /** No heater runs longer: the fail-safe time of common defrost timers. */
    private static final long FAILSAFE_MS = 40 * Calendar.MINUTE_MS;

    /** A safety thermostat keeps a heater that never ends from burning the place, in °C of air. */
    private static final double CUT_OUT = 45;

    private final Defrost plan;
    private final RandomGenerator chance;
    private boolean heating;
    private long endsMs;
    private double endAir;
    private long ranMs;
    private long runGoalMs;
    private boolean blocked;
    private boolean stuck;

    Defroster(Defrost plan, RandomGenerator chance) {
        this.plan = plan;
        this.chance = chance;
        drawGoal();
    }

    boolean heating() {
        return heating;
    }

    /** K per minute that the heater adds to the air now. */
    double heat(double air) {
        if (!heating || air >= CUT_OUT) {
            return 0;
        }
        return switch (plan) {
            case Defrost.None() -> 0;
            case Defrost.Scheduled scheduled -> scheduled.heat();
            case Defrost.Adaptive adaptive -> adaptive.heat();
        };
    }

    /** Power is gone; the defrost that ran is over. */
    void stop() {
        heating = false;
    }

    /** From now on no defrost begins. */
    void block() {
        blocked = true;
    }

    /** From now on the heater is on whenever there is power. */
    void stick() {
        stuck = true;
    }

    void mend() {
        heating &= !stuck;
        blocked = false;
        stuck = false;
    }

    void advance(long nowMs, double air, boolean compressorRan) {
        if (compressorRan) {
            ranMs += Weather.STEP_MS;
        }
        if (stuck) {
            heating = true;
            return;
        }
        if (heating) {
            heating = nowMs < endsMs && air < endAir;
            return;
        }
        if (blocked) {
            return;
        }
        switch (plan) {
            case Defrost.None() -> {}
            case Defrost.Scheduled scheduled -> startBySchedule(scheduled, nowMs);
            case Defrost.Adaptive adaptive -> startByRun(adaptive, nowMs);
        }
    }

    private void startBySchedule(Defrost.Scheduled scheduled, long nowMs) {
        for (int minute : scheduled.minutesOfDay()) {
            long sinceMs = Calendar.ofDay(nowMs) - minute * Calendar.MINUTE_MS;
            if (sinceMs >= 0 && sinceMs < Weather.STEP_MS) {
                double minutes = between(scheduled.shortestMin(), scheduled.longestMin());
                start(nowMs + (long) (minutes * Calendar.MINUTE_MS), Double.POSITIVE_INFINITY);
            }
        }
    }

    private void startByRun(Defrost.Adaptive adaptive, long nowMs) {
        if (ranMs >= runGoalMs) {
            start(nowMs + FAILSAFE_MS, between(adaptive.endAirMin(), adaptive.endAirMax()));
            drawGoal();
        }
    }

    private void start(long untilMs, double untilAir) {
        heating = true;
        endsMs = untilMs;
        endAir = untilAir;
    }

    private void drawGoal() {
        ranMs = 0;
        if (plan instanceof Defrost.Adaptive adaptive) {
            double hours = between(adaptive.runHoursMin(), adaptive.runHoursMax());
            runGoalMs = (long) (hours * Calendar.HOUR_MS);
        }
    }

    private double between(double low, double high) {
        return low + (high - low) * chance.nextDouble();
    }
}
