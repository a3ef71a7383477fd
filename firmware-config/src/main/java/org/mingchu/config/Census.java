package org.mingchu.config;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the parts of one site file must agree on: the ids taken, the sources in use, the lines and
 * brokers there are, the rules that bind. One thread.
 */
final class Census {
    private static final String MOVABLE = ", unless [board] one_wire names another";

    private final Optional<RulePack> pack;
    private final Set<String> lines;
    private final Set<Service> services;
    private final Map<String, Spot> ids = new HashMap<>();
    private final Map<Source, Spot> sources = new LinkedHashMap<>();
    private final Problems problems;
    private Optional<Spot> oneWire = Optional.empty();

    /** What some sources need beside themselves. */
    enum Service {
        BROKER,
        COAP
    }

    Census(Optional<RulePack> pack, Set<String> lines, Set<Service> services, Problems problems) {
        this.pack = pack;
        this.lines = Set.copyOf(lines);
        this.services = Set.copyOf(services);
        this.problems = problems;
    }

    /** The rules of the site; empty where they could not be read. */
    Optional<RulePack> pack() {
        return pack;
    }

    /** Units, sensors and cameras share one id space: an alarm names its subject by id alone. */
    void claimId(String id, Spot spot) {
        if (id.equals(Plan.GATEWAY)) {
            problems.error(spot, "another id: \"" + id + "\" is the gateway itself");
        }
        if (id.equals(Video.ALL)) {
            problems.error(spot, "another id: \"" + id + "\" is all cameras together");
        }
        claim(ids, id, spot, "an id of its own among units, sensors and cameras");
    }

    /** A probe or a pin serves one purpose. */
    void claimSource(Source source, Spot spot) {
        claim(sources, source, spot, "a source that nothing else uses");
        switch (source) {
            case Source.W1 _, Source.Gpio _ -> {}
            case Source.Hwmon _, Source.Iio _, Source.I2c _, Source.Spi _ -> unserved(spot);
            case Source.Modbus(var line, _, _) -> {
                if (!lines.contains(line)) {
                    var hint = Guess.closest(line, lines);
                    problems.unresolved(spot, "a [[line]] with id = \"" + line + "\"", hint);
                }
                unserved(spot);
            }
            case Source.Coap _ -> require(Service.COAP, spot, "[coap] with listen in this file");
            case Source.Mqtt _ -> require(Service.BROKER, spot, "[broker] with url in this file");
        }
    }

    /** Where the pins of the 1-Wire buses are said. */
    void oneWireAt(Spot spot) {
        oneWire = Optional.of(spot);
    }

    /**
     * To be called when all sources are known: a bus that something hangs on takes its pins, and a
     * contact or lamp there would be driven against it.
     */
    void end(Board board, List<Line> lines) {
        var buses = buses(board, lines);
        if (sources.keySet().stream().anyMatch(Source.W1.class::isInstance)) {
            board.oneWire().forEach(bcm -> taken(bcm, "a 1-Wire bus of the w1: probes", MOVABLE));
            oneWire.ifPresent(spot -> apart(board, buses, spot));
        }
        buses.forEach(bus -> bus.pins().forEach(bcm -> taken(bcm, bus.words(), "")));
    }

    private void apart(Board board, Set<HeaderBus> buses, Spot spot) {
        for (var bus : buses) {
            bus.pins().stream()
                    .filter(board.oneWire()::contains)
                    .forEach(bcm ->
                            problems.error(
                                    spot, "another pin: GPIO " + bcm + " is " + bus.words()));
        }
    }

    private Set<HeaderBus> buses(Board board, List<Line> lines) {
        var buses = EnumSet.noneOf(HeaderBus.class);
        sources.keySet().forEach(source -> HeaderBus.of(source).ifPresent(buses::add));
        lines.forEach(line -> HeaderBus.of(line).ifPresent(buses::add));
        HeaderBus.of(board.clock()).ifPresent(buses::add);
        return buses;
    }

    private void taken(int bcm, String bus, String remedy) {
        Optional.ofNullable(sources.get(new Source.Gpio(bcm)))
                .ifPresent(spot ->
                        problems.error(spot, "another pin: GPIO " + bcm + " is " + bus + remedy));
    }

    /** An id that the program makes of another does not fit where ids are written. */
    void tooLong(Spot spot, String made) {
        problems.error(
                spot,
                "a shorter id: \""
                        + made
                        + "\", which is made of it, has more than "
                        + Identity.LENGTH_MAX
                        + " characters");
    }

    private void require(Service service, Spot spot, String expected) {
        if (!services.contains(service)) {
            problems.unresolved(spot, expected, Optional.empty());
        }
    }

    private void unserved(Spot spot) {
        problems.later(spot, "the sensor will be silent");
    }

    private <K> void claim(Map<K, Spot> taken, K what, Spot spot, String expected) {
        var first = taken.putIfAbsent(what, spot);
        if (first != null) {
            problems.error(
                    spot, expected + " (" + first.key() + " in line " + first.line() + " has it)");
        }
    }
}
