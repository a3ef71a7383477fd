package org.mingchu.gateway.show;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mingchu.config.Priority;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The patterns, heard and seen at 100 Hz. */
class LampsTest {
    private static final int STEP_MS = 10;
    private static final int LISTEN_MS = 60_000;
    private static final long NS_PER_MS = 1_000_000;

    /** What an ear keeps: lengths of tones and of rests, in milliseconds. */
    private record Heard(List<Integer> tones, List<Integer> rests) {
        /** As somebody would tell it who never read the program. */
        Optional<Priority> meaning() {
            if (tones.isEmpty()) {
                return Optional.empty();
            }
            if (rests.stream().allMatch(rest -> rest <= 500)) {
                return Optional.of(Priority.P1);
            }
            var longTones = tones.stream().allMatch(tone -> tone >= 600);
            return Optional.of(longTones ? Priority.P2 : Priority.P3);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_priority_is_known_by_its_sound_alone(Priority priority) {
        assertThat(listen(sounding(priority), 0).meaning()).contains(priority);
    }

    @ParameterizedTest
    @EnumSource
    void who_comes_in_the_middle_hears_the_same(Priority priority) {
        assertThat(listen(sounding(priority), 47_310).meaning()).contains(priority);
    }

    @Test
    void p1_is_three_short_tones_each_second() {
        var heard = listen(sounding(Priority.P1), 0);
        assertThat(heard.tones()).hasSize(180).allMatch(tone -> tone == 100);
        assertThat(heard.rests().subList(0, 3)).containsExactly(100, 100, 500);
    }

    @Test
    void p2_is_one_tone_in_ten_seconds() {
        var heard = listen(sounding(Priority.P2), 0);
        assertThat(heard.tones()).hasSize(6).allMatch(tone -> tone == 800);
    }

    @Test
    void p3_is_a_pair_of_tones_in_thirty_seconds() {
        var heard = listen(sounding(Priority.P3), 0);
        assertThat(heard.tones()).hasSize(4).allMatch(tone -> tone == 200);
    }

    @ParameterizedTest
    @EnumSource
    void the_first_tone_comes_at_once(Priority priority) {
        assertThat(Lamps.at(sounding(priority), 0).buzzer()).isTrue();
    }

    @Test
    void quiet_is_quiet_and_dark() {
        assertThat(listen(Signal.QUIET, 0).meaning()).isEmpty();
        assertThat(Lamps.at(Signal.QUIET, 0)).isEqualTo(Lamps.OFF);
    }

    @Test
    void red_blinks_while_it_sounds_and_stands_still_when_silenced() {
        var silenced = new Signal(Optional.empty(), true, false);
        var changes = 0;
        for (var ms = STEP_MS; ms < LISTEN_MS; ms += STEP_MS) {
            assertThat(Lamps.at(silenced, ms * NS_PER_MS).red()).isTrue();
            var before = Lamps.at(sounding(Priority.P1), (ms - STEP_MS) * NS_PER_MS).red();
            changes += before == Lamps.at(sounding(Priority.P1), ms * NS_PER_MS).red() ? 0 : 1;
        }
        // One flash is two changes; not more than three flashes a second (WCAG 2.3.1).
        assertThat(changes).isEqualTo(119);
    }

    @Test
    void amber_stands_still() {
        var amber = new Signal(Optional.of(Priority.P2), false, true);
        for (var ms = 0; ms < LISTEN_MS; ms += STEP_MS) {
            assertThat(Lamps.at(amber, ms * NS_PER_MS).amber()).isTrue();
            assertThat(Lamps.at(amber, ms * NS_PER_MS).red()).isFalse();
        }
    }

    private static Signal sounding(Priority priority) {
        return new Signal(Optional.of(priority), true, false);
    }

    /** Whole tones and rests only: what began before or ends after does not count. */
    private static Heard listen(Signal signal, int fromMs) {
        var tones = new ArrayList<Integer>();
        var rests = new ArrayList<Integer>();
        var level = Lamps.at(signal, fromMs * NS_PER_MS).buzzer();
        var sinceMs = 0;
        for (var ms = STEP_MS; ms <= LISTEN_MS; ms += STEP_MS) {
            var now = Lamps.at(signal, (fromMs + ms) * NS_PER_MS).buzzer();
            if (now != level) {
                var whole = sinceMs > 0 || fromMs == 0;
                if (whole) {
                    (level ? tones : rests).add(ms - sinceMs);
                }
                level = now;
                sinceMs = ms;
            }
        }
        return new Heard(tones, rests);
    }
}
