package org.mingchu.config.board;

import org.mingchu.config.HeaderBus;
import org.mingchu.config.Plan;
import org.mingchu.config.Quantity;
import org.mingchu.config.SensorPlan;
import org.mingchu.config.Source;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is screwed to one pin of the header. Immutable.
 *
 * @param title what it is
 * @param detail where its other wires go
 * @param circuit how it is connected
 * @param others physical numbers of the ground and supply pins that go with it
 */
record Terminal(Header.Pin pin, String title, String detail, Circuit circuit, Set<Integer> others) {
    /** One way of connecting; each is drawn once, in this order. */
    enum Circuit {
        ONE_WIRE("one-wire"),
        CONTACT("contact"),
        OUTPUT("output"),
        MAINS("mains"),
        I2C("i2c"),
        SPI("spi"),
        UART("uart");

        private final String key;

        Circuit(String key) {
            this.key = key;
        }

        String key() {
            return key;
        }
    }

    /** All of a site, by physical number. */
    static List<Terminal> of(Plan plan, Words words) {
        var terminals = new ArrayList<Terminal>();
        var maker = new Maker(plan, words);
        for (var unit : plan.site().units()) {
            for (var sensor : unit.sensors()) {
                if (sensor.source() instanceof Source.Gpio(var bcm)) {
                    terminals.add(maker.contact(bcm, unit.name(), sensor));
                }
            }
        }
        var lamps = plan.site().annunciator();
        maker.output("buzzer", lamps.buzzer()).ifPresent(terminals::add);
        maker.output("red", lamps.red()).ifPresent(terminals::add);
        maker.output("amber", lamps.amber()).ifPresent(terminals::add);
        maker.output("green", lamps.green()).ifPresent(terminals::add);
        lamps.button()
                .ifPresent(bcm ->
                        terminals.add(maker.grounded(bcm, words.of("button"), Circuit.CONTACT)));
        for (var need : BoardPlan.of(plan).needs()) {
            switch (need) {
                case Need.OneWire(var bcm, var probes) -> terminals.add(maker.oneWire(bcm, probes));
                case Need.Bus(var bus, var users) -> terminals.addAll(maker.bus(bus, users));
                case Need.Watchdog _, Need.Probe _, Need.Chip _, Need.Clock _ -> {}
                case Need.Output _, Need.Input _, Need.Way _ -> {}
            }
        }
        return terminals.stream()
                .sorted(Comparator.comparingInt(terminal -> terminal.pin().number()))
                .toList();
    }

    private record Maker(Plan plan, Words words) {
        Terminal contact(int bcm, String unit, SensorPlan sensor) {
            var mains = sensor.measures() == Quantity.MAINS;
            var what = words.of("contact." + sensor.measures().word());
            return grounded(
                    bcm,
                    unit + " · " + what + " · " + sensor.id(),
                    mains ? Circuit.MAINS : Circuit.CONTACT);
        }

        Terminal grounded(int bcm, String title, Circuit circuit) {
            var pin = Header.of(bcm);
            var ground = Header.groundNear(pin).number();
            return new Terminal(
                    pin, title, words.of("detail.contact", ground), circuit, Set.of(ground));
        }

        Optional<Terminal> output(String name, OptionalInt bcm) {
            if (bcm.isEmpty()) {
                return Optional.empty();
            }
            var pin = Header.of(bcm.getAsInt());
            var ground = Header.groundNear(pin).number();
            return Optional.of(
                    new Terminal(
                            pin,
                            words.of(name),
                            words.of("detail.output", ground),
                            Circuit.OUTPUT,
                            Set.of(ground)));
        }

        Terminal oneWire(int bcm, int probes) {
            return powered(bcm, words.of("one-wire", probes), "detail.one-wire", Circuit.ONE_WIRE);
        }

        List<Terminal> bus(HeaderBus bus, List<String> users) {
            var who = String.join(", ", users);
            return switch (bus) {
                case I2C -> all(Circuit.I2C, bus, who, "SDA", "SCL");
                case SPI -> all(Circuit.SPI, bus, who, "CE1", "CE0", "MISO", "MOSI", "SCLK");
                case UART -> all(Circuit.UART, bus, who, "TXD", "RXD");
            };
        }

        /** The names go with the pins of the bus, the lowest first. */
        private List<Terminal> all(Circuit circuit, HeaderBus bus, String who, String... names) {
            var terminals = new ArrayList<Terminal>();
            for (int i = 0; i < names.length; i++) {
                terminals.add(
                        powered(
                                bus.pins().get(i),
                                words.of("bus." + names[i], who),
                                "detail." + circuit.key(),
                                circuit));
            }
            return terminals;
        }

        private Terminal powered(int bcm, String title, String detail, Circuit circuit) {
            var pin = Header.of(bcm);
            var supply = Header.supplyNear(pin).number();
            var ground = Header.groundNear(pin).number();
            return new Terminal(
                    pin,
                    title,
                    words.of(detail, supply, ground),
                    circuit,
                    new TreeSet<>(Set.of(supply, ground)));
        }
    }
}
