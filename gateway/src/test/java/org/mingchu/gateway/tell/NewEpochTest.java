package org.mingchu.gateway.tell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.mingchu.gateway.Proof;
import org.mingchu.gateway.judge.Entry;
import org.mingchu.gateway.judge.Lane;
import org.mingchu.gateway.judge.LinkState;
import org.mingchu.gateway.judge.Progress;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The journal begins another epoch while the courier is at work. */
class NewEpochTest {
    private static final String NEXT = "0123456789abcdef";
    private static final String STATUS = Kitchen.ROOT + "status";

    @Test
    void the_connection_is_kept_and_what_stands_there_is_said_anew() {
        var post = Post.acknowledging();
        post.rounds(3);
        post.settle();
        post.broker.published.clear();

        post.outbox.begin(NEXT, "storage-failed", post.now());
        post.settle();

        assertThat(post.broker.hellos).hasSize(1);
        assertThat(post.notes.links()).containsExactly(LinkState.UP);
        assertThat(post.broker.to(STATUS)).hasSize(1);
        assertThat(post.broker.to(Kitchen.ROOT + "meta")).hasSize(1);
        assertThat(post.broker.published)
                .filteredOn(m -> !m.text().isEmpty())
                .allSatisfy(m ->
                        assertThat(MemoryPlatform.json(m).get("epoch").asString()).isEqualTo(NEXT));
        assertThat(post.sentAlarms()).containsExactly(1L);
        assertThat(post.sentReadings()).containsExactly(2L, 3L, 4L);
    }

    @Test
    void what_is_under_way_keeps_its_place_in_the_window_and_means_nothing_any_more() {
        var post = Post.trusting().settle();
        post.broker.sendsPuback = false;
        post.rounds(30);
        post.raised(100);
        post.step();

        post.outbox.begin(NEXT, "storage-failed", post.now());
        post.broker.sendsPuback = true;
        post.settle();

        assertThat(post.broker.mostUnanswered).isLessThanOrEqualTo(Link.WINDOW_MAX);
        // 1 the birth, 2 to 31 the rounds, 32 the alarm
        assertThat(post.outbox.progress(Lane.ALARM)).isEqualTo(new Progress(32, List.of()));
        post.pass(1_000);
        assertThat(post.outbox.progress(Lane.READING)).isEqualTo(new Progress(31, List.of()));
    }

    @Test
    void an_acknowledgement_of_the_old_epoch_is_ignored() {
        var post = Post.acknowledging().settle();
        var alarm = post.raised(100).seq();
        post.settle();
        post.outbox.begin(NEXT, "storage-failed", post.now());
        post.settle();

        post.acks("[[%d,%d]]".formatted(alarm, alarm));
        post.settle();

        assertThat(post.notes.delivered()).isEmpty();
        assertThat(post.notes.aheads()).isEmpty();
    }

    @Test
    void an_epoch_that_ends_in_the_middle_of_a_step_is_noticed_and_nothing_is_mixed() {
        var reads = 0;
        while (endsAfter(reads)) {
            reads++;
        }
        assertThat(reads).isGreaterThan(10);
    }

    /** False when a whole quarter of a minute needs fewer reads than that. */
    private static boolean endsAfter(int reads) {
        var post = Post.acknowledging();
        var kept = new HashSet<String>();
        for (var i = 0; i < 40; i++) {
            kept.add(name(post.round(4_000 + i)));
        }
        kept.add(name(post.raised(100)));
        var seen = new Seen();
        post.broker.subscriber = seen::take;
        post.outbox.afterReads(reads, () -> post.outbox.begin(NEXT, "damaged", post.now()));
        post.settle().pass(15_000);
        assertThat(seen.problems).as("after %d reads", reads).isEmpty();
        assertThat(seen.originals).as("after %d reads", reads).containsAll(kept);
        return post.outbox.epoch().equals(NEXT);
    }

    @Test
    void whatever_the_weather_every_entry_of_every_epoch_reaches_the_platform() {
        for (int seed = 1; seed <= Proof.pick(20, 60, 2_000); seed++) {
            storm(seed);
        }
    }

