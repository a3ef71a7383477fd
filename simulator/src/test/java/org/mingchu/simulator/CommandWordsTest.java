package org.mingchu.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CommandWordsTest {
    @Test
    void every_line_of_the_help_is_understood() {
        for (var line : CommandWords.help()) {
            var example = example(line.split(" {2,}", -1)[0]);
            assertThat(CommandWords.parse(example)).as(example).isPresent();
        }
    }

    private static String example(String pattern) {
        return pattern.replace("UNIT", "freezer-1")
                .replace("OTHER", "freezer-2")
                .replace("SHARE%", "40%")
                .replace("DEGREESC", "75.5C")
                .replace("DEGREESK", "-0.5K")
                .replace("LENGTH", "1h30m");
    }

    @Test
    void no_two_phrases_are_the_same() {
        assertThat(CommandWords.help().stream().map(line -> line.split(" {2,}", -1)[0]))
                .doesNotHaveDuplicates();
    }

    @Test
    void figures_arrive_as_they_are_meant() {
        assertThat(CommandWords.parse("freezer-1 compressor 40%"))
                .contains(new Command.CompressorWeak("freezer-1", 0.4));
        assertThat(CommandWords.parse("cold-1 load 60C 20%"))
                .contains(new Command.Load("cold-1", 60, 0.2));
        assertThat(CommandWords.parse("cold-1 probe drifts -0.5K"))
                .contains(new Command.ProbeDrift("cold-1", -0.5));
        assertThat(CommandWords.parse("cold-1 defrost by hand 1h30m"))
                .contains(new Command.DefrostByHand("cold-1", 90 * Calendar.MINUTE_MS));
        assertThat(CommandWords.parse("swap cold-1 cold-2"))
                .contains(new Command.Swapped("cold-1", "cold-2"));
        assertThat(CommandWords.parse("pan-1 cooling chiller"))
                .contains(new Command.Cooling("pan-1", CoolingPlace.CHILLER));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cold-1 compressor 140%",
                "cold-1 compressor -1%",
                "cold-1 compressor 40",
                "cold-1 load 400C 10%",
                "cold-1 load NaNC 10%",
                "cold-1 probe flaps 1s",
                "cold-1 probe flaps 2",
                "cold-1 probe flaps 999d",
                "cold-1 cycle 120C",
                "smoke",
                "smoke maybe"
            })
    void figures_out_of_their_bounds_are_no_command(String line) {
        assertThat(CommandWords.parse(line)).isEmpty();
    }

    @Test
    void words_become_commands() {
        assertThat(CommandWords.parse(" OFF  freezer-1 "))
                .contains(new Command.CompressorOff("freezer-1"));
        assertThat(CommandWords.parse("unplug cold-1"))
                .contains(new Command.Probe("cold-1", ProbeState.UNPLUGGED));
        assertThat(CommandWords.parse("mains lost")).contains(new Command.MainsLost());
    }

    @Test
    void anything_else_is_no_command() {
        for (var line : new String[] {"", "off", "working cold-1", "mains up", "off a b", "x y"}) {
            assertThat(CommandWords.parse(line)).as(line).isEmpty();
        }
    }
}
