package org.mingchu.simulator;

import java.util.random.RandomGenerator;

/** One unit as it stands now: air, food, machine, door, probe. One thread. */
final class Plant {
    private static final double STEP_MIN = (double) Weather.STEP_MS / Calendar.MINUTE_MS;

    /** Half the width of the probe's noise in K; triangular, so no library's bell curve counts. */
    private static final double NOISE = 0.06;

    /** A DS18B20 at 12 bits. */
    private static final int STEPS_PER_KELVIN = 16;

    private final Fridge fridge;
    private final Door door;
    private final Defroster defroster;
    private final RandomGenerator chance;
    private double air;
    private double food;
    private boolean called;
    private boolean machineWorks = true;
    private boolean mains = true;
    private ProbeState probe = ProbeState.WORKING;
    private int shownSixteenths;

    Plant(Fridge fridge, RandomGenerator chance) {
        this.fridge = fridge;
        this.chance = chance;
        this.door = new Door(fridge.doorsPerDay(), chance);
        this.defroster = new Defroster(fridge.defrost(), chance);
        this.air = fridge.thermostat().target();
        this.food = air;
        show();
    }

    /** One inner step, whose beginning is {@code nowMs}. */
    void step(long nowMs, double ambient) {
        door.advance(nowMs);
        if (mains) {
            defroster.advance(nowMs, air, running());
        }
        listenToThermostat();
        var thermal = fridge.thermal();
        double leak = thermal.wall() + thermal.ajar() * door.gap(nowMs);
        double machine = running() ? fridge.thermostat().power() : 0;
        double change =
                leak * (ambient - air) + thermal.food() * (food - air) - machine + defroster.heat();
        food += STEP_MIN * thermal.mass() * (air - food);
        air += STEP_MIN * change;
        show();
    }

    private void listenToThermostat() {
        var aim = fridge.thermostat();
        // A heater is a machine with negative power: it is called from the other side.
        double over = (air - aim.target()) * Math.signum(aim.power());
        if (over > aim.band()) {
            called = true;
        } else if (over < -aim.band()) {
            called = false;
        }
    }

    private void show() {
        double noise = NOISE * (chance.nextDouble() + chance.nextDouble() - 1);
        if (probe != ProbeState.STUCK) {
            shownSixteenths = (int) StrictMath.rint((air + noise) * STEPS_PER_KELVIN);
        }
    }

    void machineFails() {
        machineWorks = false;
    }

    void machineWorks() {
        machineWorks = true;
    }

    void mainsLost() {
        mains = false;
        defroster.stop();
    }

    void mainsBack() {
        mains = true;
    }

    void probe(ProbeState state) {
        probe = state;
    }

    Door door() {
        return door;
    }

    ProbeState probe() {
        return probe;
    }

    boolean running() {
        return called && machineWorks && mains && !defroster.heating();
    }

    boolean defrosting() {
        return defroster.heating();
    }

    /** Truncated towards zero, as the kernel's integer division does. */
    long shownMilli() {
        return shownSixteenths * 1000L / STEPS_PER_KELVIN;
    }

    long airMilli() {
        return StrictMath.round(air * 1000);
    }

    long foodMilli() {
        return StrictMath.round(food * 1000);
    }
}
