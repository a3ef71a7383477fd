package org.mingchu.simulator;

import java.util.random.RandomGenerator;

/** One disinfection cabinet or dishwasher as it stands now. One thread. */
final class SteriliserPlant implements Plant {
    /** What a thermostat holds lies so many K above what it must hold, never below. */
    private static final double LEAST_ABOVE = 0.2;

    private static final double RIPPLE = 0.6;

    private final Steriliser steriliser;
    private final RandomGenerator chance;
    private final ProbeLine probe;
    private Phase phase = Phase.OFF;
    private double inside = Ambient.at(0);
    private double goal;
    private long holdMs;
    private long heldMs;

    private enum Phase {
        OFF,
        HEATING,
        HOLD
    }

    SteriliserPlant(Steriliser steriliser, RandomGenerator chance) {
        this.steriliser = steriliser;
        this.chance = chance;
        this.probe = new ProbeLine(chance);
        probe.show(0, inside, inside);
    }

    @Override
    public void step(Hour hour) {
        switch (phase) {
            case OFF -> inside += Hour.STEP_MIN * steriliser.cooling() * (hour.ambient() - inside);
            case HEATING -> {
                inside += Hour.STEP_MIN * steriliser.heating();
                if (inside >= goal) {
                    phase = Phase.HOLD;
                    heldMs = 0;
                    hold();
                }
            }
            case HOLD -> hold();
        }
        probe.show(hour.nowMs(), inside, hour.ambient());
    }

    private void hold() {
        inside = goal + LEAST_ABOVE + RIPPLE * chance.nextDouble();
        heldMs += Weather.STEP_MS;
        if (heldMs >= holdMs) {
            phase = Phase.OFF;
        }
    }

    @Override
    public void obey(Command.ForUnit command) {
        switch (command) {
            case Command.ForProbe change -> probe.obey(change);
            case Command.Cycle _ -> begin(steriliser.celsius(), steriliser.holdMs());
            case Command.CycleOf(_, var celsius, var lengthMs) -> begin(celsius, lengthMs);
            case Command.CycleBroken _ -> phase = Phase.OFF;
            case Command.ForFridge _, Command.ForBatch _ ->
                    throw new IllegalArgumentException(command + " is not for " + steriliser.id());
        }
    }

    private void begin(double celsius, long lengthMs) {
        phase = Phase.HEATING;
        goal = celsius;
        holdMs = lengthMs;
    }

    /** A cycle that lost its power is over: none of these machines takes it up again. */
    @Override
    public void loseMains() {
        phase = Phase.OFF;
    }

    @Override
    public void regainMains() {}

    @Override
    public Watched watched() {
        return steriliser;
    }

    @Override
    public ProbeLine probe() {
        return probe;
    }

    @Override
    public double air() {
        return inside;
    }

    @Override
    public double food() {
        return inside;
    }

    @Override
    public boolean running() {
        return phase != Phase.OFF;
    }
}
