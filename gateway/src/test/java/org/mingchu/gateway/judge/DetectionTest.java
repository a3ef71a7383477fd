package org.mingchu.gateway.judge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mingchu.config.Condition;
import org.mingchu.config.Rule;
import org.mingchu.gateway.Proof;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** The figures of {@code gateway/bench detection} are what they say they are. */
class DetectionTest {
    private static final double NEVER = Double.POSITIVE_INFINITY;

    private static Subject subject(Appliance appliance, long phase) {
        var ears = Contender.all().stream().map(c -> new Ear(c, appliance, phase)).toList();
        return new Subject(appliance, new Cabinet(appliance.fridge(), 5), ears);
    }

    private static List<OptionalDouble> heard(Subject subject, long begun) {
        return subject.ears().stream()
                .map(ear -> ear.heardOf(begun, subject.minute()).lasting())
                .toList();
    }

    @Test
    void each_baseline_is_the_legal_limits_and_nothing_else() {
        for (var baseline : Contender.all().subList(1, 4)) {
            assertThat(baseline.pack().rules())
                    .as(baseline.name())
                    .hasSize(3)
                    .allMatch(rule ->
                            Ward.PACK.rules().stream()
                                    .anyMatch(ours ->
                                            ours.id().equals(rule.id())
                                                    && ours.when().equals(rule.when())
                                                    && ours.legal()));
        }
        assertThat(Contender.all())
                .extracting(c -> c.pack().rules().getFirst().delay().plain())
                .endsWith(Duration.ZERO, Duration.ofMinutes(30), Duration.ofMinutes(30));
    }

    @ParameterizedTest
    @EnumSource(Appliance.class)
    void the_limit_is_that_of_the_pack(Appliance appliance) {
        assertThat(Ward.PACK.rules())
                .filteredOn(rule -> rule.legal() && rule.scope().covers(appliance.kind()))
                .extracting(Rule::when)
                .filteredOn(Condition.Above.class::isInstance)
                .extracting(when -> ((Condition.Above) when).limitMilli())
                .containsOnly(appliance.limitMilli(Ward.PACK));
    }

    @Test
    void an_upload_is_waited_for_and_a_delay_is_a_delay() {
        for (var phase : List.of(0L, 7L)) {
            var subject = subject(Appliance.SAMPLES, phase);
            subject.minutes(100);
            subject.cabinet().leaveWideOpen();
            subject.minutes(240);

            var heard = heard(subject, 100);
            var atOnce = heard.get(1).orElseThrow();
            assertThat(atOnce).isBetween(0.0, 15.0);
            assertThat(heard.get(2)).hasValue(atOnce + 30);
            // a sample later by up to 10 min, and an upload later by up to 20
            assertThat(heard.get(3).orElseThrow() - atOnce).isBetween(30.0, 60.0);
            assertThat((100 + heard.get(3).orElseThrow() - phase) % 20).isZero();
        }
    }

    @Test
    void what_rings_for_a_defrost_has_not_heard_of_a_trouble() {
        var subject = subject(Appliance.FREEZER, 0);
        subject.minutes(1440);

        assertThat(subject.ears().get(1).sounds()).hasSizeGreaterThan(2);
        assertThat(heard(subject, 0)).allMatch(OptionalDouble::isEmpty);
    }

    @Test
    void a_copy_goes_on_as_the_unit_would_and_leaves_it_alone() {
        var subject = subject(Appliance.SAMPLES, 0);
        subject.minutes(30);
        var copy = subject.fork(1);
        copy.cabinet().works = false;
        copy.minutes(400);

        assertThat(copy.passed()).isPresent();
        assertThat(heard(copy, 30)).allMatch(OptionalDouble::isPresent);
        subject.minutes(400);
        assertThat(subject.passed()).isEmpty();
        assertThat(heard(subject, 30)).allMatch(OptionalDouble::isEmpty);
    }

    @Test
    void a_run_that_was_missed_counts_as_late_for_ever() {
        var runs =
                IntStream.rangeClosed(1, 20).mapToObj(DetectionTest::missedFromTwelveOn).toList();

        var row = Row.of(Appliance.FREEZER, Trouble.DOOR_AJAR, List.of(Set.of()), runs);

        assertThat(row.runs()).isEqualTo(20);
        assertThat(row.passed()).isEqualTo(15);
        assertThat(row.marks().getFirst()).isEqualTo(new Row.Mark(10, NEVER, -5, NEVER, 45, 0));
    }

    private static Trial.Outcome missedFromTwelveOn(int minute) {
        var heard = minute < 12 ? OptionalDouble.of(minute) : OptionalDouble.empty();
        return new Trial.Outcome(
                Appliance.FREEZER,
                Trouble.DOOR_AJAR,
                OptionalDouble.of(15),
                List.of(new Ear.Heard(heard, Map.of())));
    }

    @Test
    void a_rule_that_cries_wolf_is_heeded_only_when_it_lasts() {
        var heard = new Ear.Heard(OptionalDouble.of(90), Map.of("wolf", 3.0, "rare", 40.0));

        assertThat(heard.known(Set.of("rare"))).hasValue(40);
        assertThat(heard.known(Set.of())).hasValue(90);
        var quiet =
                new Trial.Quiet(
                        Appliance.FREEZER,
                        73,
                        List.of(List.of()),
                        List.of(Collections.nCopies(1, sound("freezer-high"))));
        var contenders = Contender.all().subList(1, 2);
        assertThat(Calm.of(Appliance.FREEZER, contenders, List.of(quiet)).heeded().getFirst())
                .contains("chilled-high")
                .doesNotContain("freezer-high");
    }

    private static Ear.Sound sound(String rule) {
        return new Ear.Sound(rule, AlarmId.of("e", "air", rule, 1), 20_000, 20_010);
    }

    @Test
    void each_row_has_a_run_of_each_seed() {
        Proof.notInShort();
        var done = new AtomicInteger();

        var found = Detection.measure(1, done::addAndGet);

        assertThat(done).hasValue(Detection.units(1));
        assertThat(found.rows()).hasSize(39).allMatch(row -> row.runs() == 1);
        assertThat(found.rows()).allMatch(row -> row.marks().size() == found.contenders().size());
        assertThat(found.calms()).hasSize(Appliance.values().length);
        assertThat(DetectionTable.of(found)).contains("compressor dies", "sample fridge");
        assertThat(DetectionJson.of(found)).contains("\"trouble\":\"slow-leak\"");
    }
}
