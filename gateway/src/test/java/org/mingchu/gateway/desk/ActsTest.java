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
import org.mingchu.gateway.judge.AlarmState;
import org.mingchu.gateway.judge.Doing;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.Food;
import org.mingchu.gateway.judge.Person;
import org.mingchu.gateway.judge.Role;
import org.mingchu.gateway.judge.Strength;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What people may say they do, before the judge who judges it. */
class ActsTest {
    private static final Deed.Since NOW = new Deed.Since.Now();
    private static final long HOUR = Duration.ofHours(1).toMillis();
    private static final long MINUTE = Duration.ofMinutes(1).toMillis();

    @TempDir private Path folder;
    private Floor floor;
    private Acts acts;

    @BeforeEach
    void open() {
        floor = new Floor(folder);
        acts = floor.acts();
    }

    @Test
    void cleaning_is_kept_with_all_that_was_said() {
        var said = "周清";
        assertThat(
                        on(
                                new Deed.Does(
                                        "cold-1",
                                        Doing.CLEANING,
                                        4 * HOUR,
                                        0,
                                        said,
                                        Optional.of("cold-2")),
                                "p-03"))
                .isEqualTo(new Done());
        assertThat(floor.kept())
                .containsExactly(
                        new Fact.Done(
                                "cold-1",
                                Doing.CLEANING,
                                4 * HOUR,
                                0,
                                said,
                                Optional.of("cold-2"),
                                new Person("p-03", Role.STAFF, Strength.TAP)));
        assertThat(floor.state().acts()).containsKey("cold-1");
    }

    @ParameterizedTest
    @CsvSource({
        "p-01, cleaning shelving",
        "p-02, cleaning shelving",
        "p-05, cleaning shelving",
        "p-03, cleaning",
        "p-04, ''",
        "p-09, ''",
        "p-99, ''"
    })
    void what_takes_something_out_of_sight_for_longer_takes_more_than_staff(
            String person, String may) {
        floor.smoke(true);
        var alarm = floor.alarm();
        var daily =
                List.of(
                        does(Doing.CLEANING, HOUR, 0),
                        does(Doing.LOADING, MINUTE, 0),
                        does(Doing.IN_USE, 0, 0));
        var out = floor.now().wallMs() + HOUR;
        var rare =
                List.of(
                        new Deed.Shelves(alarm, MINUTE, false, "烤箱"),
                        new Deed.Unshelves(alarm),
                        new Deed.Does("cold-2", Doing.STOPPED, 0, out, "假期", Optional.empty()),
                        new Deed.TakesOut("cold-1-air", out, "坏了"),
                        new Deed.PutsBack("cold-1-air", "修好了"));
        assertThat(daily).allMatch(deed -> isDone(deed, person) == may.contains("cleaning"));
        assertThat(rare).allMatch(deed -> isDone(deed, person) == may.contains("shelving"));
        // Nothing is latched: whoever may reset is refused for that.
        var refused = refusal(new Deed.Resets(alarm, "看过了"), person);
        assertThat(Set.of(Reason.NO_SUCH_ALARM, Reason.NOT_YET).contains(refused))
                .isEqualTo(may.contains("shelving"));
    }

    @Test
    void whoever_may_not_is_told_which_kind_of_may_not_it_is() {
        assertThat(refusal(does(Doing.CLEANING, HOUR, 0), "p-99")).isEqualTo(Reason.NO_SUCH_PERSON);
        assertThat(refusal(does(Doing.CLEANING, HOUR, 0), "p-09")).isEqualTo(Reason.READS_ONLY);
        assertThat(refusal(does(Doing.CLEANING, HOUR, 0), "p-04")).isEqualTo(Reason.NOT_YOUR_ROLE);
        assertThat(refusal(does(Doing.STOPPED, 0, HOUR), "p-03")).isEqualTo(Reason.NOT_YOUR_ROLE);
        assertThat(floor.kept()).isEmpty();
    }

    @Test
    void nothing_is_shortened_in_silence() {
        assertThat(refusal(does(Doing.CLEANING, 4 * HOUR + 1, 0), "p-01"))
                .isEqualTo(Reason.TOO_LONG);
        assertThat(refusal(does(Doing.LOADING, 45 * MINUTE + 1, 0), "p-01"))
                .isEqualTo(Reason.TOO_LONG);
        assertThat(refusal(does(Doing.LOADING, 0, 0), "p-01")).isEqualTo(Reason.TOO_LONG);
        var now = floor.now().wallMs();
        assertThat(refusal(does(Doing.STOPPED, 0, now), "p-01"))
                .isEqualTo(Reason.NOT_IN_THE_FUTURE);
        assertThat(floor.kept()).isEmpty();
    }

