package org.mingchu.gateway.tell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.mingchu.gateway.judge.Entry;
import org.mingchu.gateway.judge.Lane;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;

/**
 * A courier in bad weather, by seed: cut connections, refusals, a broker that forgets, lost
 * acknowledgements, restarts. A failure names its seed.
 */
class CourierWeatherTest {
    /** More where there is time: the proof shelves have no five minutes to keep. */
    private static final int SEEDS =
            System.getProperty("mingchu.proof", "short").equals("short") ? 20 : 500;

    private static final List<Integer> REFUSALS = List.of(0x80, 0x83, 0x87, 0x90, 0x95, 0x97, 0x99);

    @Test
    void every_entry_reaches_the_platform_whatever_the_weather() {
        for (int seed = 1; seed <= SEEDS; seed++) {
            storm(seed, new Storm(true, true));
        }
    }

    @Test
    void without_a_forgetting_broker_every_alarm_is_told_in_order() {
        for (int seed = 1; seed <= SEEDS; seed++) {
            storm(seed, new Storm(true, false));
        }
    }

    @Test
    void without_acknowledgements_every_entry_reaches_the_platform_too() {
        for (int seed = 1; seed <= SEEDS; seed++) {
            storm(seed, new Storm(false, false));
        }
    }

    private record Storm(boolean acknowledges, boolean forgets) {}

    private static void storm(int seed, Storm storm) {
        var random = new Random(seed);
        var post = storm.acknowledges() ? Post.acknowledging() : Post.trusting();
        post.broker.validates = seed == 1;
        post.broker.receiveMaximum = 1 + random.nextInt(25);
        if (storm.forgets()) {
            post.regulator.expectNoOrder();
        }
        for (int i = 0; i < 300; i++) {
            blow(random, storm, post);
            write(random, post);
            post.step();
            post.broker.pump(random.nextInt(8));
            acknowledge(random, storm, post, 3);
            post.afterMs += random.nextInt(random.nextInt(20) == 0 ? 60_000 : 2_000);
        }
        calm(random, storm, post);
        audit(seed, post);
    }

    private static void blow(Random random, Storm storm, Post post) {
        var broker = post.broker;
        switch (random.nextInt(24)) {
            case 0 -> broker.cut();
            case 1 -> broker.reachable = false;
            case 2 -> broker.sendsConnack = false;
            case 3 -> broker.sendsPuback = false;
            case 4 -> broker.verdict = refusing(random);
            case 5 -> post.regulator.forgets = storm.forgets();
            case 6 -> broker.takesMore = false;
            case 7 -> post.restart();
            case 8, 9, 10, 11 -> mend(post);
            default -> {}
        }
    }

    private static Function<String, Integer> refusing(Random random) {
        var code = REFUSALS.get(random.nextInt(REFUSALS.size()));
        var word = List.of("event", "reading", "record", "status").get(random.nextInt(4));
        return topic -> topic.contains(word) ? code : 0;
    }

    private static void mend(Post post) {
        post.broker.reachable = true;
        post.broker.sendsConnack = true;
        post.broker.sendsPuback = true;
        post.broker.takesMore = true;
        post.broker.verdict = _ -> 0;
        post.regulator.forgets = false;
    }

    private static void write(Random random, Post post) {
        switch (random.nextInt(6)) {
            case 0, 1, 2 -> post.rounds(1 + random.nextInt(20));
            case 3 -> post.raised(1_000 + random.nextInt(20));
            case 4 -> post.returned(1_000 + random.nextInt(20));
            default -> {}
        }
    }

    private static void acknowledge(Random random, Storm storm, Post post, int oneIn) {
        if (storm.acknowledges() && random.nextInt(oneIn) == 0) {
            var acks = post.regulator.acks();
            // Some are lost on the way; the platform says them again only when asked again.
            if (oneIn == 1 || random.nextInt(4) != 0) {
                acks.forEach(ack -> post.broker.say(Kitchen.ROOT + "ack", ack));
            }
        }
    }

    private static void calm(Random random, Storm storm, Post post) {
        mend(post);
        // Five hours at most: the ladder's top comes round every hour.
        for (int i = 0; i < 300 && !isThere(post); i++) {
            post.settle();
            acknowledge(random, storm, post, 1);
            post.pass(60_000);
        }
        post.courier.stop("the storm is over");
        post.settle();
    }

    private static boolean isThere(Post post) {
        return List.of(Lane.ALARM, Lane.READING).stream()
                .allMatch(lane ->
                        post.outbox.progress(lane).floor()
                                == post.outbox.lastInLane(lane).orElse(0));
    }

    private static void audit(int seed, Post post) {
        for (var lane : List.of(Lane.ALARM, Lane.READING)) {
            var written = post.outbox.all(lane).stream().map(Entry::seq).toList();
            var as = "seed %d, lane %s".formatted(seed, lane);
            assertThat(post.regulator.seqs(lane)).as(as).isEqualTo(written);
            assertThat(post.regulator.unbroken(lane)).as(as).isTrue();
            assertThat(post.outbox.progress(lane).above()).as(as).isEmpty();
            assertThat(Map.of(lane, post.outbox.progress(lane).floor()))
                    .as(as)
                    .isEqualTo(Map.of(lane, written.isEmpty() ? 0L : written.getLast()));
        }
        assertThat(post.regulator.violations).as("seed %d", seed).isEmpty();
        assertThat(post.broker.mostUnanswered)
                .as("seed %d", seed)
                .isLessThanOrEqualTo(
                        Math.max(1, Math.min(Link.WINDOW_MAX, post.broker.receiveMaximum - 1)));
    }
}
