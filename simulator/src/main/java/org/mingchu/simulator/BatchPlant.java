package org.mingchu.simulator;

import java.util.random.RandomGenerator;

/** One batch as it cools: its outside follows the air, its middle its outside. One thread. */
final class BatchPlant implements Plant {
    private final Batch batch;
    private final ProbeLine probe;
    private CoolingPlace place = CoolingPlace.ROOM;
    private double outside = Ambient.at(0);
    private double core = outside;

    BatchPlant(Batch batch, RandomGenerator chance) {
        this.batch = batch;
        this.probe = new ProbeLine(chance);
        probe.show(0, core, outside);
    }

    @Override
    public void step(Hour hour) {
        double through = (core - outside) / batch.size();
        double off = place.rate() * (place.air(hour.ambient()) - outside);
        outside += Hour.STEP_MIN * (through + off);
        core -= Hour.STEP_MIN * through;
        probe.show(hour.nowMs(), core, hour.ambient());
    }

    @Override
    public void obey(Command.ForUnit command) {
        switch (command) {
            case Command.ForProbe change -> probe.obey(change);
            case Command.Cooked(_, var celsius) -> {
                outside = celsius;
                core = celsius;
                place = CoolingPlace.ROOM;
            }
            case Command.Cooling(_, var where) -> place = where;
            case Command.ForFridge _, Command.ForSteriliser _ ->
                    throw new IllegalArgumentException(command + " is not for " + batch.id());
        }
    }

    /** The air of a fridge or a chiller is taken as it is: a cut is played on the store itself. */
    @Override
    public void loseMains() {}

    @Override
    public void regainMains() {}

    @Override
    public Watched watched() {
        return batch;
    }

    @Override
    public ProbeLine probe() {
        return probe;
    }

    /** The probe sits in the food. */
    @Override
    public double air() {
        return core;
    }

    @Override
    public double food() {
        return core;
    }

    @Override
    public boolean running() {
        return place == CoolingPlace.CHILLER;
    }
}
