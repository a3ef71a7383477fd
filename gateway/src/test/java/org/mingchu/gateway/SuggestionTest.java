package org.mingchu.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.mingchu.config.Priority;
import org.mingchu.gateway.judge.State;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;

/** What is suggested depends on what was seen, and is said in the site's language. */
final class SuggestionTest {
    private static final int LINE_MAX = 140;

    /** Minutes of -1: it never was. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    # measured, calls, chattered, consequences, stale, acknowledged, stood, waits
                    true  |  1 |  0 | 0 | 1 | -1 | 3000 | true  | STALE_UNSEEN
                    true  | 20 | 15 | 0 | 1 |  5 |   20 | false | STALE_FORGOTTEN
                    true  |  4 |  4 | 3 | 0 |  5 |   20 | false | CONSEQUENCE
                    true  |  4 |  2 | 2 | 0 |  5 |   20 | false | CHATTERING_VALUE
                    true  |  6 |  2 | 0 | 0 |  5 |  200 | false | CHATTERING_VALUE
                    false |  6 |  2 | 0 | 0 |  5 |  200 | false | CHATTERING_DEVICE
                    true  |  7 |  2 | 0 | 0 |  5 |   29 | false | SHORT_VALUE
                    false |  3 |  1 | 0 | 0 | -1 |   10 | true  | SHORT_DEVICE
                    true  |  2 |  1 | 0 | 0 | 31 |   10 | false | UNANSWERED
                    true  |  5 |  0 | 0 | 0 | -1 |   30 | true  | UNANSWERED
                    true  |  3 |  0 | 0 | 0 | 30 |   30 | false | REPEATED
                    true  |  2 |  1 | 0 | 0 | 30 |   10 | false | SELDOM
                    """)
    void what_was_seen_decides(
            boolean measured,
            int calls,
            int chattered,
            int consequences,
            int stale,
            int acknowledged,
            int stood,
            boolean waits,
            Suggestion suggestion) {
        var actor =
                new BadActor(
                        new State.Key("fridge-1-air", "chilled-high"),
                        Priority.P2,
                        measured,
                        calls,
                        0,
                        chattered,
                        consequences,
                        stale,
                        minutes(acknowledged),
                        minutes(stood),
                        Optional.empty(),
                        waits ? Optional.of(0L) : Optional.empty());

        assertThat(actor.suggestion()).isEqualTo(suggestion);
    }

    @ParameterizedTest
    @EnumSource(Suggestion.class)
    void each_has_a_line_of_its_own_in_both_languages(Suggestion suggestion) {
        var english = SuggestionWords.in(Optional.of("en"));
        var chinese = SuggestionWords.in(Optional.of("zh-CN"));

        assertThat(english.of(suggestion)).isNotBlank().hasSizeLessThan(LINE_MAX);
        assertThat(chinese.of(suggestion)).matches(".*\\p{IsHan}.*").hasSizeLessThan(LINE_MAX);
        assertThat(Arrays.stream(Suggestion.values()).map(chinese::of)).doesNotHaveDuplicates();
        assertThat(Arrays.stream(Suggestion.values()).map(english::of)).doesNotHaveDuplicates();
    }

    @Test
    void a_site_of_an_unknown_language_is_spoken_to_in_english() {
        var english = SuggestionWords.in(Optional.of("en")).nothingChanged();

        assertThat(SuggestionWords.in(Optional.empty()).nothingChanged()).isEqualTo(english);
        assertThat(SuggestionWords.in(Optional.of("de")).nothingChanged()).isEqualTo(english);
        assertThat(SuggestionWords.in(Optional.of("zh-CN")).nothingChanged()).startsWith("什么都没有改");
    }

    private static OptionalLong minutes(int n) {
        return n < 0 ? OptionalLong.empty() : OptionalLong.of(Duration.ofMinutes(n).toMillis());
    }
}
