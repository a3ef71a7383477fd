package org.mingchu.gateway.keep;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.mingchu.gateway.judge.Entry;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.keep.pack.Kitchen;
import org.mingchu.sensors.Reading;

import java.util.List;
import java.util.Random;
import java.util.TreeSet;

/** What was read once is what is there, whatever was kept and packed meanwhile. */
class RecentTest {
    private static final int SENSORS = 40;
    private static final int ROUNDS = 900;

    private final Kitchen kitchen = new Kitchen(1, SENSORS, 0, 1);
    private final Recent recent = new Recent();
    private final Random chance = new Random(1);
    private int largest;

    @Test
    void it_says_what_a_fresh_reading_says() {
        var first = kitchen.next();
        var subjects =
                ((Fact.Round) first.fact()).readings().stream().map(Reading::subject).toList();
        var sizes = new TreeSet<Integer>();
        try (var journal = Journal.inMemory(new Random(1), first.at())) {
            keep(journal, first);
            for (var i = 1; i < ROUNDS; i++) {
                var entry = kitchen.next();
                keep(journal, entry);
                // more than stay, so that some are forgotten and read anew
                var subject = subjects.get(chance.nextInt(SENSORS));
                var known = journal.asked((store, _) -> recent.of(store, subject));
                var fresh = journal.asked((store, _) -> new Recent().of(store, subject));
                assertThat(known).as("round %d", i).isEqualTo(fresh);
                assertThat(known.getLast().fact()).isEqualTo(only(subject, entry));
                sizes.add(known.size());
                largest = Math.max(largest, recent.size());
                assertThat(recent.size()).isLessThanOrEqualTo(Recent.ROUNDS_MAX);
            }
        }
        assertThat(largest).as("some had to go").isGreaterThan(Recent.ROUNDS_MAX * 9 / 10);
        // an hour came together and went, twice
        assertThat(sizes.first()).isLessThan(5);
        assertThat(sizes.last()).isBetween(300, 400);
    }

    private static void keep(Journal journal, Entry entry) {
        journal.append(entry.at(), List.of(entry.fact()));
        journal.commit();
        journal.tend(entry.at());
    }

    private static Fact only(String subject, Entry entry) {
        return new Fact.Round(
                ((Fact.Round) entry.fact())
                        .readings().stream().filter(r -> r.subject().equals(subject)).toList());
    }
}
