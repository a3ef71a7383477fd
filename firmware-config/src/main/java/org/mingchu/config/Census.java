package org.mingchu.config;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the parts of one site file must agree on: the ids taken, the sources in use, the lines and
 * brokers there are, the rules that bind. One thread.
 */
final class Census {
    /** Where the kernel's 1-Wire bus is unless an overlay moves it. */
    private static final Source W1_PIN = new Source.Gpio(4);

    private final Optional<RulePack> pack;
    private final Set<String> lines;
    private final Set<Service> services;
    private final Map<String, Spot> ids = new HashMap<>();
    private final Map<Source, Spot> sources = new LinkedHashMap<>();
    private final Problems problems;

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

    /** To be called when all sources are known. */
    void end() {
        var onPin = sources.get(W1_PIN);
        if (onPin != null && sources.keySet().stream().anyMatch(Source.W1.class::isInstance)) {
            problems.warning(
                    onPin,
                    "another pin: GPIO 4 is the 1-Wire bus of the w1: probes, unless an overlay"
                            + " in config.txt moves it");
        }
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
