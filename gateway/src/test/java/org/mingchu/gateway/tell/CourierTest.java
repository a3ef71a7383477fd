package org.mingchu.gateway.tell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.mingchu.config.Platform;
import org.mingchu.config.Priority;
import org.mingchu.config.View;
import org.mingchu.gateway.judge.AlarmChange;
import org.mingchu.gateway.judge.AlarmState;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.Lane;
import org.mingchu.gateway.judge.LinkState;
import org.mingchu.gateway.judge.Progress;
import org.mingchu.gateway.judge.SeqRange;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;

class CourierTest {
    private static final String STATE = Kitchen.ROOT + "alarm/freezer-1-air/freezer-high/state";

    @Test
    void a_new_connection_listens_then_says_who_is_there_then_drains() {
        var post = Post.acknowledging();
        post.outbox.append(new Fact.EpochBegan(Optional.empty(), "first-start"), post.now());
        post.rounds(1);

        post.settle();

        assertThat(post.broker.filters)
                .containsExactly(
                        Kitchen.ROOT + "status", Kitchen.ROOT + "ack", Kitchen.ROOT + "receipt");
        assertThat(post.broker.published.stream().filter(m -> m.qos() == 1).map(m -> m.topic()))
                .containsExactly(
                        Kitchen.ROOT + "status",
                        Kitchen.ROOT + "meta",
                        STATE,
                        Kitchen.ROOT + "record/epoch",
                        Kitchen.ROOT + "reading");
        assertThat(post.notes.links()).containsExactly(LinkState.UP);
    }

    @Test
    void the_will_says_offline_and_waits_ten_seconds_with_the_session() {
        var post = Post.acknowledging().settle();

        var hello = post.broker.hellos.getFirst();

        assertThat(hello.clientId()).isEqualTo("gz-liwan-gz-liwan-0042-gw-1-market-regulation");
        assertThat(hello.will().retained()).isTrue();
        assertThat(hello.will().qos()).isEqualTo(1);
        assertThat(hello.will().topic()).isEqualTo(Kitchen.ROOT + "status");
        assertThat(MemoryPlatform.json(hello.will()).get("state").asString()).isEqualTo("offline");
        assertThat(hello.willDelay()).isEqualTo(Duration.ofSeconds(10));
        assertThat(hello.session()).isEqualTo(Duration.ofSeconds(10));
        assertThat(hello.keepAlive()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void after_an_outage_the_newest_raise_goes_first_and_each_alarm_from_its_beginning() {
        var post = Post.acknowledging();
        post.outbox.append(new Fact.EpochBegan(Optional.empty(), "first-start"), post.now());
        post.rounds(3);
        var first = post.raised(100).seq();
        var second = post.raised(200).seq();
        var firstReturned = post.returned(100).seq();
        var third = post.raised(300).seq();
        var secondReturned = post.returned(200).seq();

        post.settle();

        assertThat(post.sentAlarms()).startsWith(third, second, first, 1L);
        assertThat(post.sentAlarms())
                .containsExactlyInAnyOrder(third, second, first, 1L, secondReturned, firstReturned);
        assertThat(post.regulator.violations).isEmpty();
        assertThat(post.regulator.unbroken(Lane.ALARM)).isTrue();
        var topics = post.broker.published.stream().map(Wire.Message::topic).toList();
        assertThat(topics.lastIndexOf(Kitchen.ROOT + "record/epoch"))
                .isLessThan(topics.indexOf(Kitchen.ROOT + "reading"));
    }

    @Test
    void an_event_follows_only_when_the_broker_has_the_one_before() {
        var post = Post.acknowledging().settle();
        var raised = post.raised(100).seq();
        var returned = post.returned(100).seq();

        post.step();
        assertThat(post.sentAlarms()).containsExactly(raised);

        post.settle();
        assertThat(post.sentAlarms()).containsExactly(raised, returned);
    }

    @Test
    void an_alarm_does_not_wait_behind_a_backlog_of_readings() {
        var post = Post.acknowledging().settle();
        post.rounds(5_000);
        post.step();
        assertThat(post.broker.to(Kitchen.ROOT + "reading"))
                .hasSize(Link.WINDOW_MAX - Courier.ALARM_PLACES);

        post.raised(100);
        post.step();

        assertThat(post.broker.published.getLast().topic()).contains("/alarm/");
    }

    @Test
    void prev_does_not_depend_on_the_order_of_sending() {
        var post = Post.acknowledging();
        var one = post.raised(100).seq();
        post.rounds(2);
        var two = post.raised(200).seq();

        post.settle();

        assertThat(post.sentAlarms()).containsExactly(two, one);
        assertThat(post.regulator.prev(Lane.ALARM, two)).isEqualTo(one);
        assertThat(post.regulator.prev(Lane.ALARM, one)).isZero();
        assertThat(post.regulator.unbroken(Lane.READING)).isTrue();
    }

    @Test
    void readings_go_oldest_first_thirty_a_message() {
        var post = Post.acknowledging();
        post.rounds(100);

        post.settle();

        assertThat(post.sentReadings())
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 100).boxed().toList());
        assertThat(post.broker.to(Kitchen.ROOT + "reading"))
                .hasSize(4)
                .allSatisfy(m -> assertThat(m.expiry()).contains(Duration.ofDays(7)));
    }

