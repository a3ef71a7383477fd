package org.mingchu.gateway.judge;

import org.mingchu.simulator.Defrost;
import org.mingchu.simulator.Fridge;

import java.util.ArrayDeque;
import java.util.Random;

/**
 * A unit that can be bent in ways the simulator's cannot: a machine that grows weak, a wall that
 * leaks, a thermostat somebody turns, a worse probe. Its own physics, so that what is learned from
 * one model is held against another. Minute 0 is the midnight before a Monday. One thread.
 */
final class Cabinet {
    static final int STEP_S = 10;

    private static final double STEP_MIN = STEP_S / 60.0;
    private static final double WIDE = 2.5;
    private static final int LATELY_STEPS = 40 * 60 / STEP_S;

    private final Fridge fridge;
    private final Random chance;

    /** Share of its machine's power that is left. */
    double power = 1;

    /** How many times more heat comes in through the walls. */
    double leak = 1;

    /** Somebody has turned the thermostat by so many kelvin. */
    double turned;

    /** How much its defrosts differ: 0.3 is thirty in a hundred. */
    double uneven;

    /** Whether its timer lets it defrost at all. */
    boolean defrosts = true;

    /** It defrosts on one day of so many. */
    int everyDays = 1;

    /** How long people keep its door open at most, in seconds. */
    int doorSecondsMax = 90;

    /** People come at any hour of every day. */
    boolean alwaysBusy;

    /** How far the probe trembles, in kelvin. */
    double noise = 0.06;

    /** The steps of the probe, in thousandths. */
    double resolutionMilli = 62.5;

    /** How far the kitchen's air goes up and down over a year, in kelvin. */
    double season;

    /** Nobody comes: the kitchen is closed. */
    boolean closed;

    boolean works = true;
    boolean ajar;

    private double air;
    private double food;
    private boolean called;
    private boolean heating;
    private double heat;
    private double endAir;
    private long heatUntilS;
    private double ranMin;
    private double goalMin;
    private long doorUntilS;
    private long nowS;

    /** For each of the latest steps whether the door was open. */
    private final ArrayDeque<Boolean> open = new ArrayDeque<>();

    Cabinet(Fridge fridge, long seed) {
        this.fridge = fridge;
        chance = new Random(seed * 0x9E3779B97F4A7C15L + fridge.id().hashCode());
        air = fridge.thermostat().target();
        food = air;
        goal();
    }

    /** The same unit at the same moment, with other people at its door from now on. */
    Cabinet fork(long seed) {
        var other = new Cabinet(fridge, seed);
        other.power = power;
        other.leak = leak;
        other.turned = turned;
        other.uneven = uneven;
        other.defrosts = defrosts;
        other.everyDays = everyDays;
        other.doorSecondsMax = doorSecondsMax;
        other.alwaysBusy = alwaysBusy;
        other.noise = noise;
        other.resolutionMilli = resolutionMilli;
        other.season = season;
        other.closed = closed;
        other.works = works;
        other.ajar = ajar;
        other.air = air;
        other.food = food;
        other.called = called;
        other.heating = heating;
        other.heat = heat;
        other.endAir = endAir;
        other.heatUntilS = heatUntilS;
        other.ranMin = ranMin;
        other.goalMin = goalMin;
        other.doorUntilS = doorUntilS;
        other.nowS = nowS;
        other.open.addAll(open);
        return other;
    }

    /** Its plug is out: neither its machine nor its heater runs. */
    void unplug() {
        works = false;
        defrosts = false;
        heating = false;
    }

    /** Somebody leaves the door wide open. */
    void leaveWideOpen() {
        doorUntilS = Long.MAX_VALUE;
    }

    /** Its heater does not end: the contact that should have ended it is welded. */
    void heatOn() {
        heating = true;
        heatUntilS = Long.MAX_VALUE;
        endAir = Double.MAX_VALUE;
    }

    /** Time goes on, in whole steps. */
    void advanceTo(long untilS) {
        while (nowS + STEP_S <= untilS) {
            step();
            nowS += STEP_S;
        }
    }

