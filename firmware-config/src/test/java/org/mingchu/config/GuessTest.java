package org.mingchu.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;

class GuessTest {
    @Test
    void each_slip_of_the_finger_counts_one() {
        assertThat(Guess.distance("freezer", "freezer")).isZero();
        assertThat(Guess.distance("frezer", "freezer")).isEqualTo(1);
        assertThat(Guess.distance("freeezer", "freezer")).isEqualTo(1);
        assertThat(Guess.distance("fraezer", "freezer")).isEqualTo(1);
        assertThat(Guess.distance("frezeer", "freezer")).isEqualTo(1);
        assertThat(Guess.distance("", "limit")).isEqualTo(5);
    }

    @Test
    void upper_and_lower_case_are_the_same() {
        assertThat(Guess.distance("P1", "p1")).isZero();
    }

    @Test
    void the_nearest_candidate_is_meant() {
        assertThat(Guess.closest("hihg", List.of("limit", "high", "sigh"))).contains("high");
    }

    @Test
    void a_word_that_is_too_far_away_is_not_guessed() {
        assertThat(Guess.closest("pin", List.of("buzzer", "red", "amber"))).isEmpty();
        assertThat(Guess.closest("abcd", List.of("ab"))).isEmpty();
    }
}