    @Test
    void a_message_never_outgrows_what_the_broker_takes() {
        var post = Post.acknowledging();
        post.broker.packetBytesMax = 2_048;
        post.rounds(30);

        post.settle();

        assertThat(post.sentReadings()).hasSize(30);
        assertThat(post.broker.to(Kitchen.ROOT + "reading"))
                .hasSizeGreaterThan(3)
                .allSatisfy(m -> assertThat(m.text().length()).isLessThan(1_536));
    }

    @Test
    void the_window_is_one_less_than_the_broker_says_and_at_least_one() {
        assertThat(mostUnanswered(1)).isEqualTo(1);
        assertThat(mostUnanswered(2)).isEqualTo(1);
        assertThat(mostUnanswered(10)).isEqualTo(9);
        assertThat(mostUnanswered(65_535)).isEqualTo(20);
    }

    private static int mostUnanswered(int receiveMaximum) {
        var post = Post.acknowledging();
        post.broker.receiveMaximum = receiveMaximum;
        for (int i = 0; i < 40; i++) {
            post.raised(100 + i);
        }
        post.rounds(1_000);
        post.settle();
        assertThat(post.sentReadings()).hasSize(1_000);
        return post.broker.mostUnanswered;
    }

    @Test
    void what_the_platform_does_not_acknowledge_comes_again_after_30_s_2_min_10_min_and_hourly() {
        var post = Post.acknowledging().settle();
        var alarm = post.raised(100).seq();
        var round = post.round(4_060).seq();
        post.settle();
        assertThat(post.sentAlarms()).containsExactly(alarm);

        var expected = 1;
        long before = 0;
        for (var dueS : List.of(30, 120, 600, 600 + 3_600, 600 + 7_200)) {
            post.pass(dueS * 1_000L - before - 2_000);
            assertThat(post.sentAlarms()).as("before %s s", dueS).hasSize(expected);
            assertThat(post.sentReadings()).as("before %s s", dueS).hasSize(expected);
            post.pass(4_000);
            before = dueS * 1_000L + 2_000;
            expected++;
            assertThat(post.sentAlarms()).as("after %s s", dueS).hasSize(expected);
            assertThat(post.sentReadings()).as("after %s s", dueS).hasSize(expected);
        }
        assertThat(post.regulator.violations).isEmpty();

        post.acks("[[%d,%d]]".formatted(alarm, round));
        post.pass(7_200_000);
        assertThat(post.sentAlarms()).hasSize(expected);
        assertThat(post.sentReadings()).hasSize(expected);
        assertThat(post.notes.delivered()).containsExactly(new SeqRange(alarm, alarm));
        assertThat(post.outbox.progress(Lane.ALARM)).isEqualTo(new Progress(alarm, List.of()));
        assertThat(post.outbox.progress(Lane.READING)).isEqualTo(new Progress(round, List.of()));
    }

