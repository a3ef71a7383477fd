package org.mingchu.config;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Reads what connects the gateway: lines, broker, lamps and buzzer, the page. */
final class EdgeReader {
    private static final Form<Integer> SPEED =
            new Form<>(
                    "a speed in baud: one of 1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200,"
                            + " without quotes",
                    9_600,
                    EdgeReader::speed);
    private static final List<Long> SPEEDS =
            List.of(1_200L, 2_400L, 4_800L, 9_600L, 19_200L, 38_400L, 57_600L, 115_200L);

    private static final Form<Console.Face> FACE =
            Form.oneOf(List.of(Console.Face.values()), Console.Face::word);

    private static final Form<String> DEVICE =
            Form.words(
                    "",
                    "a device such as \"/dev/ttyUSB0\"",
                    text ->
                            Optional.of(text)
                                    .filter(t -> t.matches("/dev/[A-Za-z0-9_./-]{1,100}")));

    private EdgeReader() {}

    static List<Line> lines(Table root) {
        var taken = new HashSet<String>();
        return root.tables("line", SiteReader.LIST_MAX).stream()
                .map(table -> line(table, taken))
                .toList();
    }

    static Optional<Broker> broker(Table root) {
        return root.mayTable("broker").map(EdgeReader::brokerOf);
    }

    static Annunciator annunciator(Table root, Census census) {
        return root.mayTable("annunciator")
                .map(table -> annunciatorOf(table, census))
                .orElse(Annunciator.NONE);
    }

    static Console console(Table root) {
        return root.mayTable("console").map(EdgeReader::consoleOf).orElse(Console.LOOPBACK);
    }

    private static Line line(Table table, Set<String> taken) {
        table.problems().later(table.header().table(), "the line is not opened");
        var id = table.need("id", Form.ID);
        if (!id.isEmpty() && !taken.add(id)) {
            table.problems().error(table.spot("id"), "an id of its own among the lines");
        }
        var device = table.need("device", DEVICE);
        var speed = table.may("speed", SPEED).orElse(SPEED.standIn());
        table.end();
        return new Line(id, device, speed);
    }

    private static Parsed<Integer> speed(Object raw) {
        if (raw instanceof Long baud && SPEEDS.contains(baud)) {
            return Parsed.right(baud.intValue());
        }
        var meant = SPEEDS.stream().map(Object::toString).filter(raw::equals).findFirst();
        return new Parsed.Wrong<>(SPEED.expected(), meant);
    }

    private static Broker brokerOf(Table table) {
        var broker =
                new Broker(table.need("url", Addresses.MQTT), table.may("credentials", Form.ID));
        table.end();
        return broker;
    }

    private static Annunciator annunciatorOf(Table table, Census census) {
        var annunciator =
                new Annunciator(
                        pin(table, "buzzer", census),
                        pin(table, "red", census),
                        pin(table, "amber", census),
                        pin(table, "green", census),
                        pin(table, "button", census));
        table.end();
        return annunciator;
    }

    private static OptionalInt pin(Table table, String key, Census census) {
        var pin = table.may(key, Sources.PIN);
        pin.ifPresent(bcm -> census.claimSource(new Source.Gpio(bcm), table.spot(key)));
        return pin.isPresent() ? OptionalInt.of(pin.get()) : OptionalInt.empty();
    }

    private static Console consoleOf(Table table) {
        var listen = table.may("listen", Addresses.HOST_PORT_FORM);
        var wall = table.may("wall", Addresses.HOST_PORT_FORM);
        if (wall.isPresent() && wall.equals(listen)) {
            table.problems().error(table.spot("wall"), "a port of its own, not that of listen");
        }
        var face = table.may("face", FACE).orElse(Console.Face.FULL);
        table.end();
        return new Console(listen.orElse(Console.LOOPBACK.listen()), wall, face);
    }
}
