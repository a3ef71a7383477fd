package org.mingchu.gateway.judge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.mingchu.gateway.judge.Effort.Day;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** How hard a unit works for its cold, quarter by quarter of a day. */
class EffortTest {
    private static final long MINUTE_NS = 60_000_000_000L;

    private Effort effort = Effort.NOTHING;

    /** Six hours, minute by minute, in which its machine runs for so many minutes of ten. */
    private EffortTest quarter(int ofTen, long milli) {
        return minutes(360, ofTen, milli, true);
    }

    private EffortTest minutes(int minutes, int ofTen, long milli, boolean calm) {
        for (var minute = 0; minute < minutes; minute++) {
            effort = effort.after(MINUTE_NS, milli, calm, minute % 10 < ofTen);
        }
        return this;
    }

    private static Effort of(List<Day> days) {
        return new Effort(0, 0, 0, 0, 0, Optional.empty(), days);
    }

    @Test
    void of_each_day_the_quarter_counts_in_which_it_had_the_least_to_do() {
        quarter(6, -18_000).quarter(3, -19_000).quarter(4, -20_000);
        assertThat(effort.days()).isEmpty();

        quarter(5, -17_000);
        assertThat(effort.days()).containsExactly(new Day(300, -19_000));
        quarter(5, -17_000).quarter(5, -17_001).quarter(7, -17_000).quarter(5, -17_002);
        assertThat(effort.days()).last().isEqualTo(new Day(500, -17_000));
    }

    @Test
    void a_quarter_lasts_six_hours() {
        quarter(3, -19_000).quarter(3, -19_000).quarter(3, -19_000).minutes(359, 3, -19_000, true);
        assertThat(effort.days()).isEmpty();
        assertThat(effort.spanNs()).isEqualTo(359 * MINUTE_NS);

        minutes(1, 3, -19_000, true);
        assertThat(effort.days()).hasSize(1);
        assertThat(effort.spanNs()).isZero();
    }

    @Test
    void defrosts_and_doors_count_neither_as_work_nor_as_warmth() {
        for (var quarter = 0; quarter < 4; quarter++) {
            minutes(180, 4, -19_000, true).minutes(180, 10, -5_000, false);
        }
        assertThat(effort.days()).containsExactly(new Day(400, -19_000));
    }

    @Test
    void a_quarter_that_was_calm_for_less_than_half_of_it_says_nothing() {
        for (var quarter = 0; quarter < 4; quarter++) {
            minutes(179, 4, -19_000, true).minutes(181, 10, -5_000, false);
        }
        assertThat(effort.days()).isEmpty();
        assertThat(effort.quarters()).isZero();
    }

    @Test
    void four_weeks_are_remembered() {
        for (var day = 1; day <= 30; day++) {
            quarter(4, -day).quarter(5, -day).quarter(5, -day).quarter(5, -day);
        }
        assertThat(effort.days()).hasSize(28);
        assertThat(effort.days().getFirst()).isEqualTo(new Day(400, -3));
        assertThat(effort.days().getLast()).isEqualTo(new Day(400, -30));
    }

    @Test
    void nine_days_are_needed_to_tell_a_change() {
        assertThat(of(Collections.nCopies(8, new Day(400, -19_000))).change()).isEmpty();
        assertThat(of(Collections.nCopies(9, new Day(400, -19_000))).change()).isPresent();
    }

    @Test
    void before_is_the_middle_of_the_first_half_and_now_the_less_of_the_last_two_days() {
        var days = new ArrayList<Day>();
        for (var day = 0; day < 10; day++) {
            days.add(new Day(400 + day, -19_000 + day));
        }
        days.addAll(Collections.nCopies(8, new Day(800, -15_000)));
        days.add(new Day(700, -14_000));
        days.add(new Day(650, -13_000));

        var change = of(days).change().orElseThrow();
        assertThat(change.before()).isEqualTo(new Day(405, -18_995));
        assertThat(change.now()).isEqualTo(new Day(650, -14_000));
    }

    @Test
    void the_first_week_is_before_however_few_days_there_are() {
        var days = new ArrayList<>(Collections.nCopies(4, new Day(600, -19_000)));
        days.addAll(Collections.nCopies(5, new Day(400, -18_000)));

        assertThat(of(days).change().orElseThrow().before()).isEqualTo(new Day(600, -19_000));
    }

    private static boolean warmer(long... lastWeek) {
        var days = new ArrayList<Day>(List.of(new Day(400, -19_000)));
        for (var milli : lastWeek) {
            days.add(new Day(400, milli));
        }
        return of(days).change().orElseThrow().warmer(500);
    }

    @Test
    void it_has_grown_warmer_when_no_day_brought_more_than_half_of_it() {
        assertThat(warmer(-19_000, -19_000, -19_000, -19_000, -19_000, -18_500, -18_500, -18_000))
                .isTrue();
        assertThat(warmer(-19_000, -19_000, -19_000, -19_000, -19_000, -18_499, -18_499, -18_000))
                .as("a thousandth more in one day")
                .isFalse();
        assertThat(warmer(-18_000, -19_000, -19_000, -19_000, -19_000, -18_500, -18_500, -18_000))
                .as("where it was eight days ago counts")
                .isFalse();
    }
}
