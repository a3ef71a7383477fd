package org.mingchu.gateway.tell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.LinkState;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A platform that has entries which our journal has not: an old copy of it was restored. */
class AheadTest {
    private static final String NEXT = "0123456789abcdef";
    private static final String STATUS = Kitchen.ROOT + "status";
    private static final String RECEIPT = Kitchen.ROOT + "receipt";

    @Test
    void a_retained_status_above_the_journal_is_noticed_before_the_first_publish() {
        var post = Post.acknowledging();
        post.rounds(3);
        post.broker.retainStatus(Kitchen.EPOCH, 900);

        post.settle();

        assertThat(post.broker.published).isEmpty();
        assertThat(post.notes.aheads()).containsExactly(Kitchen.EPOCH + "/900");
        assertThat(post.notes.links()).endsWith(LinkState.DOWN);
        assertThat(post.notes.reasons().getLast()).contains("up to 900").contains("up to 3");
        // A will would say less than what is retained.
        assertThat(post.broker.disconnects).isEqualTo(1);
        assertThat(post.broker.drops).isZero();
    }

    @Test
    void nothing_more_is_said_under_that_epoch_and_everything_under_the_next() {
        var post = Post.acknowledging();
        post.rounds(3);
        post.broker.retainStatus(Kitchen.EPOCH, 900);
        post.settle();
        post.raised(100);
        // After an hour it asks again: the claim may have been refused, and then this epoch goes
        // on.
        post.pass(3_500_000);
        assertThat(post.broker.hellos).hasSize(1);
        assertThat(post.broker.published).isEmpty();

        post.outbox.begin(NEXT, "platform-ahead", post.now());
        post.settle();

        assertThat(post.broker.hellos).hasSize(2);
        assertThat(post.sentAlarms()).containsExactly(5L, 1L);
        assertThat(post.sentReadings()).containsExactly(2L, 3L, 4L);
        assertThat(post.broker.published)
                .filteredOn(m -> !m.text().isEmpty())
                .allSatisfy(m ->
                        assertThat(MemoryPlatform.json(m).get("epoch").asString()).isEqualTo(NEXT));
        assertThat(post.notes.aheads()).hasSize(1);
    }

    @Test
    void who_stops_while_the_platform_is_ahead_leaves_the_retained_status_alone() {
        var post = Post.acknowledging();
        post.rounds(3);
        post.broker.retainStatus(Kitchen.EPOCH, 900);
        post.settle();

        post.courier.stop("the test ends");
        post.settle();

        assertThat(post.courier.isOver()).isTrue();
        assertThat(post.broker.published).isEmpty();
    }

    @Test
    void a_status_of_another_epoch_or_of_no_more_than_ours_holds_nothing_up() {
        for (var status : List.of("00112233445566ff/900", Kitchen.EPOCH + "/3")) {
            var post = Post.acknowledging();
            post.rounds(3);
            post.broker.retainStatus(status.substring(0, 16), Long.parseLong(status.substring(17)));

            post.settle();

            assertThat(post.sentReadings()).as(status).containsExactly(1L, 2L, 3L);
            assertThat(post.notes.aheads()).as(status).isEmpty();
        }
    }

    @Test
    void what_is_retained_may_be_garbage() {
        for (var text : List.of("", "hello", "[1]", "{\"epoch\":7,\"lastSeq\":\"x\"}", "{\"a\":")) {
            var post = Post.acknowledging();
            post.rounds(1);
            post.broker.retained.put(
                    STATUS, new Wire.Message(STATUS, text, 1, true, Optional.empty()));

            post.settle();

            assertThat(post.sentReadings()).as(text).containsExactly(1L);
        }
    }

    @Test
    void a_gateway_that_was_never_there_waits_two_seconds_once() {
        var post = Post.acknowledging();
        post.rounds(1);
        post.broker.retained.clear();
        post.settle();
        assertThat(post.broker.published).isEmpty();
        assertThat(post.wakeNs).isEqualTo(post.now().upNs() + Duration.ofSeconds(2).toNanos());

        post.pass(2_000);
        assertThat(post.sentReadings()).containsExactly(1L);

        post.broker.cut();
        post.step();
        post.broker.published.clear();
        post.pass(1_500);
        assertThat(post.broker.to(STATUS)).hasSize(1);
    }

