package org.mingchu.config;

import java.util.List;

/** Reads what hangs on the board beside sensors and lamps. */
final class BoardReader {
    /** Ten probes a bus, and no kitchen has more than forty. */
    private static final int ONE_WIRE_MAX = 4;

    private static final Form<Board.Clock> CLOCK =
            Form.oneOf(List.of(Board.Clock.values()), Board.Clock::word);

    private BoardReader() {}

    static Board read(Table root, Census census) {
        return root.mayTable("board").map(table -> boardOf(table, census)).orElse(Board.BARE);
    }

    private static Board boardOf(Table table, Census census) {
        var clock = table.may("clock", CLOCK).orElse(Board.Clock.NONE);
        var oneWire = table.has("one_wire") ? oneWire(table, census) : Board.BARE.oneWire();
        table.end();
        return new Board(oneWire, clock);
    }

    private static List<Integer> oneWire(Table table, Census census) {
        var pins = table.list("one_wire", Sources.PIN);
        census.oneWireAt(table.spot("one_wire"));
        var few = !pins.isEmpty() && pins.size() <= ONE_WIRE_MAX;
        if (!few || pins.stream().distinct().count() != pins.size()) {
            table.problems()
                    .error(
                            table.spot("one_wire"),
                            "1 to " + ONE_WIRE_MAX + " pins, each once: [\"gpio:4\", …]");
        }
        return pins;
    }
}