    @Test
    void a_platform_without_acknowledgements_has_what_the_broker_has() {
        var post = Post.trusting();
        var alarm = post.raised(100).seq();
        post.rounds(40);

        post.settle().pass(7_200_000);

        assertThat(post.sentAlarms()).containsExactly(alarm);
        assertThat(post.sentReadings()).hasSize(40);
        assertThat(post.outbox.progress(Lane.ALARM)).isEqualTo(new Progress(1, List.of()));
        assertThat(post.outbox.progress(Lane.READING)).isEqualTo(new Progress(41, List.of()));
        assertThat(post.notes.delivered()).isEmpty();
    }

    @Test
    void an_alarm_the_broker_refuses_is_kept_and_shown_at_once_and_sent_when_it_may() {
        var post = Post.trusting().settle();
        post.broker.verdict = topic -> topic.endsWith("/event") ? 0x87 : 0;
        var alarm = post.raised(100).seq();

        post.settle();

        assertThat(post.notes.links()).containsExactly(LinkState.UP, LinkState.REFUSED);
        assertThat(post.notes.reasons().getLast())
                .isEqualTo("alarms refused: not authorised (0x87)");
        assertThat(post.outbox.progress(Lane.ALARM)).isEqualTo(Progress.NONE);
        post.pass(29_000);
        assertThat(post.sentAlarms()).containsExactly(alarm);
        post.broker.verdict = _ -> 0;
        post.pass(2_000);
        assertThat(post.sentAlarms()).containsExactly(alarm, alarm);
        assertThat(post.outbox.progress(Lane.ALARM).floor()).isEqualTo(alarm);
        assertThat(post.notes.links().getLast()).isEqualTo(LinkState.UP);
    }

    @Test
    void every_refusal_keeps_the_readings_and_lets_alarms_pass() {
        for (var code : List.of(0x80, 0x83, 0x87, 0x90, 0x95, 0x97, 0x99)) {
            var post = Post.trusting().settle();
            post.broker.verdict = topic -> topic.endsWith("reading") ? code : 0;
            post.rounds(300);
            post.settle().pass(5_000);
            var alarm = post.raised(100).seq();
            post.settle();

            assertThat(post.sentAlarms()).containsExactly(alarm);
            assertThat(post.outbox.progress(Lane.READING)).isEqualTo(Progress.NONE);
            assertThat(post.notes.links().getLast()).isEqualTo(LinkState.REFUSED);

            post.broker.verdict = _ -> 0;
            post.pass(120_000);
            assertThat(post.outbox.progress(Lane.READING).floor()).isEqualTo(300);
            assertThat(post.notes.links().getLast()).isEqualTo(LinkState.UP);
        }
    }

    @Test
    void a_quota_is_left_alone_for_a_growing_while() {
        var post = Post.trusting().settle();
        post.broker.verdict = topic -> topic.endsWith("reading") ? 0x97 : 0;
        post.rounds(1);

        post.settle().pass(600_000);

        // 1, 2, 4 … 60 s with jitter from half: between 13 and 32 tries in ten minutes.
        assertThat(post.sentReadings().size()).isBetween(13, 32);
    }

    @Test
    void nobody_listening_to_an_alarm_is_shown_until_somebody_does() {
        var post = Post.trusting().settle();
        post.broker.verdict = _ -> 16;
        post.raised(100);
        post.settle();
        assertThat(post.notes.links()).containsExactly(LinkState.UP, LinkState.UNHEARD);

        post.broker.verdict = _ -> 0;
        post.raised(200);
        post.settle();
        assertThat(post.notes.links())
                .containsExactly(LinkState.UP, LinkState.UNHEARD, LinkState.UP);
    }

