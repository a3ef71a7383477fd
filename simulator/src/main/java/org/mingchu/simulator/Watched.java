package org.mingchu.simulator;

import java.util.Optional;

/** Something in the kitchen with a probe in it. Immutable. */
public sealed interface Watched permits Fridge, Steriliser, Batch {
    String id();

    /** Why this command means nothing here, or nothing when it does. */
    default Optional<String> refusal(Command.ForUnit command) {
        return switch (command) {
            case Command.ForProbe _ -> Optional.empty();
            case Command.FailAtDefrost _, Command.DefrostStuck _ ->
                    this instanceof Fridge fridge && !(fridge.defrost() instanceof Defrost.None)
                            ? Optional.empty()
                            : Optional.of(id() + " has no ice heater");
            case Command.ForFridge _ ->
                    refusalUnless(this instanceof Fridge, "a cold store or a hot holding");
            case Command.ForSteriliser _ ->
                    refusalUnless(this instanceof Steriliser, "a disinfection cabinet");
            case Command.ForBatch _ -> refusalUnless(this instanceof Batch, "a batch of food");
        };
    }

    private Optional<String> refusalUnless(boolean suits, String kind) {
        return suits ? Optional.empty() : Optional.of(id() + " is not " + kind);
    }
}