    @Test
    void who_stops_while_it_waits_says_nothing_and_takes_the_will_away() {
        var post = Post.acknowledging();
        post.broker.retained.clear();
        post.settle();

        post.courier.stop("the test ends");
        post.settle();

        assertThat(post.courier.isOver()).isTrue();
        assertThat(post.broker.published).isEmpty();
        assertThat(post.broker.disconnects).isEqualTo(1);
    }

    @Test
    void where_its_own_status_may_not_be_read_it_goes_on_without() {
        var post = Post.acknowledging();
        post.broker.forbidden.add(STATUS);
        post.broker.retainStatus(Kitchen.EPOCH, 900);
        post.rounds(1);

        post.settle();

        assertThat(post.sentReadings()).containsExactly(1L);
        assertThat(post.notes.links()).containsExactly(LinkState.UP);
    }

    @Test
    void an_acknowledgement_above_the_journal_is_noticed_and_none_of_it_believed() {
        var post = Post.acknowledging().settle();
        post.raised(100);
        post.settle();

        post.acks("[[1,1],[700,900]]");
        post.settle();

        assertThat(post.notes.aheads()).containsExactly(Kitchen.EPOCH + "/900");
        assertThat(post.notes.delivered()).isEmpty();
        assertThat(post.notes.links()).endsWith(LinkState.DOWN);
    }

    @Test
    void a_receipt_of_a_larger_tree_is_noticed() {
        var post = Post.acknowledging().settle();
        post.rounds(3);
        post.settle();

        post.broker.say(RECEIPT, Notes.receipt(Kitchen.EPOCH, 800, 'A'));
        post.settle();

        assertThat(post.notes.aheads()).containsExactly(Kitchen.EPOCH + "/800");
        assertThat(post.notes.receipts()).isEmpty();
    }

    @Test
    void a_receipt_of_another_tree_of_a_size_we_have_told_is_noticed() {
        var post = Post.acknowledging().settle();
        post.rounds(3);
        post.outbox.append(new Fact.Checkpointed(Notes.checkpoint(Kitchen.EPOCH, 3)), post.now());
        post.settle();
        post.broker.say(RECEIPT, Notes.receipt(Kitchen.EPOCH, 2, 'B'));
        post.broker.say(RECEIPT, Notes.receipt(Kitchen.EPOCH, 3, 'A'));
        post.settle();
        assertThat(post.notes.receipts()).hasSize(2);
        assertThat(post.notes.aheads()).isEmpty();

        post.broker.say(RECEIPT, Notes.receipt(Kitchen.EPOCH, 3, 'B'));
        post.settle();

        assertThat(post.notes.aheads()).containsExactly(Kitchen.EPOCH + "/3");
    }

    @Test
    void a_receipt_is_handed_on_as_it_is_and_what_is_none_is_not() {
        var post = Post.acknowledging().settle();
        post.rounds(3);
        post.settle();
        var good = Notes.receipt(Kitchen.EPOCH, 3, 'A');
        var old = Notes.receipt("00112233445566ff", 5_000, 'A');

        post.broker.say(RECEIPT, good);
        post.broker.say(RECEIPT, old);
        post.broker.say(RECEIPT, "hello");
        post.broker.say(RECEIPT, "");
        post.broker.say(RECEIPT, good.substring(0, good.length() - 1));
        post.broker.say(RECEIPT, Notes.checkpoint("mingchu/gz/other/gw-1/" + NEXT, 3, 'A'));
        post.broker.say(RECEIPT, good + "— x eA==\n".repeat(500));
        post.settle();

        assertThat(post.notes.receipts()).containsExactly(good, old);
        assertThat(post.notes.aheads()).isEmpty();
    }

    @Test
    void the_status_says_how_far_the_journal_is_each_hour_and_in_leaving() {
        var post = Post.acknowledging();
        post.rounds(3);
        post.settle();
        post.rounds(4);
        post.pass(3_599_000);
        assertThat(lastSeqs(post)).containsExactly(3L);

        post.pass(2_000);
        assertThat(lastSeqs(post)).containsExactly(3L, 7L);

        post.round(4_000);
        post.courier.stop("the test ends");
        post.settle();
        assertThat(lastSeqs(post)).containsExactly(3L, 7L, 8L);
        assertThat(
                        MemoryPlatform.json(post.broker.hellos.getFirst().will())
                                .get("lastSeq")
                                .asLong())
                .isEqualTo(3);
    }

    private static List<Long> lastSeqs(Post post) {
        return post.broker.to(STATUS).stream()
                .map(m -> MemoryPlatform.json(m).get("lastSeq").asLong())
                .toList();
    }
}