    @Test
    void a_broker_that_never_sends_connack_is_left_after_ten_seconds_for_a_new_connection() {
        var post = Post.acknowledging();
        post.broker.sendsConnack = false;
        post.settle().pass(9_900);
        assertThat(post.broker.hellos).hasSize(1);
        assertThat(post.broker.drops).isZero();

        post.pass(1_200);
        assertThat(post.broker.drops).isEqualTo(1);
        assertThat(post.broker.hellos).hasSize(2);
        assertThat(post.notes.links()).containsExactly(LinkState.DOWN);

        post.broker.sendsConnack = true;
        post.pass(30_000);
        assertThat(post.notes.links()).containsExactly(LinkState.DOWN, LinkState.UP);
    }

    @Test
    void attempts_come_within_a_minute_of_each_other_and_not_all_at_once() {
        var post = Post.acknowledging();
        post.broker.reachable = false;

        post.settle().pass(3_600_000);

        // Full jitter up to 60 s: 30 s on average.
        assertThat(post.broker.hellos.size()).isBetween(70, 200);
    }

    @Test
    void a_dead_connection_is_noticed_within_one_and_a_half_keep_alives() {
        var post = Post.acknowledging().settle();
        post.broker.sendsPuback = false;
        var alarm = post.raised(100).seq();
        post.settle().pass(45_000);
        assertThat(post.notes.links()).startsWith(LinkState.UP, LinkState.DOWN);

        post.broker.sendsPuback = true;
        post.pass(60_000);
        assertThat(post.notes.links().getLast()).isEqualTo(LinkState.UP);
        assertThat(post.sentAlarms().size()).isGreaterThan(1);
        assertThat(post.sentAlarms()).containsOnly(alarm);
    }

