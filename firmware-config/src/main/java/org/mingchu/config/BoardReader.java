package org.mingchu.config;

import java.util.List;
import java.util.Optional;

/** Reads what hangs on the board beside sensors and lamps. */
final class BoardReader {
    /** Ten probes a bus, and no kitchen has more than forty. */
    private static final int ONE_WIRE_MAX = 4;

    private static final Form<Board.Clock> CLOCK =
            Form.oneOf(List.of(Board.Clock.values()), Board.Clock::word);

    private static final Form<String> SUPPLY =
            Form.words(
                    "",
                    "a name below /sys/class/power_supply, such as \"battery\": 1 to 64 of A-Z,"
                            + " a-z, 0-9, '_' and '-'",
                    text -> Optional.of(text).filter(name -> name.matches("[A-Za-z0-9_-]{1,64}")));

    /** Below 5 % a cell falls off a cliff; above 80 % a short cut would already end the watch. */
    private static final Form<Integer> STOP_AT = Form.whole(5, 80, " %");

    private BoardReader() {}

    static Board read(Table root, Census census) {
        return root.mayTable("board").map(table -> boardOf(table, census)).orElse(Board.BARE);
    }

    private static Board boardOf(Table table, Census census) {
        var clock = table.may("clock", CLOCK).orElse(Board.Clock.NONE);
        var oneWire = table.has("one_wire") ? oneWire(table, census) : Board.BARE.oneWire();
        var ups = ups(table);
        table.end();
        return new Board(oneWire, clock, ups);
    }

    private static Optional<Board.Ups> ups(Table table) {
        var supply = table.may("ups", SUPPLY);
        var stopAt = table.may("stop_at", STOP_AT);
        if (stopAt.isPresent() && supply.isEmpty()) {
            table.problems()
                    .error(
                            table.spot("stop_at"),
                            "ups = \"…\" beside it: the battery's name below"
                                    + " /sys/class/power_supply");
        }
        return supply.map(name -> new Board.Ups(name, stopAt.orElse(Board.Ups.STOP_AT_PERCENT)));
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
