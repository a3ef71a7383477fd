package org.mingchu.gateway.desk;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mingchu.gateway.desk.Answer.Reason;
import org.mingchu.gateway.desk.Answer.Refused;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.Person;
import org.mingchu.gateway.judge.Role;
import org.mingchu.gateway.judge.Strength;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

class SelfTestingTest {
    private static final List<Fact.Step> STEPS =
            List.of(new Fact.Step("disk.space", "", Fact.Result.PASS, "ok"));
    private static final Person TECHNICIAN = person(Role.TECHNICIAN, Strength.PIN);

    private final List<Fact> kept = new ArrayList<>();

    @ParameterizedTest
    @EnumSource(names = {"TECHNICIAN", "SAFETY_OFFICER", "MANAGER"})
    void those_whose_business_it_is_test_and_it_is_kept_with_who_did_it(Role role) {
        var by = person(role, Strength.CARD);
        assertThat(testing().by(by)).isEqualTo(new Answer.Done());
        assertThat(kept).containsExactly(new Fact.SelfTested(STEPS, by));
    }

    @ParameterizedTest
    @EnumSource(names = {"VOLUNTEER", "STAFF", "INSPECTOR"})
    void others_do_not(Role role) {
        assertThat(testing().by(person(role, Strength.PIN)))
                .isEqualTo(new Refused(Reason.NOT_YOUR_ROLE));
        assertThat(kept).isEmpty();
    }

    @Test
    void a_tap_on_a_name_does_not_do() {
        assertThat(testing().by(person(Role.TECHNICIAN, Strength.TAP)))
                .isEqualTo(new Refused(Reason.NEEDS_PIN));
        assertThat(kept).isEmpty();
    }

    @Test
    void one_test_at_a_time_and_after_it_the_next() throws Exception {
        var begun = new CountDownLatch(1);
        var end = new CountDownLatch(1);
        var testing =
                new SelfTesting(
                        () -> {
                            begun.countDown();
                            await(end);
                            return STEPS;
                        },
                        this::keep);
        var first = CompletableFuture.supplyAsync(() -> testing.by(TECHNICIAN));
        await(begun);
        assertThat(testing.by(TECHNICIAN)).isEqualTo(new Refused(Reason.TEST_BUSY));
        end.countDown();
        assertThat(first.get(10, TimeUnit.SECONDS)).isEqualTo(new Answer.Done());
        assertThat(testing.by(TECHNICIAN)).isEqualTo(new Answer.Done());
        assertThat(kept).hasSize(2);
    }

    @Test
    void what_is_not_kept_is_not_done() {
        var testing =
                new SelfTesting(
                        () -> STEPS,
                        _ -> CompletableFuture.failedFuture(new IllegalStateException("full")));
        assertThat(testing.by(TECHNICIAN)).isEqualTo(new Refused(Reason.NOT_KEPT));
    }

    @Test
    void a_test_has_passed_when_nothing_failed() {
        assertThat(tested(Fact.Result.PASS, Fact.Result.SKIPPED).passed()).isTrue();
        assertThat(tested(Fact.Result.PASS, Fact.Result.FAIL).passed()).isFalse();
    }

    private static Fact.SelfTested tested(Fact.Result... results) {
        return new Fact.SelfTested(
                List.of(results).stream().map(r -> new Fact.Step("a", "", r, "ok")).toList(),
                TECHNICIAN);
    }

    private SelfTesting testing() {
        return new SelfTesting(() -> STEPS, this::keep);
    }

    private CompletableFuture<?> keep(Fact fact) {
        kept.add(fact);
        return CompletableFuture.completedFuture(null);
    }

    private static Person person(Role role, Strength strength) {
        return new Person("p-05", role, strength);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
