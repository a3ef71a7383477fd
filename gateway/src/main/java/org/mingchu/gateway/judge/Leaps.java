package org.mingchu.gateway.judge;

import org.mingchu.config.Condition;
import org.mingchu.gateway.judge.FoodClock.Still;
import org.mingchu.gateway.judge.FoodClock.Taken;
import org.mingchu.sensors.Moment;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds values that no food and no machine can have come to in so short a time. Pure. */
final class Leaps {
    /** So many values of the time looked at are kept: all when they come slowly. */
    private static final int KEPT = 8;

    private Leaps() {}

    /**
     * @param periodNs how often it is sampled: a round may be late by half of that
     */
    static Still after(
            Still was, Condition.Leap rule, Taken value, long periodNs, boolean doorShut) {
        var withinNs = rule.within().toNanos();
        var farNs = periodNs <= withinNs ? withinNs + periodNs / 2 : withinNs;
        var near = was.recent().stream().filter(one -> near(one, value.at(), farNs)).toList();
        var leapt =
                doorShut
                        && near.stream()
                                .anyMatch(one ->
                                        Math.abs(one.milli() - value.milli()) >= rule.stepMilli());
        if (leapt) {
            // What follows is held against where it is now.
            return new Still(List.of(value), Optional.of(value.at()));
        }
        var recent = new ArrayList<>(near);
        if (near.isEmpty() || value.at().upNs() - near.getLast().at().upNs() >= withinNs / KEPT) {
            recent.add(value);
        }
        return new Still(recent, was.leapedAt().filter(leap -> near(leap, value.at(), withinNs)));
    }

    private static boolean near(Taken one, Moment at, long ns) {
        return near(one.at(), at, ns);
    }

    private static boolean near(Moment one, Moment at, long ns) {
        return one.boot().equals(at.boot()) && at.upNs() - one.upNs() <= ns;
    }
}
