package org.mingchu.simulator;

import java.util.List;

/** Kitchens that several tests cook in. */
final class Kitchens {
    private Kitchens() {}

    static Weather eight(long seed) {
        return eight(seed, List.of());
    }

    static Weather eight(long seed, List<At> timeline) {
        return new Weather(
                seed,
                List.of(
                        Fridge.chilled("cold-1"),
                        Fridge.chilled("cold-2"),
                        Fridge.freezer("freezer-1"),
                        Fridge.freezer("freezer-2"),
                        Fridge.uprightFreezer("upright-1"),
                        Fridge.sampleFridge("samples-1"),
                        Fridge.hotHolding("hot-1"),
                        Fridge.hotHolding("hot-2")),
                timeline);
    }
}
