package org.mingchu.simulator.platform;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

class SupervisorTest {
    private static final String GATEWAY = "gz-liwan/gz-liwan-0042/gw-1";
    private static final String EVENT = "alarm/" + Messages.ALARM_ID + "/event";

    private final Supervisor supervisor = new Supervisor(Contract.read(ContractTest.FOLDER));

    @Test
    void a_batch_is_acknowledged_with_its_exact_ranges_and_nothing_between() {
        var batch =
                Messages.batch(
                        Messages.round(3, 2)
                                + ","
                                + Messages.round(4, 3)
                                + ","
                                + Messages.round(6, 4));
        assertThat(receive("reading", batch, 0))
                .containsExactly(
                        new Outgoing(
                                Messages.ROOT + "ack",
                                "{\"epoch\":\"9f2c61d07b3a4e55\",\"ranges\":[[3,4],[6,6]]}",
                                3600));
        assertThat(supervisor.received(4)).isTrue();
        assertThat(supervisor.received(5)).isFalse();
    }

    @Test
    void every_acknowledgement_is_valid_by_the_contract() {
        supervisor.reject(2, "unknown unit");
        var contract = Contract.read(ContractTest.FOLDER);
        var acks = new ArrayList<Outgoing>();
        acks.addAll(receive(EVENT, Messages.alarm(1, 0, "raised", "unack-active"), 0));
        acks.addAll(receive(EVENT, Messages.alarm(2, 1, "returned", "unack-returned"), 0));
        assertThat(acks).hasSize(2);
        for (var ack : acks) {
            assertThat(contract.problems("ack", contract.parse(ack.payload()))).isEmpty();
        }
        assertThat(acks.getLast().text())
                .contains("\"ranges\":[]")
                .contains("{\"seq\":2,\"reason\":\"unknown unit\"}");
    }

    @Test
    void a_second_copy_is_a_duplicate_even_when_it_was_sent_later_or_in_another_batch() {
        var alarm = Messages.alarm(2, 0, "raised", "unack-active");
        receive(EVENT, alarm, 0);
        receive(EVENT, alarm.replace("\"sentAt\": \"2026-11-22", "\"sentAt\": \"2026-11-23"), 9);
        receive("reading", Messages.readings(3, 4), 0);
        receive("reading", Messages.readings(4, 5), 0);
        assertThat(supervisor.duplicates()).isEqualTo(2);
        assertThat(supervisor.entries(Lane.READING))
                .extracting(SeenEntry::seq)
                .containsExactly(3L, 4L, 5L);
        assertThat(supervisor.alarms().getFirst().steps()).hasSize(1);
        assertThat(supervisor.violations()).isEmpty();
    }

    @Test
    void the_same_number_with_other_content_is_a_violation() {
        receive("reading", Messages.readings(3), 0);
        receive("reading", Messages.readings(3).replace("4.06", "4.07"), 0);
        assertThat(supervisor.violations())
                .singleElement()
                .asString()
                .contains("seq 3 has come before with other content");
    }

    @Test
    void one_number_in_both_lanes_is_a_violation() {
        receive("reading", Messages.readings(1), 0);
        receive("record/epoch", Messages.epochBorn(), 0);
        assertThat(supervisor.violations()).anyMatch(v -> v.contains("seq 1 is in both lanes"));
    }

    @Test
    void a_hole_is_seen_until_the_missing_entry_comes() {
        receive("reading", Messages.readings(1, 2), 0);
        receive("reading", Messages.readings(5), 0);
        assertThat(supervisor.missing(Lane.READING))
                .containsExactly(new Missing(GATEWAY, Messages.EPOCH, Lane.READING, 3, 4));
        assertThat(supervisor.chainUnbroken()).isFalse();
        receive("reading", Messages.readings(4), 0);
        assertThat(supervisor.missing(Lane.READING))
                .containsExactly(new Missing(GATEWAY, Messages.EPOCH, Lane.READING, 3, 3));
        receive("reading", Messages.readings(3), 0);
        assertThat(supervisor.chainUnbroken()).isTrue();
        assertThat(supervisor.missing(Lane.ALARM)).isEmpty();
    }

