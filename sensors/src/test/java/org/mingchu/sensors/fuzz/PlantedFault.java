package org.mingchu.sensors.fuzz;

/**
 * A fault behind four bytes that only a fuzzer which sees the program's branches finds: chance
 * alone would need billions of inputs.
 */
public final class PlantedFault {
    private PlantedFault() {}

    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length > 4
                && input[0] == 'm'
                && input[1] == 'c'
                && input[2] == 'h'
                && input[3] == 'u') {
            throw new IllegalStateException("planted");
        }
    }
}
