package org.mingchu.simulator;

/**
 * Something that happens to the kitchen, by somebody's hand or by bad luck. Immutable.
 *
 * <p>Shares are 0 to 1, temperatures °C, lengths ms. A value out of its bounds is refused at birth.
 */
public sealed interface Command {
    /** Something that happens to one unit. */
    sealed interface ForUnit extends Command {
        String unit();
    }

    /** Something that only a cold store or a hot holding can suffer. */
    sealed interface ForFridge extends ForUnit {}

    /** Something that happens to a probe or its wire, whatever it hangs in. */
    sealed interface ForProbe extends ForUnit {}

    /** Something that is done with a disinfection cabinet or a dishwasher. */
    sealed interface ForSteriliser extends ForUnit {}

    /** Something that is done with a batch of cooked food. */
    sealed interface ForBatch extends ForUnit {}

    /** The compressor (or the heater of a hot holding) fails. */
    record CompressorOff(String unit) implements ForFridge {}

    /** The compressor is mended. */
    record CompressorOn(String unit) implements ForFridge {}

    /** The machine has only this share of its power left. */
    record CompressorWeak(String unit, double share) implements ForFridge {
        public CompressorWeak {
            Bounds.share(share);
        }
    }

    /** Refrigerant leaks: each day the machine loses this share of the power it had when new. */
    record Leak(String unit, double sharePerDay) implements ForFridge {
        public Leak {
            Bounds.share(sharePerDay);
        }
    }

    /** Defrosts stop happening; the ice takes more of the machine's power every day. */
    record Icing(String unit) implements ForFridge {}

    /** The ice heater goes on and never ends. */
    record DefrostStuck(String unit) implements ForFridge {}

    /** The compressor fails in the moment in which the next defrost begins. */
    record FailAtDefrost(String unit) implements ForFridge {}

    /** Machine, refrigerant, ice and heater are as new. */
    record Mended(String unit) implements ForFridge {}

    /** Somebody leaves the door ajar. */
    record DoorAjar(String unit) implements ForFridge {}

    /** Somebody holds the door wide open, or takes the lid off, and leaves it so. */
    record DoorWide(String unit) implements ForFridge {}

    /** Somebody closes it. */
    record DoorShut(String unit) implements ForFridge {}

    /**
     * Warm food comes in.
     *
     * @param celsius how warm it is
     * @param share what part of the mass inside it is afterwards
     */
    record Load(String unit, double celsius, double share) implements ForFridge {
        public Load {
            Bounds.celsius(celsius);
            Bounds.share(share);
        }
    }

    /** Somebody turns the thermostat by so many K from what it was made for; 0 turns it back. */
    record Thermostat(String unit, double kelvin) implements ForFridge {
        public Thermostat {
            Bounds.celsius(kelvin);
        }
    }

    /** Somebody switches the unit off, as before a holiday; nobody opens it until it is on. */
    record SwitchedOff(String unit) implements ForFridge {}

    /** Somebody switches it on. */
    record SwitchedOn(String unit) implements ForFridge {}

    /** Unit off and door open for a time, until the ice is gone; then shut and on again. */
    record DefrostByHand(String unit, long lengthMs) implements ForFridge {
        public DefrostByHand {
            Bounds.length(lengthMs);
        }
    }

    /** The probe or its wire changes its behaviour. */
    record Probe(String unit, ProbeState state) implements ForProbe {}

    /** The probe hangs where its reading is so much of the room, the rest of the inside. */
    record ProbeMoved(String unit, double roomShare) implements ForProbe {
        public ProbeMoved {
            Bounds.share(roomShare);
        }
    }

    /** From now on the probe shows so many K more each day; negative: less. */
    record ProbeDrift(String unit, double kelvinPerDay) implements ForProbe {
        public ProbeDrift {
            Bounds.celsius(kelvinPerDay);
        }
    }

    /** A loose contact: the probe is there and gone in turn, each for about this long. */
    record ProbeFlaps(String unit, long aboutMs) implements ForProbe {
        public ProbeFlaps {
            Bounds.length(aboutMs);
        }
    }

    /** A new probe in the right place: nothing of the above is left. */
    record ProbeReplaced(String unit) implements ForProbe {}

    /** One disinfection as the maker meant it. */
    record Cycle(String unit) implements ForSteriliser {}

    /** One disinfection of this temperature, held for this long. */
    record CycleOf(String unit, double celsius, long holdMs) implements ForSteriliser {
        public CycleOf {
            Bounds.celsius(celsius);
            Bounds.length(holdMs);
        }
    }

    /** Somebody ends the disinfection that runs, or its heater gives up. */
    record CycleBroken(String unit) implements ForSteriliser {}

    /** Food leaves the stove, this warm in its middle. */
    record Cooked(String unit, double celsius) implements ForBatch {
        public Cooked {
            Bounds.celsius(celsius);
        }
    }

    /** Somebody puts the batch where it cools. */
    record Cooling(String unit, CoolingPlace place) implements ForBatch {}

    /** Two probes change names, as when their wires are swapped at the terminal. */
    record Swapped(String one, String other) implements Command {}

    /** Nobody works in the kitchen until it opens again: no cooking, no door openings. */
    record KitchenClosed() implements Command {}

    /** The shifts go on as the calendar says. */
    record KitchenOpen() implements Command {}

    /** No unit has power; probes and gateway run on from their battery. */
    record MainsLost() implements Command {}

    /** The power is back. */
    record MainsBack() implements Command {}

    /** The gateway has no power at all; the weather goes on and nobody watches. */
    record GatewayOff() implements Command {}

    /** The gateway has power again. */
    record GatewayOn() implements Command {}

    /** A detector sees what it is made to see. */
    record Detected(Contact contact) implements Command {}

    /** The detector is quiet again. */
    record Quiet(Contact contact) implements Command {}
}