    @Test
    void a_missing_first_entry_is_a_hole_as_well() {
        receive(EVENT, Messages.alarm(7, 2, "raised", "unack-active"), 0);
        assertThat(supervisor.missing(Lane.ALARM))
                .containsExactly(new Missing(GATEWAY, Messages.EPOCH, Lane.ALARM, 1, 2));
    }

    @Test
    void a_published_gap_bridges_its_own_lane_and_no_more() {
        receive("reading", Messages.readings(1, 2), 0);
        receive("reading", Messages.readings(9), 0);
        receive("record/gap", Messages.gap(10, 0, 3, 8), 0);
        assertThat(supervisor.chainUnbroken()).isTrue();
        receive("record/gap", Messages.gap(14, 12, 12, 12), 0);
        assertThat(supervisor.missing(Lane.ALARM)).hasSize(1);
        assertThat(supervisor.missing(Lane.READING)).isEmpty();
    }

    @Test
    void a_prev_that_jumps_over_an_entry_that_came_is_a_violation() {
        var jumping = Messages.batch(Messages.round(1, 0) + "," + Messages.round(2, 1));
        receive("reading", jumping, 0);
        receive("reading", Messages.batch(Messages.round(3, 1)), 0);
        assertThat(supervisor.violations())
                .containsExactly("seq 3 says prev 1, but 2 came in between");
    }

    @Test
    void any_order_of_arrival_gives_the_same_books() {
        for (long seed = 0; seed < 20; seed++) {
            var random = new Random(seed);
            var messages = new ArrayList<String>();
            for (long seq = 1; seq <= 60; seq++) {
                messages.add(Messages.readings(seq));
                if (random.nextBoolean()) {
                    messages.add(Messages.readings(seq));
                }
            }
            Collections.shuffle(messages, random);
            var other = new Supervisor(Contract.read(ContractTest.FOLDER));
            for (var message : messages) {
                other.receive(Messages.ROOT + "reading", message.getBytes(UTF_8), false, 0);
            }
            assertThat(other.chainUnbroken()).as("seed %d", seed).isTrue();
            assertThat(other.violations()).as("seed %d", seed).isEmpty();
            assertThat(other.count(Lane.READING)).isEqualTo(60);
            assertThat(other.duplicates()).isEqualTo(messages.size() - 60);
        }
    }

    @Test
    void events_of_one_alarm_must_come_oldest_first_and_other_alarms_may_overtake() {
        var other = "6b7f4c1e-2f0a-8c3e-9d55-3f1f0c6f2a10";
        receive(
                "alarm/" + other + "/event",
                Messages.alarm(other, 4, 3, "raised", "unack-active"),
                0);
        receive(EVENT, Messages.alarm(2, 0, "raised", "unack-active"), 0);
        receive(EVENT, Messages.alarm(3, 2, "acknowledged", "ack-active"), 0);
        assertThat(supervisor.violations()).isEmpty();
        receive(EVENT, Messages.alarm(6, 5, "cleared", "normal"), 0);
        receive(EVENT, Messages.alarm(5, 4, "returned", "ack-active"), 0);
        assertThat(supervisor.violations())
                .singleElement()
                .asString()
                .contains("seq 5 after a younger event");
    }

    @Test
    void the_life_of_an_alarm_is_put_together() {
        receive(EVENT, Messages.alarm(2, 0, "raised", "unack-active"), 0);
        receive(EVENT, Messages.alarm(4, 2, "acknowledged", "ack-active"), 0);
        receive(EVENT, Messages.alarm(9, 4, "cleared", "normal"), 0);
        var alarm = supervisor.alarms().getFirst();
        assertThat(alarm.state()).isEqualTo("normal");
        assertThat(alarm.steps())
                .extracting(SeenAlarm.Step::event)
                .containsExactly("raised", "acknowledged", "cleared");
        assertThat(alarm.steps().get(1).person()).contains("p-03");
        assertThat(alarm.steps().getFirst().reading()).isEqualTo("-9.4 Cel, limit -12.0 Cel");
        assertThat(supervisor.violations()).isEmpty();
    }

