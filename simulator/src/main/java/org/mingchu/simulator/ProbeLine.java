package org.mingchu.simulator;

import java.util.random.RandomGenerator;

/** A probe, where it hangs and its wire: what it makes of the true temperature. One thread. */
final class ProbeLine {
    /** Half the width of the probe's noise in K; triangular, so no library's bell curve counts. */
    private static final double NOISE = 0.06;

    /** A DS18B20 at 12 bits. */
    private static final int STEPS_PER_KELVIN = 16;

    private final RandomGenerator chance;
    private ProbeState state = ProbeState.WORKING;
    private int shownSixteenths;
    private double roomShare;
    private double kelvinPerStep;
    private double drifted;
    private long flapMs;
    private boolean gone;
    private long flipsMs;

    ProbeLine(RandomGenerator chance) {
        this.chance = chance;
    }

    /** One inner step: the probe follows. */
    void show(long nowMs, double inside, double ambient) {
        double noise = NOISE * (chance.nextDouble() + chance.nextDouble() - 1);
        double felt = inside + roomShare * (ambient - inside);
        drifted += kelvinPerStep;
        if (state != ProbeState.STUCK) {
            shownSixteenths = (int) StrictMath.rint((felt + drifted + noise) * STEPS_PER_KELVIN);
        }
        if (flapMs > 0 && nowMs >= flipsMs) {
            gone = !gone;
            flipsMs = nowMs + flapMs / 2 + (long) (flapMs * chance.nextDouble());
        }
    }

    void obey(Command.ForProbe command) {
        switch (command) {
            case Command.Probe(_, var next) -> state = next;
            case Command.ProbeMoved(_, var share) -> roomShare = share;
            case Command.ProbeDrift(_, var kelvinPerDay) ->
                    kelvinPerStep = kelvinPerDay * Weather.STEP_MS / Calendar.DAY_MS;
            case Command.ProbeFlaps(_, var aboutMs) -> flapMs = aboutMs;
            case Command.ProbeReplaced _ -> replace();
        }
    }

    private void replace() {
        state = ProbeState.WORKING;
        roomShare = 0;
        kelvinPerStep = 0;
        drifted = 0;
        flapMs = 0;
        gone = false;
    }

    /** A wire that flaps hides what the probe does behind it. */
    ProbeState state() {
        return gone ? ProbeState.UNPLUGGED : state;
    }

    /** Truncated towards zero, as the kernel's integer division does. */
    long shownMilli() {
        return shownSixteenths * 1000L / STEPS_PER_KELVIN;
    }
}
