package org.mingchu.simulator;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The commands as somebody types them: {@code off freezer-1}. Stateless. */
public final class CommandWords {
    private CommandWords() {}

    /** What may be typed, one line each. */
    public static List<String> help() {
        return List.of(
                "off UNIT        the compressor (or heater) fails",
                "on UNIT         the compressor works again",
                "door UNIT       the door is left ajar",
                "shut UNIT       the door is closed",
                "plug UNIT       the probe works again",
                "unplug UNIT     the probe is pulled out",
                "crc UNIT        every frame fails its checksum",
                "power-on UNIT   the probe answers 85 degrees as after a power loss",
                "weak UNIT       the probe has too little power: 127.94 degrees",
                "stuck UNIT      the probe repeats its last value",
                "hang UNIT       reading the probe does not return",
                "zero UNIT       the line is shorted: all-zero frames",
                "empty UNIT      the driver gives an empty file",
                "mains lost      no unit has power",
                "mains back      the power is back");
    }

    /** The command in a line, or nothing when it is none. */
    public static Optional<Command> parse(String line) {
        var words = line.strip().toLowerCase(Locale.ROOT).split("\\s+", -1);
        if (words.length != 2) {
            return Optional.empty();
        }
        var target = words[1];
        return switch (words[0]) {
            case "off" -> Optional.of(new Command.CompressorOff(target));
            case "on" -> Optional.of(new Command.CompressorOn(target));
            case "door" -> Optional.of(new Command.DoorAjar(target));
            case "shut" -> Optional.of(new Command.DoorShut(target));
            case "plug" -> Optional.of(new Command.Probe(target, ProbeState.WORKING));
            case "mains" -> mains(target);
            default -> probe(words[0], target);
        };
    }

    private static Optional<Command> mains(String word) {
        return switch (word) {
            case "lost" -> Optional.of(new Command.MainsLost());
            case "back" -> Optional.of(new Command.MainsBack());
            default -> Optional.empty();
        };
    }

    private static Optional<Command> probe(String word, String fridge) {
        for (var state : ProbeState.values()) {
            if (state != ProbeState.WORKING && state.word().equals(word)) {
                return Optional.of(new Command.Probe(fridge, state));
            }
        }
        return Optional.empty();
    }
}