    @Test
    void an_impossible_life_is_a_violation() {
        receive(EVENT, Messages.alarm(2, 0, "acknowledged", "ack-active"), 0);
        receive(EVENT, Messages.alarm(3, 2, "cleared", "ack-active"), 0);
        receive(EVENT, Messages.alarm(4, 3, "returned", "unack-returned"), 0);
        assertThat(supervisor.violations())
                .hasSize(3)
                .anyMatch(v -> v.endsWith("does not begin with raised"))
                .anyMatch(v -> v.endsWith("is cleared and yet ack-active"))
                .anyMatch(v -> v.endsWith("goes on after it was cleared, seq 4"));
    }

    @Test
    void a_delayed_answer_comes_when_it_is_due() {
        supervisor.answer(new Answer.After(500));
        assertThat(receive("reading", Messages.readings(1), 1000)).isEmpty();
        assertThat(supervisor.due(1499)).isEmpty();
        assertThat(supervisor.due(1500)).hasSize(1);
        assertThat(supervisor.due(9999)).isEmpty();
    }

    @Test
    void a_silent_platform_keeps_everything() {
        supervisor.answer(new Answer.Never());
        assertThat(receive("reading", Messages.readings(1), 0)).isEmpty();
        assertThat(supervisor.received(1)).isTrue();
    }

    @Test
    void a_platform_restored_from_an_old_copy_knows_nothing_of_before() {
        supervisor.answer(new Answer.NothingBefore(100));
        assertThat(receive("reading", Messages.readings(1), 99)).isEmpty();
        assertThat(supervisor.received(1)).isFalse();
        assertThat(supervisor.forgotten()).isEqualTo(1);
        assertThat(receive("reading", Messages.readings(1), 100)).hasSize(1);
        assertThat(supervisor.duplicates()).isZero();
    }

    @Test
    void times_before_a_clock_record_are_corrected_and_those_after_are_not() {
        receive("reading", Messages.readings(1), 0);
        receive("record/clock", Messages.clockSet(2, 0, 86_400_000), 0);
        receive("reading", Messages.batch(Messages.round(3, 1)), 0);
        var entries = supervisor.entries(Lane.READING);
        assertThat(supervisor.trueTimeMs(entries.getFirst()))
                .hasValue(
                        java.time.OffsetDateTime.parse(Messages.at(1)).toInstant().toEpochMilli()
                                + 86_400_000);
        assertThat(supervisor.trueTimeMs(entries.getLast()))
                .hasValue(
                        java.time.OffsetDateTime.parse(Messages.at(3)).toInstant().toEpochMilli());
    }

    @Test
    void retained_states_follow_what_is_published() {
        var path = "alarm/freezer-1-air/freezer-high/state";
        retain("status", Messages.status("online"));
        retain(path, Messages.alarmState(2, "raised", "unack-active"));
        assertThat(supervisor.status(GATEWAY)).contains("online");
        assertThat(supervisor.retained(GATEWAY)).containsOnlyKeys("status", path);
        retain(path, "");
        retain("status", Messages.status("offline"));
        assertThat(supervisor.status(GATEWAY)).contains("offline");
        assertThat(supervisor.retained(GATEWAY)).containsOnlyKeys("status");
        assertThat(supervisor.violations()).isEmpty();
    }

    @Test
    void a_flag_that_the_broker_loses_is_not_held_against_the_gateway() {
        supervisor.withoutRetainFlags();
        receive("status", Messages.status("online"), 0);
        assertThat(supervisor.violations()).isEmpty();
        assertThat(supervisor.retained(GATEWAY)).containsOnlyKeys("status");
    }

