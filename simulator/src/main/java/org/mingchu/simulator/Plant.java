package org.mingchu.simulator;

import java.util.random.RandomGenerator;

/** Something watched as it stands now. One thread. */
sealed interface Plant permits FridgePlant, SteriliserPlant, BatchPlant {
    static Plant of(Watched watched, RandomGenerator chance) {
        return switch (watched) {
            case Fridge fridge -> new FridgePlant(fridge, chance);
            case Steriliser steriliser -> new SteriliserPlant(steriliser, chance);
            case Batch batch -> new BatchPlant(batch, chance);
        };
    }

    Watched watched();

    /** One inner step. */
    void step(Hour hour);

    /** Obeys what {@link Watched#refusal} does not refuse. */
    void obey(Command.ForUnit command);

    void loseMains();

    void regainMains();

    ProbeLine probe();

    /** °C around the probe. */
    double air();

    /** °C in the middle of the food or the dishes. */
    double food();

    boolean running();

    default boolean defrosting() {
        return false;
    }

    default boolean doorOpen(long nowMs) {
        return false;
    }

    default boolean switchedOn() {
        return true;
    }
}
