package org.mingchu.gateway.desk;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mingchu.gateway.desk.LostPins.Outcome;
import org.mingchu.gateway.judge.AccessEvent;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.Role;
import org.mingchu.sensors.Clock;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Moment;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

class LostPinsTest {
    private static final String CODE = "40712-95836";

    private final AtomicLong upNs = new AtomicLong();
    private final Clock clock = () -> new Moment("boot", upNs.get(), 0, ClockState.SYNCED, 0);
    private final Map<String, String> pins = new HashMap<>();
    private final List<Fact> recorded = new ArrayList<>();
    private final AtomicInteger sounded = new AtomicInteger();
    private Optional<String> label = Optional.of(CODE);
    private boolean keeps = true;
    private boolean takes = true;

    private final LostPins lost =
            new LostPins(
                    clock,
                    new LostPins.Keys(() -> label, LostPinsTest::role, this::give),
                    pin -> pin.equals("123456"),
                    this::keep,
                    sounded::incrementAndGet);

    private CompletableFuture<Long> keep(Fact fact) {
        if (!takes) {
            return CompletableFuture.failedFuture(new IllegalStateException("no disk"));
        }
        recorded.add(fact);
        return CompletableFuture.completedFuture(1L);
    }

    private static Optional<Role> role(String person) {
        return switch (person) {
            case "p-01" -> Optional.of(Role.MANAGER);
            case "p-02" -> Optional.of(Role.SAFETY_OFFICER);
            default -> Optional.empty();
        };
    }

    private boolean give(String person, String pin) {
        if (keeps) {
            pins.put(person, pin);
        }
        return keeps;
    }

    @Test
    void whoever_has_not_held_the_button_gets_nowhere_with_the_right_code() {
        assertThat(lost.reset(CODE, "p-01", "493817")).isEqualTo(Outcome.CLOSED);
        assertThat(lost.left()).isZero();
        assertThat(pins).isEmpty();
    }

    @Test
    void button_and_label_give_the_manager_a_new_pin_heard_and_recorded() {
        lost.open();
        assertThat(sounded).hasValue(1);
        assertThat(lost.reset(CODE, "p-01", "493817")).isEqualTo(Outcome.DONE);
        assertThat(pins).containsExactly(Map.entry("p-01", "493817"));
        assertThat(sounded).hasValue(2);
        assertThat(recorded)
                .containsExactly(new Fact.Access(AccessEvent.PIN_RESET, Optional.of("p-01")));
        // Once.
        assertThat(lost.reset(CODE, "p-01", "271828")).isEqualTo(Outcome.CLOSED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"4071295836", " 40712 95836 "})
    void the_code_is_its_digits(String typed) {
        lost.open();
        assertThat(lost.reset(typed, "p-01", "493817")).isEqualTo(Outcome.DONE);
    }

    @Test
    void five_wrong_codes_end_it_and_are_recorded() {
        lost.open();
        for (var i = 0; i < LostPins.TRIES; i++) {
            assertThat(lost.reset("00000-0000" + i, "p-01", "493817"))
                    .isEqualTo(Outcome.WRONG_CODE);
        }
        assertThat(lost.reset(CODE, "p-01", "493817")).isEqualTo(Outcome.CLOSED);
        assertThat(recorded)
                .containsExactly(new Fact.Access(AccessEvent.LOCKED_OUT, Optional.empty()));
        assertThat(pins).isEmpty();
    }

    @Test
    void it_ends_by_itself() {
        lost.open();
        upNs.addAndGet(LostPins.OPEN_FOR.toNanos());
        assertThat(lost.left()).isZero();
        assertThat(lost.reset(CODE, "p-01", "493817")).isEqualTo(Outcome.CLOSED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"p-02", "p-99", ""})
    void nobody_but_a_manager_gets_one(String person) {
        lost.open();
        assertThat(lost.reset(CODE, person, "493817")).isEqualTo(Outcome.NOT_A_MANAGER);
        assertThat(pins).isEmpty();
    }

    @Test
    void what_anybody_guesses_is_refused_and_may_be_tried_again() {
        lost.open();
        assertThat(lost.reset(CODE, "p-01", "123456")).isEqualTo(Outcome.WEAK_PIN);
        keeps = false;
        assertThat(lost.reset(CODE, "p-01", "493817")).isEqualTo(Outcome.NOT_KEPT);
        keeps = true;
        assertThat(lost.reset(CODE, "p-01", "493817")).isEqualTo(Outcome.DONE);
    }

    /** What is not in the record has not been done, whatever else was. */
    @Test
    void one_that_is_not_recorded_is_not_said_to_be_done_and_may_be_tried_again() {
        lost.open();
        takes = false;
        assertThat(lost.reset(CODE, "p-01", "493817")).isEqualTo(Outcome.NOT_KEPT);
        takes = true;
        assertThat(lost.reset(CODE, "p-01", "493817")).isEqualTo(Outcome.DONE);
        assertThat(recorded).hasSize(1);
    }

    @Test
    void without_a_key_there_is_no_code_that_could_be_right() {
        label = Optional.empty();
        lost.open();
        assertThat(lost.reset("", "p-01", "493817")).isEqualTo(Outcome.CLOSED);
        assertThat(lost.left()).isLessThanOrEqualTo(Duration.ofMinutes(10));
    }
}
