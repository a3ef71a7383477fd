package org.mingchu.gateway.desk;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mingchu.config.Attention;
import org.mingchu.config.Priority;
import org.mingchu.gateway.desk.Answer.Done;
import org.mingchu.gateway.desk.Answer.Reason;
import org.mingchu.gateway.desk.Answer.Refused;
import org.mingchu.gateway.judge.AlarmChange;
import org.mingchu.gateway.judge.AlarmEvent;
import org.mingchu.gateway.judge.AlarmId;
import org.mingchu.gateway.judge.AlarmState;
import org.mingchu.gateway.judge.Duties;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.Food;
import org.mingchu.gateway.judge.Person;
import org.mingchu.gateway.judge.Role;
import org.mingchu.gateway.judge.SeqRange;
import org.mingchu.gateway.judge.State;
import org.mingchu.gateway.judge.Strength;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Moment;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

class DeskTest {
    private static final Moment NOW =
            new Moment("2f0c7b9e", 912_345_678_000L, 1_795_405_200_000L, ClockState.SYNCED, 12);
    private static final AlarmId ALARM =
            AlarmId.of("9f2c61d07b3a4e55", "freezer-1-air", "freezer-high", 17_980);

    private final List<Fact> kept = new ArrayList<>();

    @Test
    void an_acknowledgement_is_kept_with_person_role_strength_and_note() {
        var answer =
                desk(AlarmState.UNACK_ACTIVE)
                        .acknowledge(ALARM.toString(), "p-03", Strength.TAP, Optional.of("门没关"));
        assertThat(answer).isEqualTo(new Done());
        assertThat(kept)
                .containsExactly(
                        new Fact.Acknowledged(
                                ALARM,
                                new Person("p-03", Role.STAFF, Strength.TAP),
                                Optional.of("门没关")));
    }