    @Test
    void what_was_under_way_when_the_connection_broke_goes_first_and_in_order() {
        var post = Post.acknowledging().settle();
        post.rounds(60);
        post.step();
        post.broker.cut();
        post.rounds(30);
        post.broker.published.clear();

        post.settle().pass(5_000);

        assertThat(post.sentReadings())
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 90).boxed().toList());
        assertThat(post.regulator.violations).isEmpty();
    }

    @Test
    void only_acknowledgements_that_can_be_true_are_believed() {
        var post = Post.acknowledging().settle();
        var alarm = post.raised(100).seq();
        post.outbox.append(new Fact.Started("0.1.0", false), post.now());
        post.settle();

        post.broker.say(
                Kitchen.ROOT + "ack", "{\"epoch\":\"0000000000000000\",\"ranges\":[[1,1]]}");
        post.acks("[[1,2]]");
        post.acks("[[1,1],[1,2]] ");
        post.broker.say(Kitchen.ROOT + "ack", "hello");
        post.broker.say(Kitchen.ROOT + "receipt", "mingchu\n1\n…\n");
        post.settle();

        // Of the third the first range is possible, the second is not.
        assertThat(post.notes.delivered()).containsExactly(new SeqRange(alarm, alarm));
    }

    @Test
    void a_range_delivers_only_what_was_sent() {
        var post = Post.acknowledging().settle();
        post.broker.verdict = topic -> topic.endsWith("reading") ? 0x87 : 0;
        post.rounds(600);
        post.settle();
        var alarm = post.raised(100).seq();
        post.settle();

        post.acks("[[1,%d]]".formatted(alarm));
        post.settle();

        var sentTo = post.sentReadings().stream().mapToLong(Long::longValue).max().orElse(0);
        assertThat(sentTo).isLessThan(600);
        assertThat(post.outbox.progress(Lane.ALARM).floor()).isEqualTo(alarm);
        post.pass(1_000);
        assertThat(post.outbox.progress(Lane.READING)).isEqualTo(new Progress(sentTo, List.of()));
    }

    @Test
    void a_rejected_entry_is_told_and_not_sent_again() {
        var post = Post.acknowledging().settle();
        var alarm = post.raised(100).seq();
        var round = post.round(4_060).seq();
        post.settle();

        post.broker.say(
                Kitchen.ROOT + "ack",
                ("{\"epoch\":\"%s\",\"ranges\":[],\"reject\":[{\"seq\":%d,\"reason\":\"unknown"
                                + " unit\"},{\"seq\":%d,\"reason\":\"too old\"}]}")
                        .formatted(Kitchen.EPOCH, alarm, round));
        post.pass(7_200_000);

        assertThat(post.notes.rejected())
                .containsExactly(
                        new Fact.Rejection(alarm, "unknown unit"),
                        new Fact.Rejection(round, "too old"));
        assertThat(post.notes.delivered()).isEmpty();
        assertThat(post.sentAlarms()).containsExactly(alarm);
        assertThat(post.sentReadings()).containsExactly(round);
    }

    @Test
    void an_unsigned_acknowledgement_of_a_p1_is_not_believed_where_a_command_key_is_named() {
        var signing =
                new Platform(
                        "market-regulation",
                        URI.create("mqtt://127.0.0.1:1883"),
                        Optional.empty(),
                        "native",
                        View.FULL,
                        true,
                        Optional.of("ed25519:MCowBQYDK2VwAyEA"),
                        Optional.empty());
        var post = new Post(signing).settle();
        var urgent = post.raised(Priority.P1, 100).seq();
        var less = post.raised(Priority.P2, 200).seq();
        post.settle();

        post.acks("[[%d,%d]]".formatted(urgent, less));
        post.settle().pass(31_000);

        assertThat(post.notes.delivered()).containsExactly(new SeqRange(less, less));
        assertThat(post.sentAlarms()).containsExactly(less, urgent, urgent);
    }

    @Test
    void an_alarm_stands_retained_while_it_is_open_and_is_taken_away_when_normal() {
        var post = Post.acknowledging().settle();
        assertThat(post.broker.to(STATE)).extracting(Wire.Message::text).containsExactly("");
        var event = Kitchen.freezer(AlarmChange.RAISED, AlarmState.UNACK_ACTIVE, 100);
        var entry = post.alarm(event);
        post.state = post.open(event, entry.seq());
        post.settle();

        var standing = post.broker.to(STATE).getLast();
        assertThat(standing.retained()).isTrue();
        assertThat(MemoryPlatform.json(standing).get("seq").asLong()).isEqualTo(entry.seq());

        post.state = Kitchen.nothing();
        post.settle();
        assertThat(post.broker.to(STATE))
                .hasSize(3)
                .last()
                .extracting(Wire.Message::text)
                .isEqualTo("");

        post.broker.cut();
        post.settle().pass(5_000);
        assertThat(post.broker.to(STATE)).as("already known to be clear").hasSize(3);
    }

    @Test
    void an_entry_that_cannot_be_read_does_not_keep_the_courier_from_its_work() {
        var post = Post.acknowledging();
        var event = Kitchen.freezer(AlarmChange.RAISED, AlarmState.UNACK_ACTIVE, 100);
        var entry = post.alarm(event);
        post.outbox.damage(post.returned(7).seq());
        post.state = post.open(event, entry.seq());

        post.settle();

        assertThat(post.sentAlarms()).containsExactly(entry.seq());
        var standing = post.broker.to(STATE).getLast();
        assertThat(MemoryPlatform.json(standing).get("seq").asLong()).isEqualTo(entry.seq());
    }

    @Test
    void the_heart_beats_each_minute_and_says_how_far_behind_the_platform_is() {
        var post = Post.acknowledging();
        post.rounds(5);
        post.raised(100);
        post.settle().pass(185_000);

        var beats = post.broker.to(Kitchen.ROOT + "heartbeat");
        assertThat(beats).hasSize(4).allSatisfy(m -> assertThat(m.qos()).isZero());
        var last = MemoryPlatform.json(beats.getLast());
        assertThat(last.get("lastSeq").asLong()).isEqualTo(6);
        assertThat(last.get("backlog").get("reading").asLong()).isEqualTo(5);
        assertThat(last.get("backlog").get("alarm").asLong()).isEqualTo(1);
        assertThat(last.get("backlog").get("oldestMs").asLong()).isEqualTo(180_000);
    }

    @Test
    void it_leaves_with_a_reason_and_a_disconnect() {
        var post = Post.acknowledging().settle();
        post.courier.stop("update to 0.2.0");
        post.settle();

        var last = post.broker.to(Kitchen.ROOT + "status").getLast();
        assertThat(MemoryPlatform.json(last).get("state").asString()).isEqualTo("offline");
        assertThat(MemoryPlatform.json(last).get("reason").asString()).isEqualTo("update to 0.2.0");
        assertThat(post.broker.disconnects).isEqualTo(1);
        assertThat(post.courier.isOver()).isTrue();
    }

    @Test
    void a_goodbye_that_nobody_takes_is_left_to_the_will() {
        var post = Post.acknowledging().settle();
        post.broker.sendsPuback = false;
        post.courier.stop("power");
        post.settle().pass(2_100);

        assertThat(post.courier.isOver()).isTrue();
        assertThat(post.broker.disconnects).isZero();
        assertThat(post.broker.drops).isEqualTo(1);
    }

    @Test
    void a_restart_sends_only_what_is_missing() {
        var post = Post.acknowledging();
        post.rounds(5);
        var first = post.raised(100).seq();
        var second = post.raised(200).seq();
        post.outbox.keep(Lane.READING, new Progress(2, List.of(new SeqRange(4, 4))));
        post.outbox.keep(Lane.ALARM, new Progress(first, List.of()));
        post.restart();

        post.settle();

        assertThat(post.sentReadings()).containsExactly(3L, 5L);
        assertThat(post.sentAlarms()).containsExactly(second);
    }

    @Test
    void progress_is_told_at_most_once_a_second_or_each_hundred_entries() {
        var post = Post.trusting().settle();
        for (int i = 0; i < 50; i++) {
            post.round(i);
            post.settle().pass(100);
        }
        assertThat(post.notes.progresses()).isBetween(5, 7);

        post.rounds(3_000);
        post.settle();
        assertThat(post.outbox.progress(Lane.READING).floor()).isGreaterThan(2_950);
    }

    @Test
    void a_platform_with_an_aggregates_view_never_sees_a_single_reading() {
        var post =
                new Post(
                        new Platform(
                                "civil-affairs",
                                URI.create("mqtt://127.0.0.1:1883"),
                                Optional.empty(),
                                "native",
                                View.AGGREGATES,
                                false,
                                Optional.empty(),
                                Optional.empty()));
        post.rounds(10);
        var alarm = post.raised(100).seq();

        post.settle().pass(60_000);

        assertThat(post.sentAlarms()).containsExactly(alarm);
        assertThat(post.sentReadings()).isEmpty();
    }

    @Test
    void a_wire_that_takes_nothing_is_tried_again_soon() {
        var post = Post.trusting().settle();
        post.broker.takesMore = false;
        var alarm = post.raised(100).seq();
        post.settle().pass(500);
        assertThat(post.sentAlarms()).isEmpty();

        post.broker.takesMore = true;
        post.pass(50);
        assertThat(post.sentAlarms()).containsExactly(alarm);
    }

    @Test
    void an_encoder_that_is_not_built_in_is_named() {
        var post = Post.trusting();
        var alink =
                new Platform(
                        "p",
                        URI.create("mqtt://127.0.0.1:1883"),
                        Optional.empty(),
                        "alink",
                        View.FULL,
                        false,
                        Optional.empty(),
                        Optional.empty());

        assertThatThrownBy(() ->
                        new Courier(
                                alink,
                                post.plan,
                                Kitchen.ABOUT,
                                post.outbox,
                                Kitchen::nothing,
                                post.notes,
                                post.broker,
                                new Random(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("alink")
                .hasMessageContaining("native");
    }
}
