package org.mingchu.simulator;

/** A compressor, or a heater, and all that may become of it. One thread. */
final class Machine {
    /** Ice closes the evaporator in about a week of a kitchen's moist air. */
    private static final double ICE_PER_STEP = (double) Weather.STEP_MS / (7 * Calendar.DAY_MS);

    /** Closed up, an evaporator still takes a little heat through its ice. */
    private static final double ICE_TAKES = 0.9;

    private final Fridge.Thermostat aim;
    private double turned;
    private boolean called;
    private boolean works = true;
    private boolean mains = true;
    private boolean switchedOn = true;
    private boolean failsAtDefrost;
    private boolean icing;
    private double weak = 1;
    private double lostPerStep;
    private double lost;
    private double ice;

    /** K per minute that it would take out now; kept, because it seldom changes. */
    private double power;

    Machine(Fridge.Thermostat aim) {
        this.aim = aim;
        this.power = aim.power();
    }

    /** One inner step: the thermostat listens, and what wears, wears. */
    void step(double air) {
        // A heater is a machine with negative power: it is called from the other side.
        double over = (air - aim.target() - turned) * Math.signum(aim.power());
        if (over > aim.band()) {
            called = true;
        } else if (over < -aim.band()) {
            called = false;
        }
        if (icing || lostPerStep > 0) {
            wear();
        }
    }

    private void wear() {
        lost = Math.min(1, lost + lostPerStep);
        ice = icing ? Math.min(1, ice + ICE_PER_STEP) : ice;
        rate();
    }

    private void rate() {
        power = aim.power() * weak * (1 - lost) * (1 - ICE_TAKES * ice);
    }

    boolean runs() {
        return called && works && mains && switchedOn;
    }

    /** It and its ice heater have current. */
    boolean supplied() {
        return mains && switchedOn;
    }

    double power() {
        return power;
    }

    boolean switchedOn() {
        return switchedOn;
    }

    void fail() {
        works = false;
    }

    void repair() {
        works = true;
    }

    void loseMains() {
        mains = false;
    }

    void regainMains() {
        mains = true;
    }

    void switchOff() {
        switchedOn = false;
    }

    void switchOn() {
        switchedOn = true;
    }

    void weaken(double share) {
        weak = share;
        rate();
    }

    void leak(double sharePerDay) {
        lostPerStep = sharePerDay * Weather.STEP_MS / Calendar.DAY_MS;
    }

    void ice() {
        icing = true;
    }

    void turn(double kelvin) {
        turned = kelvin;
    }

    void failAtDefrost() {
        failsAtDefrost = true;
    }

    void defrostBegins() {
        if (failsAtDefrost) {
            failsAtDefrost = false;
            works = false;
        }
    }

    /** The ice is off; why it came may be left. */
    void thaw() {
        ice = 0;
        rate();
    }

    void mend() {
        works = true;
        failsAtDefrost = false;
        icing = false;
        weak = 1;
        lostPerStep = 0;
        lost = 0;
        thaw();
    }
}
