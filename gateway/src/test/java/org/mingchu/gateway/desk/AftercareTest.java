package org.mingchu.gateway.desk;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mingchu.gateway.desk.Answer.Done;
import org.mingchu.gateway.desk.Answer.Reason;
import org.mingchu.gateway.desk.Answer.Refused;
import org.mingchu.gateway.judge.Duties;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.Person;
import org.mingchu.gateway.judge.Remedy;
import org.mingchu.gateway.judge.Role;
import org.mingchu.gateway.judge.Strength;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/** What people say when an alarm is taken and over, before the judge who judges it. */
class AftercareTest {
    private static final long WARM = 12_000;
    private static final long COLD = 4_000;

    @TempDir private Path folder;
    private Floor floor;
    private Acts acts;

    @BeforeEach
    void open() {
        floor = new Floor(folder);
        acts = floor.acts();
    }

    @Test
    void an_alarm_is_taken_seen_to_over_and_verified_by_somebody_else() {
        var alarm = warmed();
        assertThat(remedies(alarm, kept(), "p-03")).isEqualTo(refused(Reason.NOT_TAKEN));
        taken(alarm, "p-03");
        assertThat(remedies(alarm, kept(), "p-03")).isEqualTo(new Done());
        assertThat(one().done().map(Duties.Done::remedy)).contains(kept());
        assertThat(remedies(alarm, kept(), "p-03"))
                .as("a double tap")
                .isEqualTo(refused(Reason.ALREADY_ANSWERED));
        assertThat(verifies(alarm, "p-02")).isEqualTo(refused(Reason.STILL_ACTIVE));
        assertThat(one().owes()).isTrue();

        floor.air(COLD, Duration.ofMinutes(60));
        assertThat(one().gone()).isPresent();
        assertThat(open("chilled-high")).isFalse();
        assertThat(verifies(alarm, "p-02")).isEqualTo(new Done());
        assertThat(one().owes()).isFalse();
        assertThat(acts.atPage(new Deed.Reviews(true), tap("p-03"))).isEqualTo(new Done());
        assertThat(isCase("chilled-high")).isFalse();
        assertThat(floor.kept())
                .filteredOn(Fact.Verified.class::isInstance)
                .extracting(fact -> ((Fact.Verified) fact).person())
                .containsExactly(new Person("p-02", Role.SAFETY_OFFICER, Strength.PIN));
    }

    @Test
    void nothing_is_verified_that_nobody_has_done_or_did_himself_but_for_the_manager() {
        var alarm = warmed();
        taken(alarm, "p-02");
        floor.air(COLD, Duration.ofMinutes(60));
        assertThat(verifies(alarm, "p-02")).isEqualTo(refused(Reason.NOTHING_DONE));
        remedies(alarm, kept(), "p-02");
        assertThat(verifies(alarm, "p-02")).isEqualTo(refused(Reason.OWN_WORK));
        for (var who : List.of("p-03", "p-04", "p-05")) {
            assertThat(verifies(alarm, who)).as(who).isEqualTo(refused(Reason.NOT_YOUR_ROLE));
        }
        assertThat(verifies(alarm, "p-09")).isEqualTo(refused(Reason.READS_ONLY));
        remedies(alarm, kept(), "p-01");
        assertThat(verifies(alarm, "p-01")).isEqualTo(new Done());
    }