    private void step() {
        people();
        open.add(doorOpen());
        if (open.size() > LATELY_STEPS) {
            open.remove();
        }
        ice();
        var aim = fridge.thermostat();
        var over = air - aim.target() - turned;
        called = called ? over > -aim.band() : over > aim.band();
        var runs = called && works && !heating;
        ranMin += runs ? STEP_MIN : 0;
        var thermal = fridge.thermal();
        var gap = nowS < doorUntilS ? WIDE : ajar ? 1 : 0;
        var in = thermal.wall() * leak + thermal.ajar() * gap;
        var change =
                in * (outside() - air)
                        + thermal.food() * (food - air)
                        - (runs ? aim.power() * power : 0)
                        + (heating ? heat : 0);
        food += STEP_MIN * thermal.mass() * (air - food);
        air += STEP_MIN * change;
    }

    private double outside() {
        var angle = 2 * Math.PI * (nowS % 86_400 / 3600.0 - 9) / 24;
        var year = season * StrictMath.sin(2 * Math.PI * nowS / 86_400 / 365);
        return 24.5 + year + 3 * StrictMath.sin(angle) + (busy() ? 1.5 : 0);
    }

    private boolean busy() {
        var hour = nowS % 86_400 / 3600;
        return !closed && (alwaysBusy || (nowS / 86_400 % 7 < 6 && hour >= 6 && hour < 14));
    }

    private void people() {
        var hours = alwaysBusy ? 24 : 8;
        if (nowS >= doorUntilS
                && busy()
                && chance.nextDouble() < fridge.doorsPerDay() / hours / 3600 * STEP_S) {
            doorUntilS = nowS + 15 + chance.nextInt(doorSecondsMax - 14);
        }
    }

    private void ice() {
        if (heating) {
            heating = nowS < heatUntilS && air < endAir;
            return;
        }
        switch (fridge.defrost()) {
            case Defrost.None() -> {}
            case Defrost.Scheduled(var minutes, var shortest, var longest, var warmth) -> {
                if (nowS % 60 == 0
                        && nowS / 86_400 % everyDays == 0
                        && minutes.contains((int) (nowS / 60 % 1440))) {
                    heat(between(shortest, longest), Double.MAX_VALUE, warmth);
                }
            }
            case Defrost.Adaptive adaptive -> {
                if (ranMin >= goalMin) {
                    heat(40, between(adaptive.endAirMin(), adaptive.endAirMax()), adaptive.heat());
                    goal();
                }
            }
        }
    }

    private void heat(double minutes, double untilAir, double warmth) {
        if (defrosts) {
            heating = true;
            heatUntilS = nowS + Math.round(minutes * differs() * 60);
            endAir = untilAir;
            heat = warmth * differs();
        }
    }

    private double differs() {
        return between(1 - uneven, 1 + uneven);
    }

    private void goal() {
        ranMin = 0;
        if (fridge.defrost() instanceof Defrost.Adaptive adaptive) {
            goalMin = between(adaptive.runHoursMin(), adaptive.runHoursMax()) * 60;
        }
    }

    private double between(double low, double high) {
        return low + (high - low) * chance.nextDouble();
    }

    boolean heating() {
        return heating;
    }

    boolean doorOpen() {
        return ajar || nowS < doorUntilS;
    }

    /** How many of the latest 40 minutes the door stood open. */
    double openLatelyMin() {
        return open.stream().filter(o -> o).count() * STEP_MIN;
    }

    /** The air itself, in thousandths. */
    long airMilli() {
        return Math.round(air * 1000);
    }

    /** The middle of the food, in thousandths. */
    long foodMilli() {
        return Math.round(food * 1000);
    }

    /** What the probe shows, in thousandths. */
    long shownMilli() {
        var trembling = air + noise * (chance.nextDouble() + chance.nextDouble() - 1);
        return (long) (StrictMath.rint(trembling * 1000 / resolutionMilli) * resolutionMilli);
    }
}
