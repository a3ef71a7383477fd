package org.mingchu.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class CommandWordsTest {
    @Test
    void every_line_of_the_help_is_understood() {
        for (var line : CommandWords.help()) {
            var example = line.split(" {2,}", -1)[0].replace("UNIT", "freezer-1");
            assertThat(CommandWords.parse(example)).as(example).isPresent();
        }
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
