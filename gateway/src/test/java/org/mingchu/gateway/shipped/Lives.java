package org.mingchu.gateway.shipped;

import static org.assertj.core.api.Assertions.assertThat;

import org.mingchu.gateway.judge.Entry;
import org.mingchu.gateway.judge.Fact;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * When the program was started and killed, to be held against what its journal has of each life.
 * System.nanoTime is CLOCK_MONOTONIC: the same as CLOCK_BOOTTIME without a suspend.
 */
final class Lives {
    /** Of the site file of {@link Kitchen}. */
    private static final Duration PERIOD = Duration.ofSeconds(1);

    /** A shared machine with two cores does not do everything at once. */
    private static final Duration SLACK = Duration.ofSeconds(1);

    private final List<Life> lives = new ArrayList<>();

    private record Life(long launchedNs, long killedNs) {}

    void add(long launchedNs, long killedNs) {
        lives.add(new Life(launchedNs, killedNs));
    }

    /** Of each life that got so far: a reading within a period of its start, and of its end. */
    void audit(List<Entry> entries) {
        var begun = 0;
        for (var life : lives) {
            var here = entries.stream().filter(entry -> within(life, entry)).toList();
            var started =
                    here.stream().filter(entry -> entry.fact() instanceof Fact.Started).findFirst();
            if (started.isPresent()) {
                begun++;
                audit(lives.indexOf(life), life, started.get().at().upNs(), rounds(here));
            }
        }
        assertThat(begun).as("lives that came to their start").isPositive();
        System.out.printf("%d of %d lives came to their start%n", begun, lives.size());
    }

    private static void audit(int number, Life life, long startedNs, List<Long> rounds) {
        var most = PERIOD.plus(SLACK).toNanos();
        if (life.killedNs() - startedNs <= most) {
            return;
        }
        assertThat(rounds).as("readings of life %d", number).isNotEmpty();
        assertThat(Duration.ofNanos(rounds.getFirst() - startedNs))
                .as("start of life %d to its first durable reading", number)
                .isLessThanOrEqualTo(Duration.ofNanos(most));
        assertThat(Duration.ofNanos(life.killedNs() - rounds.getLast()))
                .as("last durable reading of life %d to its kill", number)
                .isLessThanOrEqualTo(Duration.ofNanos(most));
    }

    private static List<Long> rounds(List<Entry> entries) {
        return entries.stream()
                .filter(entry -> entry.fact() instanceof Fact.Round)
                .map(entry -> entry.at().upNs())
                .toList();
    }

    private static boolean within(Life life, Entry entry) {
        return life.launchedNs() <= entry.at().upNs() && entry.at().upNs() <= life.killedNs();
    }
}