    @Test
    void what_is_thrown_away_and_verified_takes_a_pin_and_the_rest_a_tap() {
        var alarm = warmed();
        taken(alarm, "p-03");
        var away = new Deed.Remedies(alarm, discarded(OptionalLong.of(2_500)));
        assertThat(acts.atPage(away, tap("p-03"))).isEqualTo(refused(Reason.NEEDS_PIN));
        assertThat(acts.atPage(away, pin("p-03"))).isEqualTo(new Done());
        assertThat(acts.atPage(new Deed.Remedies(alarm, kept()), tap("p-03")))
                .isEqualTo(new Done());
        assertThat(acts.atPage(new Deed.Verifies(alarm, ""), tap("p-02")))
                .isEqualTo(refused(Reason.NEEDS_PIN));
        assertThat(acts.atPage(new Deed.Resets(alarm, "x"), tap("p-02")))
                .isEqualTo(refused(Reason.NEEDS_PIN));
        assertThat(acts.atPage(new Deed.Shelves(alarm, 60_000, false, "x"), tap("p-02")))
                .isEqualTo(refused(Reason.NEEDS_PIN));
        assertThat(acts.atPage(new Deed.TakesOut("cold-1-air", 1, "x"), tap("p-02")))
                .isEqualTo(refused(Reason.NEEDS_PIN));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, CaseGrounds.GRAMS_MAX + 1})
    void what_is_thrown_away_is_weighed(long grams) {
        var alarm = warmed();
        taken(alarm, "p-03");
        assertThat(remedies(alarm, discarded(OptionalLong.of(grams)), "p-03"))
                .isEqualTo(refused(Reason.AMOUNT_MISSING));
        assertThat(remedies(alarm, discarded(OptionalLong.empty()), "p-03"))
                .isEqualTo(refused(Reason.AMOUNT_MISSING));
    }

    @ParameterizedTest
    @CsvSource({
        "moved, , , MOVED_NOWHERE",
        "moved, cold-1, , MOVED_NOWHERE",
        "moved, cold-9, , MOVED_NOWHERE",
        "kept, cold-2, , MOVED_NOWHERE",
        "kept, , 300001, VALUE_IMPOSSIBLE",
        "kept, , -100001, VALUE_IMPOSSIBLE",
    })
    void what_cannot_be_is_refused(String fate, String to, Long again, Reason reason) {
        var alarm = warmed();
        taken(alarm, "p-03");
        var remedy =
                new Remedy(
                        Remedy.Cause.UNIT,
                        Remedy.Action.CALLED_REPAIR,
                        fate.equals("moved") ? Remedy.Fate.MOVED : Remedy.Fate.KEPT,
                        OptionalLong.empty(),
                        Optional.ofNullable(to),
                        "",
                        again == null ? OptionalLong.empty() : OptionalLong.of(again));
        assertThat(remedies(alarm, remedy, "p-03")).isEqualTo(refused(reason));
        assertThat(one().done()).isEmpty();
    }

    @Test
    void an_alarm_that_comes_back_has_to_be_seen_to_again() {
        var alarm = warmed();
        taken(alarm, "p-03");
        remedies(alarm, kept(), "p-03");
        floor.air(COLD, Duration.ofMinutes(10));
        assertThat(one().gone()).isPresent();
        floor.air(WARM, Duration.ofMinutes(40));
        assertThat(one().gone()).isEmpty();
        assertThat(one().done()).isEmpty();
        assertThat(one().owes()).isTrue();
    }

    @Test
    void what_nobody_has_seen_to_stays_when_the_night_is_answered_for() {
        var alarm = warmed();
        taken(alarm, "p-03");
        floor.air(COLD, Duration.ofMinutes(60));
        assertThat(acts.atPage(new Deed.Reviews(false), tap("p-03"))).isEqualTo(new Done());
        assertThat(one().told()).isTrue();
        assertThat(one().owes()).isTrue();
        assertThat(floor.state().duties().reviewed()).isPresent();
        assertThat(acts.atPage(new Deed.Reviews(true), tap("p-03")))
                .isEqualTo(refused(Reason.ALREADY_ANSWERED));
        remedies(alarm, kept(), "p-03");
        verifies(alarm, "p-01");
        assertThat(isCase("chilled-high")).isFalse();
    }

    @Test
    void a_buzzer_that_is_not_heard_is_an_alarm_until_it_is() {
        var sounds = new ArrayList<Boolean>();
        var listening =
                new Listening(
                        floor::now,
                        () -> sounds.add(true),
                        fact -> {
                            floor.keeps(fact);
                            return CompletableFuture.completedFuture(1L);
                        });
        assertThat(listening.heard(true, Optional.empty())).isEqualTo(refused(Reason.NOT_SOUNDED));
        assertThat(listening.sound()).isEqualTo(new Done());
        assertThat(listening.sound()).isEqualTo(refused(Reason.BUZZER_BUSY));
        assertThat(sounds).hasSize(1);
        assertThat(listening.heard(false, Optional.empty())).isEqualTo(new Done());
        assertThat(floor.state().openAlarms())
                .singleElement()
                .satisfies(event -> assertThat(event.rule()).isEqualTo("buzzer"));
        assertThat(listening.heard(true, Optional.empty()))
                .as("one answer for one sound")
                .isEqualTo(refused(Reason.NOT_SOUNDED));

        taken(floor.alarmOf("buzzer"), "p-03");
        floor.passes(Duration.ofMinutes(5));
        listening.sound();
        floor.passes(Listening.ANSWERED_WITHIN);
        assertThat(listening.heard(true, Optional.empty())).isEqualTo(refused(Reason.NOT_SOUNDED));
        listening.sound();
        assertThat(listening.heard(true, Optional.empty())).isEqualTo(new Done());
        assertThat(open("buzzer")).isFalse();
    }

    @Test
    void the_same_answer_again_is_no_further_entry_and_another_one_is() {
        var kept = new ArrayList<Fact>();
        var listening = listening(kept);
        for (var i = 0; i < 50; i++) {
            assertThat(listening.sound()).isEqualTo(new Done());
            assertThat(listening.heard(true, Optional.empty())).isEqualTo(new Done());
            floor.passes(Listening.EVERY);
        }
        assertThat(kept).hasSize(1);
        listening.sound();
        assertThat(listening.heard(false, Optional.empty())).isEqualTo(new Done());
        floor.passes(Listening.NOTHING_NEW_WITHIN);
        listening.sound();
        assertThat(listening.heard(false, Optional.empty())).isEqualTo(new Done());
        assertThat(kept).hasSize(3);
    }

    @Test
    void whoever_says_now_this_and_now_that_fills_no_record() {
        var kept = new ArrayList<Fact>();
        var listening = listening(kept);
        for (var i = 0; i < 100; i++) {
            listening.sound();
            listening.heard(i % 2 == 0, Optional.empty());
            floor.passes(Listening.EVERY);
        }
        assertThat(kept).hasSize(Listening.ANSWERS_AN_HOUR);
        assertThat(listening.sound()).isEqualTo(refused(Reason.BUZZER_BUSY));
        floor.passes(Duration.ofHours(1));
        assertThat(listening.sound()).isEqualTo(new Done());
    }

    /** Where a buzzer sounds, and what is said of it is put down. */
    private Listening listening(List<Fact> kept) {
        return new Listening(
                floor::now,
                () -> true,
                fact -> {
                    kept.add(fact);
                    return CompletableFuture.completedFuture(1L);
                });
    }

    @Test
    void a_buzzer_that_cannot_be_sounded_is_not_asked_about() {
        var listening =
                new Listening(floor::now, () -> false, _ -> CompletableFuture.completedFuture(1L));
        assertThat(listening.sound()).isEqualTo(refused(Reason.BUZZER_BUSY));
        assertThat(listening.heard(true, Optional.empty())).isEqualTo(refused(Reason.NOT_SOUNDED));
    }

    @Test
    void a_year_of_alarms_that_nobody_sees_to_is_bounded_and_what_is_open_stays() {
        for (var i = 0; i < Duties.CASES_MAX + 5; i++) {
            floor.smoke(true);
            taken(floor.alarmOf("smoke"), "p-03");
            floor.smoke(false);
            acts.on(new Deed.Resets(floor.alarmOf("smoke"), "x"), pin("p-02"));
            floor.passes(Duration.ofHours(20));
        }
        var open = warmed();
        var cases = floor.state().duties().cases();
        assertThat(cases).hasSize(Duties.CASES_MAX);
        assertThat(cases.keySet()).anyMatch(id -> id.toString().equals(open));
    }

    /** The cold store gets warm; the id of the alarm. */
    private String warmed() {
        floor.air(COLD, Duration.ofMinutes(5)).air(WARM, Duration.ofMinutes(20));
        return floor.state().openAlarms().stream()
                .filter(event -> event.rule().equals("chilled-high"))
                .findFirst()
                .orElseThrow()
                .id()
                .toString();
    }

    private boolean open(String rule) {
        return floor.state().openAlarms().stream().anyMatch(event -> event.rule().equals(rule));
    }

    private boolean isCase(String rule) {
        return floor.state().duties().cases().values().stream()
                .anyMatch(each -> each.rule().equals(rule));
    }

    private Duties.Case one() {
        return floor.state().duties().cases().values().stream()
                .filter(each -> each.rule().equals("chilled-high"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no case of it: " + floor.state().duties()));
    }

    private void taken(String alarm, String person) {
        floor.desk().acknowledge(alarm, person, Strength.TAP, Optional.empty());
    }

    private Answer remedies(String alarm, Remedy remedy, String person) {
        return acts.atPage(new Deed.Remedies(alarm, remedy), pin(person));
    }

    private Answer verifies(String alarm, String person) {
        return acts.atPage(new Deed.Verifies(alarm, ""), pin(person));
    }

    private static Remedy kept() {
        return new Remedy(
                Remedy.Cause.DOOR,
                Remedy.Action.CLOSED_DOOR,
                Remedy.Fate.KEPT,
                OptionalLong.empty(),
                Optional.empty(),
                "",
                OptionalLong.of(4_500));
    }

    private static Remedy discarded(OptionalLong grams) {
        return new Remedy(
                Remedy.Cause.DOOR,
                Remedy.Action.CLOSED_DOOR,
                Remedy.Fate.DISCARDED,
                grams,
                Optional.empty(),
                "",
                OptionalLong.empty());
    }

    private static Deed.By tap(String person) {
        return new Deed.By(person, Strength.TAP);
    }

    private static Deed.By pin(String person) {
        return new Deed.By(person, Strength.PIN);
    }

    private static Refused refused(Reason reason) {
        return new Refused(reason);
    }
}