    private static void storm(int seed) {
        var random = new Random(seed);
        var post = Post.acknowledging();
        post.broker.validates = seed == 1;
        var seen = new Seen();
        post.broker.subscriber = seen::take;
        var kept = new HashSet<String>();
        for (int i = 0; i < 200; i++) {
            switch (random.nextInt(12)) {
                case 0, 1, 2 -> kept.add(name(post.round(4_000 + i)));
                case 3 -> kept.add(name(post.raised(1_000 + random.nextInt(20))));
                case 4 -> post.broker.cut();
                case 5 -> post.broker.verdict = _ -> random.nextInt(4) == 0 ? 0x97 : 0;
                case 6 -> post.afterMs += random.nextInt(20_000);
                case 7 -> {
                    if (random.nextInt(4) == 0) {
                        post.outbox.begin(
                                "%016x".formatted(random.nextLong()), "damaged", post.now());
                    }
                }
                default -> {}
            }
            post.step();
            post.broker.pump(random.nextInt(8));
            if (random.nextInt(3) == 0) {
                seen.acks().forEach(ack -> post.broker.say(Kitchen.ROOT + "ack", ack));
            }
        }
        post.broker.verdict = _ -> 0;
        for (int i = 0; i < 10; i++) {
            post.settle();
            seen.acks().forEach(ack -> post.broker.say(Kitchen.ROOT + "ack", ack));
            post.pass(60_000);
        }
        assertThat(seen.problems).as("seed %d", seed).isEmpty();
        assertThat(seen.originals).as("seed %d", seed).containsAll(kept);
        assertThat(seen.brokenChains()).as("seed %d", seed).isEmpty();
        assertThat(post.notes.aheads()).as("seed %d", seed).isEmpty();
    }

    private static String name(Entry entry) {
        return entry.epoch() + "/" + entry.seq();
    }

    /** A platform that knows epochs. One thread. */
    private static final class Seen {
        /** Entries by the name they had first. */
        private final Set<String> originals = new HashSet<>();

        private final List<String> problems = new ArrayList<>();
        private final Map<String, TreeMap<Long, Long>> chains = new HashMap<>();
        private final Map<String, String> contents = new HashMap<>();
        private final Map<String, TreeSet<Long>> unacknowledged = new HashMap<>();
        private String last = "";

        private void take(Wire.Message message) {
            if (message.retained() || message.topic().endsWith("heartbeat")) {
                return;
            }
            var json = MemoryPlatform.json(message);
            var epoch = json.get("epoch").asString();
            if (json.has("entries")) {
                json.get("entries").forEach(entry -> take(epoch, "reading", entry));
            } else {
                take(epoch, "alarm", json);
            }
        }

        private void take(String epoch, String lane, JsonNode entry) {
            var seq = entry.get("seq").asLong();
            var content = entry.toString().replaceFirst("\"sentAt\":\"[^\"]*\"", "");
            var before = contents.putIfAbsent(epoch + "/" + seq, content);
            if (before != null && !before.equals(content)) {
                problems.add(epoch + "/" + seq + " came again with other content");
            }
            var origin = entry.path("origin");
            originals.add(
                    origin.path("epoch").asString(epoch) + "/" + origin.path("seq").asLong(seq));
            chains.computeIfAbsent(epoch + " " + lane, _ -> new TreeMap<>())
                    .put(seq, entry.get("prev").asLong());
            unacknowledged.computeIfAbsent(epoch, _ -> new TreeSet<>()).add(seq);
            last = epoch;
        }

        /** Of the last epoch, chains that do not go back to the start. */
        private List<String> brokenChains() {
            var broken = new ArrayList<String>();
            for (var lane : List.of("alarm", "reading")) {
                long prev = 0;
                for (var link :
                        chains.getOrDefault(last + " " + lane, new TreeMap<>()).entrySet()) {
                    if (link.getValue() != prev) {
                        broken.add(lane + " " + link);
                    }
                    prev = link.getKey();
                }
            }
            return broken;
        }

        private List<String> acks() {
            var acks = new ArrayList<String>();
            unacknowledged.forEach((epoch, seqs) -> {
                var ranges = seqs.stream().map(s -> "[%d,%d]".formatted(s, s)).toList();
                acks.add("{\"epoch\":\"%s\",\"ranges\":%s}".formatted(epoch, ranges));
            });
            unacknowledged.clear();
            return acks;
        }
    }
}