    @Test
    void a_date_that_was_typed_wrong_hides_nothing_for_years() {
        var most = floor.now().wallMs() + Acts.UNTIL_LONGEST.toMillis();
        assertThat(refusal(does(Doing.STOPPED, 0, most + 1), "p-01")).isEqualTo(Reason.TOO_LONG);
        assertThat(refusal(does(Doing.STOPPED, 0, Long.MAX_VALUE), "p-01"))
                .isEqualTo(Reason.TOO_LONG);
        assertThat(refusal(new Deed.TakesOut("cold-1-air", most + 1, "坏了"), "p-01"))
                .isEqualTo(Reason.TOO_LONG);
        assertThat(on(does(Doing.STOPPED, 0, most), "p-01")).isEqualTo(new Done());
    }

    @Test
    void while_nobody_knows_the_day_a_stop_may_end_on_a_real_one() {
        var real = floor.now().wallMs() + HOUR;
        floor.clockUnknown();
        assertThat(on(does(Doing.STOPPED, 0, real), "p-01")).isEqualTo(new Done());
        assertThat(refusal(does(Doing.STOPPED, 0, Long.MAX_VALUE), "p-01"))
                .isEqualTo(Reason.TOO_LONG);
    }

    @Test
    void a_fridge_with_samples_is_emptied_into_another_unit_first() {
        assertThat(refusal(cleans("samples-1", Optional.empty()), "p-03"))
                .isEqualTo(Reason.SAMPLES_INSIDE);
        assertThat(refusal(cleans("samples-1", Optional.of("samples-1")), "p-03"))
                .isEqualTo(Reason.MOVED_NOWHERE);
        assertThat(refusal(cleans("cold-1", Optional.of("the yard")), "p-03"))
                .isEqualTo(Reason.MOVED_NOWHERE);
        assertThat(refusal(cleans("cold-9", Optional.empty()), "p-03"))
                .isEqualTo(Reason.NO_SUCH_UNIT);
        assertThat(on(cleans("samples-1", Optional.of("cold-2")), "p-03")).isEqualTo(new Done());
    }

