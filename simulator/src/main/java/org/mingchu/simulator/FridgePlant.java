package org.mingchu.simulator;

import java.util.random.RandomGenerator;

/** One cold store or hot holding as it stands now: air, food, machine, door, probe. One thread. */
final class FridgePlant implements Plant {
    /** A load this near in K to the food around it is no longer told apart. */
    private static final double SAME = 0.5;

    private final Fridge fridge;
    private final Door door;
    private final Defroster defroster;
    private final Machine machine;
    private final ProbeLine probe;
    private double air;
    private double food;
    private double load;
    private double loadShare;
    private long byHandUntilMs;
    private long byHandMs;

    FridgePlant(Fridge fridge, RandomGenerator chance) {
        this.fridge = fridge;
        this.door = new Door(fridge.doorsPerDay(), chance);
        this.defroster = new Defroster(fridge.defrost(), chance);
        this.machine = new Machine(fridge.thermostat());
        this.probe = new ProbeLine(chance);
        this.air = fridge.thermostat().target();
        this.food = air;
        probe.show(0, air, air);
    }

    @Override
    public void step(Hour hour) {
        workByHand(hour.nowMs());
        if (hour.staffed() && machine.switchedOn()) {
            door.advance(hour.nowMs());
        }
        defrost(hour.nowMs());
        machine.step(air);
        var thermal = fridge.thermal();
        double leak = thermal.wall() + thermal.ajar() * door.gap(hour.nowMs());
        double taken = running() ? machine.power() : 0;
        double change =
                leak * (hour.ambient() - air)
                        + thermal.food() * (food - air + loadPull())
                        - taken
                        + defroster.heat(air);
        double intoMass = Hour.STEP_MIN * thermal.mass();
        if (loadShare > 0) {
            load += intoMass * (air - load);
            joinLoad();
        }
        food += intoMass * (air - food);
        air += Hour.STEP_MIN * change;
        probe.show(hour.nowMs(), air, hour.ambient());
    }

    private void defrost(long nowMs) {
        if (!machine.supplied()) {
            return;
        }
        boolean before = defroster.heating();
        defroster.advance(nowMs, air, running());
        if (!before && defroster.heating()) {
            machine.defrostBegins();
        }
    }

    /** How much further than the food alone the warm part of it draws the air. */
    private double loadPull() {
        return loadShare > 0 ? loadShare * (load - food) : 0;
    }

    private void joinLoad() {
        if (Math.abs(load - food) < SAME) {
            mixLoad();
        }
    }

    private void mixLoad() {
        food += loadShare * (load - food);
        loadShare = 0;
    }

    private void workByHand(long nowMs) {
        if (byHandMs > 0) {
            byHandUntilMs = nowMs + byHandMs;
            byHandMs = 0;
        }
        if (byHandUntilMs > 0 && nowMs >= byHandUntilMs) {
            byHandUntilMs = 0;
            door.shut();
            machine.thaw();
            machine.switchOn();
        }
    }

    @Override
    public void obey(Command.ForUnit command) {
        switch (command) {
            case Command.ForProbe change -> probe.obey(change);
            case Command.ForFridge change -> obey(change);
            case Command.ForSteriliser _, Command.ForBatch _ ->
                    throw new IllegalArgumentException(command + " is not for " + fridge.id());
        }
    }

    private void obey(Command.ForFridge command) {
        switch (command) {
            case Command.CompressorOff _ -> machine.fail();
            case Command.CompressorOn _ -> machine.repair();
            case Command.CompressorWeak(_, var share) -> machine.weaken(share);
            case Command.Leak(_, var sharePerDay) -> machine.leak(sharePerDay);
            case Command.Icing _ -> {
                defroster.block();
                machine.ice();
            }
            case Command.DefrostStuck _ -> defroster.stick();
            case Command.FailAtDefrost _ -> machine.failAtDefrost();
            case Command.Mended _ -> {
                machine.mend();
                defroster.mend();
            }
            case Command.DoorAjar _ -> door.leaveAjar();
            case Command.DoorWide _ -> door.leaveWide();
            case Command.DoorShut _ -> door.shut();
            case Command.Load(_, var celsius, var share) -> putIn(celsius, share);
            case Command.Thermostat(_, var kelvin) -> machine.turn(kelvin);
            case Command.SwitchedOff _ -> switchOff();
            case Command.SwitchedOn _ -> machine.switchOn();
            case Command.DefrostByHand(_, var lengthMs) -> {
                switchOff();
                door.leaveWide();
                byHandMs = lengthMs;
            }
        }
    }

    private void putIn(double celsius, double share) {
        mixLoad();
        load = celsius;
        loadShare = share;
    }

    private void switchOff() {
        machine.switchOff();
        defroster.stop();
    }

    @Override
    public void loseMains() {
        machine.loseMains();
        defroster.stop();
    }

    @Override
    public void regainMains() {
        machine.regainMains();
    }

    @Override
    public Watched watched() {
        return fridge;
    }

    @Override
    public ProbeLine probe() {
        return probe;
    }

    @Override
    public double air() {
        return air;
    }

    /** The food that was there; a warm load counts from when it is nearly as cold. */
    @Override
    public double food() {
        return food;
    }

    @Override
    public boolean running() {
        return machine.runs() && !defroster.heating();
    }

    @Override
    public boolean defrosting() {
        return defroster.heating();
    }

    @Override
    public boolean doorOpen(long nowMs) {
        return door.open(nowMs);
    }

    @Override
    public boolean switchedOn() {
        return machine.switchedOn();
    }
}
