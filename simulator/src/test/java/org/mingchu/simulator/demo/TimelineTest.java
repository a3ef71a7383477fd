package org.mingchu.simulator.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

final class TimelineTest {
    private static final Duration DELAY = Duration.ofSeconds(5);
    private static final Duration TOLERANCE = Duration.ofMillis(2_500);

    /** Seconds of a film that is whole: the buzzer is a little later than the platform. */
    private static final Map<Step, Double> WHOLE =
            new EnumMap<>(
                    Map.ofEntries(
                            Map.entry(Step.COMPRESSOR_OFF, 0.0),
                            Map.entry(Step.ABOVE_LIMIT, 21.0),
                            Map.entry(Step.RAISED, 26.4),
                            Map.entry(Step.BUZZER_ON, 26.6),
                            Map.entry(Step.PLATFORM_RECEIVED, 26.5),
                            Map.entry(Step.PLATFORM_ACKNOWLEDGED, 26.52),
                            Map.entry(Step.PERSON_ACKNOWLEDGED, 26.8),
                            Map.entry(Step.BUZZER_OFF, 26.9),
                            Map.entry(Step.COMPRESSOR_ON, 27.0),
                            Map.entry(Step.RETURNED, 33.0),
                            Map.entry(Step.CLEARED, 33.0)));

    @Test
    void a_whole_film_has_no_problems() {
        assertThat(timeline(WHOLE).problems(DELAY, TOLERANCE)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void each_missing_step_is_named(Step step) {
        var marks = new EnumMap<>(WHOLE);
        marks.remove(step);
        assertThat(timeline(marks).problems(DELAY, TOLERANCE))
                .containsExactly("missing: " + step.words());
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "COMPRESSOR_OFF")
    void each_step_before_its_cause_is_named(Step step) {
        var marks = new EnumMap<>(WHOLE);
        marks.put(step, -1.0);
        assertThat(timeline(marks).problems(DELAY, TOLERANCE))
                .anyMatch(problem -> problem.startsWith("out of order: " + step.words()));
    }

    @Test
    void an_alarm_before_its_delay_is_too_early() {
        var marks = new EnumMap<>(WHOLE);
        marks.put(Step.RAISED, 25.9);
        assertThat(timeline(marks).problems(DELAY, TOLERANCE))
                .containsExactly(
                        "raised 4.90 s after the limit was crossed; the rule's delay is 5.00 s");
    }

    @Test
    void an_alarm_long_after_its_delay_is_too_late() {
        var marks = new EnumMap<>(WHOLE);
        marks.put(Step.ABOVE_LIMIT, 18.8);
        assertThat(timeline(marks).problems(DELAY, TOLERANCE)).hasSize(1);
    }

    @Test
    void the_lines_are_sorted_by_what_happened_and_begin_at_zero() {
        var lines = timeline(WHOLE).lines();
        assertThat(lines).hasSize(Step.values().length);
        assertThat(lines.getFirst()).isEqualTo("   0.00 s  compressor off         detail");
        assertThat(lines.get(3)).contains("26.50 s  platform received");
    }

    private static Timeline timeline(Map<Step, Double> seconds) {
        var timeline = new Timeline();
        long originNs = 7_000_000_000L;
        seconds.forEach((step, s) -> timeline.mark(step, originNs + (long) (s * 1e9), "detail"));
        return timeline;
    }
}