    @Test
    void only_what_was_begun_can_end_and_only_once() {
        var end = does(Doing.IN_USE, 0, 0);
        assertThat(refusal(end, "p-03")).isEqualTo(Reason.NOTHING_TO_END);
        on(does(Doing.CLEANING, HOUR, 0), "p-03");
        assertThat(on(end, "p-03")).isEqualTo(new Done());
        assertThat(refusal(end, "p-03")).isEqualTo(Reason.NOTHING_TO_END);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t"})
    void why_has_to_be_said(String reason) {
        assertThat(refusal(because(reason), "p-03")).isEqualTo(Reason.REASON_MISSING);
    }

    @Test
    void a_reason_has_two_hundred_characters_at_most_in_one_line() {
        assertThat(refusal(because("好".repeat(201)), "p-03")).isEqualTo(Reason.NOTE_TOO_LONG);
        assertThat(refusal(because("a\nevent=forged"), "p-03")).isEqualTo(Reason.NOT_READABLE);
        assertThat(refusal(because("half \ud83d"), "p-03")).isEqualTo(Reason.NOT_READABLE);
        assertThat(refusal(because("\u0000"), "p-03")).isEqualTo(Reason.NOT_READABLE);
        assertThat(on(because("好".repeat(198) + "\ud83d\udc4d"), "p-03")).isEqualTo(new Done());
    }

    @Test
    void smoke_is_shelved_for_ten_minutes_and_not_for_longer() {
        var alarm = floor.smoke(true).alarm();
        assertThat(refusal(shelves(alarm, 10 * MINUTE + 1), "p-02")).isEqualTo(Reason.TOO_LONG);
        assertThat(on(shelves(alarm, 10 * MINUTE), "p-02")).isEqualTo(new Done());
        assertThat(life()).isEqualTo(AlarmState.SHELVED);
        assertThat(refusal(shelves(alarm, MINUTE), "p-02")).isEqualTo(Reason.NO_SUCH_ALARM);
        assertThat(on(new Deed.Unshelves(alarm), "p-02")).isEqualTo(new Done());
        assertThat(floor.state().openAlarms())
                .allMatch(event -> event.state() != AlarmState.SHELVED);
    }

    @Test
    void what_is_not_open_or_not_aside_is_neither_shelved_nor_taken_up() {
        assertThat(refusal(shelves("no-id", MINUTE), "p-02")).isEqualTo(Reason.NO_SUCH_ALARM);
        assertThat(refusal(new Deed.Unshelves("no-id"), "p-02")).isEqualTo(Reason.NO_SUCH_ALARM);
        assertThat(refusal(new Deed.Resets("no-id", "x"), "p-02")).isEqualTo(Reason.NO_SUCH_ALARM);
        var alarm = floor.smoke(true).alarm();
        assertThat(refusal(new Deed.Unshelves(alarm), "p-02")).isEqualTo(Reason.NOT_SHELVED);
        assertThat(floor.kept()).isEmpty();
    }

    @Test
    void a_latched_alarm_is_let_go_when_it_is_over_and_somebody_has_taken_it() {
        var alarm = floor.smoke(true).alarm();
        var reset = new Deed.Resets(alarm, "烤箱, 已关");
        assertThat(refusal(reset, "p-02")).isEqualTo(Reason.NOT_YET);
        floor.smoke(false);
        assertThat(life()).isEqualTo(AlarmState.LATCHED_UNACK);
        assertThat(refusal(reset, "p-02")).isEqualTo(Reason.NOT_YET);
        floor.desk().acknowledge(alarm, "p-03", Strength.TAP, Optional.empty());
        assertThat(on(reset, "p-02")).isEqualTo(new Done());
        assertThat(floor.state().openAlarms()).isEmpty();
    }

    @Test
    void a_sensor_goes_out_of_service_once_and_comes_back_once() {
        var due = floor.now().wallMs() + HOUR;
        var out = new Deed.TakesOut("cold-1-air", due, "送检");
        var back = new Deed.PutsBack("cold-1-air", "");
        assertThat(refusal(back, "p-05")).isEqualTo(Reason.NOT_OUT);
        assertThat(refusal(new Deed.TakesOut("cold-9-air", due, "x"), "p-05"))
                .isEqualTo(Reason.NO_SUCH_SENSOR);
        assertThat(refusal(new Deed.PutsBack("cold-9-air", ""), "p-05"))
                .isEqualTo(Reason.NO_SUCH_SENSOR);
        assertThat(refusal(new Deed.TakesOut("cold-1-air", floor.now().wallMs(), "x"), "p-05"))
                .isEqualTo(Reason.NOT_IN_THE_FUTURE);
        assertThat(on(out, "p-05")).isEqualTo(new Done());
        assertThat(floor.state().services()).containsKey("cold-1-air");
        assertThat(refusal(out, "p-05")).isEqualTo(Reason.ALREADY_OUT);
        assertThat(on(back, "p-05")).isEqualTo(new Done());
        assertThat(floor.state().services()).isEmpty();
    }

    @Test
    void a_camera_relearns_when_pictures_of_it_are_looked_at_and_it_is_said_why() {
        assertThat(refusal(new Deed.Relearns("cam-9", "转向灶台"), "p-05"))
                .isEqualTo(Reason.NO_SUCH_CAMERA);
        assertThat(refusal(new Deed.Relearns("cam-1-picture", "转向灶台"), "p-05"))
                .isEqualTo(Reason.NO_SUCH_CAMERA);
        assertThat(refusal(new Deed.Relearns("cam-1", " "), "p-05"))
                .isEqualTo(Reason.REASON_MISSING);
        assertThat(refusal(new Deed.Relearns("cam-1", "转向灶台"), "p-03"))
                .isEqualTo(Reason.NOT_YOUR_ROLE);
        assertThat(floor.kept()).isEmpty();
        assertThat(on(new Deed.Relearns("cam-1", "转向灶台"), "p-05")).isEqualTo(new Done());
        assertThat(floor.kept())
                .containsExactly(
                        new Fact.Relearned(
                                "cam-1",
                                "转向灶台",
                                new Person("p-05", Role.TECHNICIAN, Strength.TAP)));
    }

    @Test
    void so_many_batches_are_followed_at_once_and_staff_may_say_so() {
        for (var i = 0; i < Food.BATCHES_MAX; i++) {
            assertThat(on(new Deed.BeginsBatch("soup-" + i, "cold-1-air", NOW), "p-03"))
                    .isEqualTo(new Done());
        }
        assertThat(floor.state().food().batches()).hasSize(Food.BATCHES_MAX);
        assertThat(refusal(new Deed.BeginsBatch("one-more", "cold-1-air", NOW), "p-03"))
                .isEqualTo(Reason.TOO_MANY_BATCHES);
        assertThat(on(new Deed.EndsBatch("soup-0"), "p-03")).isEqualTo(new Done());
        assertThat(on(new Deed.BeginsBatch("one-more", "cold-1-air", NOW), "p-03"))
                .isEqualTo(new Done());
    }

    @Test
    void who_is_late_with_a_repair_may_say_a_new_day() {
        var due = floor.now().wallMs() + HOUR;
        on(new Deed.TakesOut("cold-1-air", due, "送检"), "p-05");
        floor.passes(Duration.ofMillis(HOUR));
        var later = new Deed.TakesOut("cold-1-air", due + HOUR, "还没修好");
        assertThat(on(later, "p-05")).isEqualTo(new Done());
        assertThat(floor.state().services())
                .hasEntrySatisfying(
                        "cold-1-air", service -> assertThat(service.dueMs()).isEqualTo(due + HOUR));
    }

    @Test
    void food_is_checked_where_an_outage_has_put_it_in_doubt() {
        var fit = new Deed.Checks("cold-1", true, "");
        assertThat(refusal(fit, "p-03")).isEqualTo(Reason.NOT_IN_DOUBT);
        assertThat(refusal(new Deed.Checks("cold-9", true, ""), "p-03"))
                .isEqualTo(Reason.NO_SUCH_UNIT);
        floor.powerFails();
        assertThat(refusal(new Deed.Checks("cold-1", false, ""), "p-03"))
                .isEqualTo(Reason.REASON_MISSING);
        assertThat(refusal(fit, "p-04")).isEqualTo(Reason.NOT_YOUR_ROLE);
        assertThat(on(fit, "p-03")).isEqualTo(new Done());
        assertThat(floor.kept())
                .containsExactly(
                        new Fact.Checked(
                                "cold-1", true, "", new Person("p-03", Role.STAFF, Strength.TAP)));
    }

    @Test
    void nothing_is_answered_before_it_is_kept() throws Exception {
        var commit = new CompletableFuture<Long>();
        var asked = new CountDownLatch(1);
        var slow =
                floor.acts(_ -> {
                    asked.countDown();
                    return commit;
                });
        var by = new Deed.By("p-03", Strength.TAP);
        var answer =
                CompletableFuture.supplyAsync(() -> slow.on(does(Doing.CLEANING, HOUR, 0), by));
        assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(answer).isNotDone();
        commit.complete(1L);
        assertThat(answer.get(10, TimeUnit.SECONDS)).isEqualTo(new Done());
    }

    @Test
    void a_commit_that_fails_is_said_to_be_not_kept() {
        var full =
                floor.acts(_ ->
                        CompletableFuture.failedFuture(new IllegalStateException("disk full")));
        assertThat(full.on(does(Doing.CLEANING, HOUR, 0), new Deed.By("p-03", Strength.TAP)))
                .isEqualTo(new Refused(Reason.NOT_KEPT));
    }

    private AlarmState life() {
        return floor.state().openAlarms().getFirst().state();
    }

    private static Deed shelves(String alarm, long forMs) {
        return new Deed.Shelves(alarm, forMs, false, "烤箱");
    }

    private static Deed because(String reason) {
        return new Deed.Does("cold-1", Doing.CLEANING, HOUR, 0, reason, Optional.empty());
    }

    private static Deed cleans(String unit, Optional<String> movedTo) {
        return new Deed.Does(unit, Doing.CLEANING, HOUR, 0, "周清", movedTo);
    }

    private static Deed does(Doing doing, long forMs, long untilMs) {
        return new Deed.Does("cold-1", doing, forMs, untilMs, "周清", Optional.empty());
    }

    private boolean isDone(Deed deed, String person) {
        return on(deed, person).equals(new Done());
    }

    private Reason refusal(Deed deed, String person) {
        return switch (on(deed, person)) {
            case Refused(var reason) -> reason;
            case Done _ -> throw new AssertionError("done: " + deed);
        };
    }

    private Answer on(Deed deed, String person) {
        return acts.on(deed, new Deed.By(person, Strength.TAP));
    }
}