    @Test
    void messages_in_the_wrong_place_are_violations() {
        receive("status", Messages.status("online"), 0);
        receive("record/clock", Messages.epochBorn(), 0);
        receive("alarm/wrong/event", Messages.alarm(2, 1, "raised", "unack-active"), 0);
        retain("alarm/cold-1-air/freezer-high/state", Messages.alarmState(2, "raised", "shelved"));
        retain(
                "alarm/freezer-1-air/freezer-high/state",
                Messages.alarmState(3, "cleared", "normal"));
        receive("surprise", "{}", 0);
        supervisor.receive("elsewhere", new byte[0], false, 0);
        var foreign = "kfs/v1/gz-liwan/other-site/gw-1/reading";
        supervisor.receive(foreign, Messages.readings(3).getBytes(UTF_8), false, 0);
        assertThat(supervisor.violations())
                .hasSize(8)
                .anyMatch(v -> v.endsWith("status must be retained"))
                .anyMatch(v -> v.endsWith("record/clock is about epoch"))
                .anyMatch(v -> v.endsWith("is about " + Messages.ALARM_ID))
                .anyMatch(v ->
                        v.endsWith("shows the alarm of alarm/freezer-1-air/freezer-high/state"))
                .anyMatch(v -> v.endsWith("a normal alarm's state must be empty"))
                .anyMatch(v -> v.contains("surprise no such topic"))
                .anyMatch(v -> v.contains("elsewhere no such topic"))
                .anyMatch(v -> v.endsWith("speaks for " + GATEWAY));
    }

    @Test
    void what_is_not_valid_is_neither_kept_nor_acknowledged() {
        assertThat(receive("reading", "{\"schema\":", 0)).isEmpty();
        assertThat(receive("reading", "{\"a\":1,\"a\":2}", 0)).isEmpty();
        assertThat(receive("reading", Messages.readings(1).replace("crc", "cold"), 0)).isEmpty();
        assertThat(supervisor.received(1)).isFalse();
        assertThat(supervisor.violations()).hasSize(3);
    }

    @Test
    void the_platforms_own_messages_are_no_surprise() {
        receive("ack", "{}", 0);
        receive("cmd/c-1", "{}", 0);
        assertThat(supervisor.violations()).isEmpty();
    }

    @Test
    void a_regulator_sees_what_happened_and_what_is_missing() {
        retain("status", Messages.status("online"));
        receive("record/epoch", Messages.epochBorn(), 0);
        receive(EVENT, Messages.alarm(12, 1, "raised", "unack-active"), 0);
        receive(EVENT, Messages.alarm(65, 12, "acknowledged", "ack-active"), 0);
        receive("reading", Messages.readings(11), 0);
        assertThat(supervisor.view())
                .isEqualTo(
                        """
                        gz-liwan/gz-liwan-0042/gw-1  online since 2026-11-22T00:00:00.000+08:00, simulated
                          epoch 9f2c61d07b3a4e55
                            alarm: 3 entries up to 65, complete
                            reading: 1 entries up to 11, missing 1..10
                            P2 freezer-1-air freezer-high: ack-active
                              2026-11-22 00:00:12  raised  -9.4 Cel, limit -12.0 Cel
                              2026-11-22 00:01:05  acknowledged  -9.4 Cel, limit -12.0 Cel  by p-03
                        violations 0, duplicates 0
                        """);
    }

    /** A film hands over tens of thousands of messages; what one costs is bounded here. */
    @Test
    void fifty_thousand_messages_are_taken_in_a_few_seconds_of_cpu() {
        var payloads = new ArrayList<byte[]>();
        for (long seq = 1; seq <= 50_000; seq++) {
            payloads.add(Messages.readings(seq).getBytes(UTF_8));
        }
        var threads = java.lang.management.ManagementFactory.getThreadMXBean();
        var before = threads.getCurrentThreadCpuTime();
        for (var payload : payloads) {
            supervisor.receive(Messages.ROOT + "reading", payload, false, 0);
        }
        var seconds = (threads.getCurrentThreadCpuTime() - before) / 1e9;
        System.out.printf("supervisor µs/message=%.0f%n", seconds / payloads.size() * 1e6);
        assertThat(supervisor.count(Lane.READING)).isEqualTo(50_000);
        assertThat(supervisor.chainUnbroken()).isTrue();
        assertThat(supervisor.violations()).isEmpty();
        assertThat(seconds).isLessThan(15);
    }

    private List<Outgoing> receive(String path, String json, long nowMs) {
        return supervisor.receive(Messages.ROOT + path, json.getBytes(UTF_8), false, nowMs);
    }

    private void retain(String path, String json) {
        supervisor.receive(Messages.ROOT + path, json.getBytes(UTF_8), true, 0);
    }
}