    @ParameterizedTest
    @EnumSource(names = {"UNACK_ACTIVE", "UNACK_RETURNED", "LATCHED_UNACK"})
    void what_waits_for_somebody_can_be_taken(AlarmState state) {
        assertThat(take(desk(state), "p-03")).isEqualTo(new Done());
        assertThat(kept).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"UNACK_ACTIVE", "UNACK_RETURNED", "LATCHED_UNACK"})
    void what_somebody_else_has_taken_is_not_taken_twice(AlarmState state) {
        assertThat(take(desk(state), "p-04")).isEqualTo(new Refused(Reason.ALREADY_TAKEN));
        assertThat(kept).isEmpty();
    }

    @Test
    void a_double_tap_is_one_record() {
        assertThat(take(desk(AlarmState.ACK_ACTIVE), "p-03")).isEqualTo(new Done());
        assertThat(kept).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1-1-1-1-1",
                "not an id",
                "5b7f4c1e-2f0a-8c3e-9d55-3f1f0c6f2a10",
                "zzzzzzzz-zzzz-zzzz-zzzz-zzzzzzzzzzzz"
            })
    void an_alarm_that_is_not_open_cannot_be_taken(String id) {
        var answer =
                desk(AlarmState.UNACK_ACTIVE)
                        .acknowledge(id, "p-03", Strength.TAP, Optional.empty());
        assertThat(answer).isEqualTo(new Refused(Reason.NO_SUCH_ALARM));
        assertThat(kept).isEmpty();
    }

    @Test
    void a_stranger_cannot_take_it() {
        assertThat(take(desk(AlarmState.UNACK_ACTIVE), "p-99"))
                .isEqualTo(new Refused(Reason.NO_SUCH_PERSON));
        assertThat(kept).isEmpty();
    }

    @Test
    void an_inspector_only_reads() {
        assertThat(take(desk(AlarmState.UNACK_ACTIVE), "p-09"))
                .isEqualTo(new Refused(Reason.READS_ONLY));
        assertThat(kept).isEmpty();
    }

    @Test
    void a_note_has_two_hundred_characters_at_most() {
        var desk = desk(AlarmState.UNACK_ACTIVE);
        assertThat(
                        desk.acknowledge(
                                ALARM.toString(),
                                "p-03",
                                Strength.TAP,
                                Optional.of("好".repeat(201))))
                .isEqualTo(new Refused(Reason.NOTE_TOO_LONG));
        assertThat(
                        desk.acknowledge(
                                ALARM.toString(),
                                "p-03",
                                Strength.TAP,
                                Optional.of("好".repeat(200))))
                .isEqualTo(new Done());
    }

    @Test
    void silence_is_kept_for_ten_minutes_and_acknowledges_nothing() {
        assertThat(desk(AlarmState.UNACK_ACTIVE).silence()).isEqualTo(new Done());
        assertThat(kept).containsExactly(new Fact.Silenced(Duration.ofMinutes(10).toMillis()));
    }

    @Test
    void nothing_is_answered_before_it_is_kept() throws Exception {
        var commit = new CompletableFuture<Long>();
        var asked = new CountDownLatch(1);
        var desk =
                new Desk(
                        () -> state(AlarmState.UNACK_ACTIVE),
                        DeskTest::role,
                        _ -> {
                            asked.countDown();
                            return commit;
                        });
        var answer = CompletableFuture.supplyAsync(desk::silence);
        assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(answer).isNotDone();
        commit.complete(1L);
        assertThat(answer.get(10, TimeUnit.SECONDS)).isEqualTo(new Done());
    }

    @Test
    void silence_where_nothing_sounds_is_not_kept() {
        assertThat(desk(AlarmState.ACK_ACTIVE).silence()).isEqualTo(new Done());
        assertThat(kept).isEmpty();
    }

    @Test
    void a_commit_that_fails_or_does_not_come_is_said_to_be_not_kept() {
        var never = new CompletableFuture<Long>();
        assertThat(deskOver(never).silence()).isEqualTo(new Refused(Reason.NOT_KEPT));
        CompletableFuture<Long> failed =
                CompletableFuture.failedFuture(new IllegalStateException("disk full"));
        assertThat(deskOver(failed).silence()).isEqualTo(new Refused(Reason.NOT_KEPT));
    }

    private Desk desk(AlarmState alarm) {
        return new Desk(
                () -> state(alarm),
                DeskTest::role,
                fact -> {
                    kept.add(fact);
                    return CompletableFuture.completedFuture(1L);
                });
    }

    private static Desk deskOver(CompletableFuture<Long> commit) {
        return new Desk(() -> state(AlarmState.UNACK_ACTIVE), DeskTest::role, _ -> commit);
    }

    private static Answer take(Desk desk, String person) {
        return desk.acknowledge(ALARM.toString(), person, Strength.TAP, Optional.empty());
    }

    private static Optional<Role> role(String person) {
        return Optional.ofNullable(
                Map.of("p-03", Role.STAFF, "p-04", Role.VOLUNTEER, "p-09", Role.INSPECTOR)
                        .get(person));
    }

    private static State state(AlarmState alarm) {
        var taken =
                alarm == AlarmState.ACK_ACTIVE
                        ? Optional.of(new Person("p-03", Role.STAFF, Strength.TAP))
                        : Optional.<Person>empty();
        var event =
                new AlarmEvent(
                        ALARM,
                        "freezer-1-air",
                        Optional.of("freezer-1"),
                        "freezer-high",
                        "cn-catering",
                        "1.0.0",
                        false,
                        Optional.empty(),
                        Priority.P2,
                        Attention.SITE,
                        AlarmChange.RAISED,
                        alarm,
                        OptionalLong.of(-9_400),
                        OptionalLong.of(-12_000),
                        Optional.of("Cel"),
                        NOW,
                        new SeqRange(17_980, 18_233),
                        taken,
                        Optional.empty(),
                        Optional.empty(),
                        OptionalLong.empty());
        var watching =
                new State.Watching(
                        Optional.empty(),
                        Optional.of(new State.Open(event, NOW, NOW, NOW)),
                        Optional.empty(),
                        Optional.empty());
        return new State(
                "9f2c61d07b3a4e55",
                18_234,
                Optional.of(NOW),
                Map.of(),
                Map.of(),
                Map.of(new State.Key("freezer-1-air", "freezer-high"), watching),
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                Food.NOTHING,
                Duties.NOTHING,
                Optional.empty());
    }
}
