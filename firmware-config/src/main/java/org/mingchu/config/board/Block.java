package org.mingchu.config.board;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The lines of config.txt that a site needs, between two marks. ASCII, as the firmware reads. */
final class Block {
    static final String BEGIN =
            "# >>> mingchu board: written by `mingchu board apply`; own lines go outside";
    static final String END = "# <<< mingchu board";

    private Block() {}

    static List<String> of(BoardPlan plan) {
        var lines = new ArrayList<String>();
        lines.add(BEGIN);
        // A filter such as [pi4], or an overlay, may still be open above.
        lines.add("[all]");
        lines.add("dtoverlay=");
        lines.add("# for site " + plan.site());
        for (var need : plan.needs()) {
            if (!(need instanceof Need.Output)) {
                lines.addAll(need.settings());
            }
        }
        var outputs = outputs(plan);
        if (!outputs.isEmpty()) {
            lines.add("# lamps and buzzer stay off until the gateway has them");
            lines.add("gpio=" + outputs + "=op,dl");
        }
        lines.add("dtoverlay=");
        lines.add(END);
        return lines;
    }

    /** In one line: the firmware takes a list. */
    private static String outputs(BoardPlan plan) {
        return plan.needs().stream()
                .filter(Need.Output.class::isInstance)
                .flatMap(need -> need.pins().stream())
                .sorted()
                .map(String::valueOf)
                .collect(Collectors.joining(","));
    }
}
