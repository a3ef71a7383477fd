package org.mingchu.gateway.judge;

import java.io.Console;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/**
 * How soon the installed rules hear of a trouble, beside three plain packs under the same judge.
 * Run by {@code gateway/bench detection}, in the folder {@code gateway}.
 */
final class DetectionBench {
    private static final int SEEDS = 20;
    private static final int SEEDS_MAX = 1_000;
    private static final int USAGE = 2;

    private DetectionBench() {}

    public static void main(String[] args) {
        var words = List.of(args);
        var seeds = SEEDS;
        var json = false;
        for (var i = 0; i < words.size(); i++) {
            switch (words.get(i)) {
                case "--json" -> json = true;
                case "--seeds" -> {
                    i++;
                    seeds = i < words.size() ? seeds(words.get(i)) : seeds("");
                }
                default -> refuse("'" + words.get(i) + "' is unknown; try --seeds N or --json");
            }
        }
        var found = Detection.measure(seeds, progress(Detection.units(seeds)));
        System.out.print(json ? DetectionJson.of(found) : DetectionTable.of(found));
    }

    private static int seeds(String word) {
        if (!word.matches("[1-9]\\d{0,3}") || Integer.parseInt(word) > SEEDS_MAX) {
            refuse("--seeds '%s': a number from 1 to %d; try 20".formatted(word, SEEDS_MAX));
        }
        return Integer.parseInt(word);
    }

    private static void refuse(String why) {
        System.err.println("bench detection: " + why);
        System.exit(USAGE);
    }

    /** A line that is drawn over, and nothing where nobody looks. */
    private static IntConsumer progress(int units) {
        if (Optional.ofNullable(System.console()).filter(Console::isTerminal).isEmpty()) {
            return _ -> {};
        }
        var done = new AtomicInteger();
        return more -> {
            var now = done.addAndGet(more);
            System.err.print("\r%d of %d units%s".formatted(now, units, now == units ? "\n" : ""));
        };
    }
}
