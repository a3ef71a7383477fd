package org.mingchu.simulator;

/** Something that happens to the kitchen, by somebody's hand or by bad luck. Immutable. */
public sealed interface Command {
    /** The compressor (or the heater of a hot holding) fails. */
    record CompressorOff(String fridge) implements Command {}

    /** The compressor is mended. */
    record CompressorOn(String fridge) implements Command {}

    /** Somebody leaves the door ajar. */
    record DoorAjar(String fridge) implements Command {}

    /** Somebody closes it. */
    record DoorShut(String fridge) implements Command {}

    /** The probe or its wire changes its behaviour. */
    record Probe(String fridge, ProbeState state) implements Command {}

    /** No unit has power; probes and gateway run on from their battery. */
    record MainsLost() implements Command {}

    /** The power is back. */
    record MainsBack() implements Command {}
}
