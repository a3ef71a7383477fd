package org.mingchu.gateway.keep;

import org.mingchu.config.Quantity;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.sensors.Reading;

import java.util.ArrayList;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Rounds as a kitchen gives them: freezers in steps of 1/16 °C. */
public final class Rounds {
    private Rounds() {}

    public static Fact of(int sensors, RandomGenerator chance) {
        var readings = new ArrayList<Reading>();
        for (var i = 0; i < sensors; i++) {
            var raw = -18_000 + chance.nextInt(64) * 1000L / 16;
            readings.add(
                    new Reading.Measured(
                            "freezer-" + i + "-air",
                            Quantity.TEMPERATURE,
                            raw,
                            raw + 31,
                            chance.nextLong(900_000_000),
                            Set.of()));
        }
        return new Fact.Round(readings);
    }
}
