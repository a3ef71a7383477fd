package org.mingchu.gateway.keep;

import java.util.Arrays;

/** Contestants measured in turn, several times over, so that a noisy machine is noisy for all. */
final class Medians {
    private final double[][] found;

    /** One measurement of the contestant of that number. */
    @FunctionalInterface
    interface Measurement {
        double of(int contestant) throws Exception;
    }

    Medians(int contestants, int repeats, Measurement measurement) throws Exception {
        found = new double[contestants][repeats];
        for (var repeat = 0; repeat < repeats; repeat++) {
            for (var contestant = 0; contestant < contestants; contestant++) {
                found[contestant][repeat] = measurement.of(contestant);
            }
        }
    }

    double of(int contestant) {
        return median(found[contestant]);
    }

    /** The median of the ratios within each turn. */
    double ratio(int contestant, int to) {
        var ratios = new double[found[contestant].length];
        for (var i = 0; i < ratios.length; i++) {
            ratios[i] = found[contestant][i] / found[to][i];
        }
        return median(ratios);
    }

    private static double median(double[] values) {
        var sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
