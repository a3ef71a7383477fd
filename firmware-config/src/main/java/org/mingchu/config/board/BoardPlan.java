package org.mingchu.config.board;

import org.mingchu.config.Annunciator;
import org.mingchu.config.Board;
import org.mingchu.config.Chip;
import org.mingchu.config.HeaderBus;
import org.mingchu.config.Line;
import org.mingchu.config.Network;
import org.mingchu.config.Plan;
import org.mingchu.config.SensorPlan;
import org.mingchu.config.Site;
import org.mingchu.config.Source;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * What a site asks of its board. Immutable.
 *
 * @param needs in the order of the block
 * @param lines serial lines at the header, by device
 * @param remarks what cannot be derived, or should be thought over; sentences
 */
public record BoardPlan(String site, List<Need> needs, List<Line> lines, List<String> remarks) {
    /** A bus driven by a pin of the Pi is at its limit there. */
    static final int PROBES_MAX = 10;

    public BoardPlan {
        needs = List.copyOf(needs);
        lines = List.copyOf(lines);
        remarks = List.copyOf(remarks);
    }

    public static BoardPlan of(Plan plan) {
        var site = plan.site();
        var needs = new ArrayList<Need>();
        needs.add(new Need.Watchdog());
        buses(site).forEach((bus, users) -> needs.add(new Need.Bus(bus, users)));
        if (site.board().clock() != Board.Clock.NONE) {
            needs.add(new Need.Clock(site.board().clock()));
        }
        needs.addAll(chips(site));
        needs.addAll(oneWire(site));
        needs.addAll(outputs(site.annunciator()));
        needs.addAll(inputs(site));
        site.network().links().forEach(link -> needs.add(new Need.Way(link)));
        var lines = site.lines().stream().filter(l -> HeaderBus.of(l).isPresent()).toList();
        return new BoardPlan(site.identity().site(), needs, lines, remarks(site));
    }

    /** Whether programs talk to a bus through {@code /dev/i2c-1}, which a module makes. */
    boolean needsI2cDev() {
        return needs.stream()
                .anyMatch(n -> n instanceof Need.Bus(var bus, _) && bus == HeaderBus.I2C);
    }

    /** The ways out of the kitchen, the one that is taken first in front. */
    List<Network.Link> links() {
        return needs.stream()
                .flatMap(n -> n instanceof Need.Way(var link) ? Stream.of(link) : Stream.empty())
                .toList();
    }

    /** Whose rules the radio keeps; empty where the site has no Wi-Fi. */
    Optional<String> radioCountry() {
        return links().stream()
                .flatMap(l -> l instanceof Network.Wifi wifi ? Stream.of(wifi) : Stream.empty())
                .map(Network.Wifi::country)
                .findFirst();
    }

    /** What a pin serves, by BCM number. */
    Map<Integer, Need> pins() {
        var pins = new LinkedHashMap<Integer, Need>();
        needs.forEach(need -> need.pins().forEach(bcm -> pins.put(bcm, need)));
        return pins;
    }

    private static List<SensorPlan> sensors(Site site) {
        return site.units().stream().flatMap(unit -> unit.sensors().stream()).toList();
    }

    private static Map<HeaderBus, List<String>> buses(Site site) {
        var users = new LinkedHashMap<HeaderBus, List<String>>();
        for (var bus : HeaderBus.values()) {
            var on = new ArrayList<String>();
            HeaderBus.of(site.board().clock()).filter(bus::equals).ifPresent(_ -> on.add("clock"));
            sensors(site).stream()
                    .filter(s -> HeaderBus.of(s.source()).filter(bus::equals).isPresent())
                    .forEach(s -> on.add(s.id()));
            site.lines().stream()
                    .filter(l -> HeaderBus.of(l).filter(bus::equals).isPresent())
                    .forEach(l -> on.add(l.id()));
            if (!on.isEmpty()) {
                users.put(bus, on);
            }
        }
        return users;
    }

    /** One overlay for each kind: a second of the same kind would be at the same address. */
    private static List<Need> chips(Site site) {
        var chips = new LinkedHashMap<String, Need>();
        for (var sensor : sensors(site)) {
            switch (sensor.source()) {
                case Source.Hwmon(var name, _) when Chip.isOne(name) ->
                        chips.putIfAbsent(name, new Need.Chip(name, sensor.id()));
                case Source.Iio(var name, _) when Chip.isOne(name) ->
                        chips.putIfAbsent(name, new Need.Chip(name, sensor.id()));
                case Source.Hwmon _, Source.Iio _ -> {}
                case Source.I2c _, Source.Spi _, Source.W1 _, Source.Gpio _ -> {}
                case Source.Modbus _, Source.Coap _, Source.Mqtt _ -> {}
            }
        }
        return List.copyOf(chips.values());
    }

    private static List<Need> oneWire(Site site) {
        var probes =
                sensors(site).stream()
                        .flatMap(s ->
                                s.source() instanceof Source.W1(var rom)
                                        ? Stream.<Need>of(new Need.Probe(rom, s.id()))
                                        : Stream.empty())
                        .toList();
        // A site without units is about to find its probes, and they are found on that bus.
        if (probes.isEmpty() && !site.units().isEmpty()) {
            return List.of();
        }
        var buses = site.board().oneWire().stream();
        return Stream.concat(
                        buses.map(bcm -> (Need) new Need.OneWire(bcm, probes.size())),
                        probes.stream())
                .toList();
    }

    private static List<Need> outputs(Annunciator annunciator) {
        var outputs = new ArrayList<Need>();
        put(outputs, "buzzer", annunciator.buzzer());
        put(outputs, "red", annunciator.red());
        put(outputs, "amber", annunciator.amber());
        put(outputs, "green", annunciator.green());
        return outputs;
    }

    private static void put(List<Need> outputs, String name, OptionalInt bcm) {
        bcm.ifPresent(pin -> outputs.add(new Need.Output(name, pin)));
    }

    private static List<Need> inputs(Site site) {
        var inputs = new ArrayList<Need>();
        for (var sensor : sensors(site)) {
            if (sensor.source() instanceof Source.Gpio(var bcm)) {
                inputs.add(new Need.Input(sensor.id(), bcm));
            }
        }
        site.annunciator().button().ifPresent(bcm -> inputs.add(new Need.Input("button", bcm)));
        return inputs;
    }

    private static List<String> remarks(Site site) {
        var remarks = new ArrayList<String>();
        sensors(site).forEach(sensor -> underived(sensor, remarks));
        site.lines().forEach(line -> underived(line, remarks));
        site.network()
                .modem()
                .filter(modem -> modem.monthMib().isEmpty())
                .ifPresent(_ ->
                        remarks.add(
                                "mobile network: no month_mib, so nobody is warned before what is"
                                        + " paid for has been used up"));
        var probes = sensors(site).stream().filter(s -> s.source() instanceof Source.W1).count();
        var buses = site.board().oneWire().size();
        if (probes > (long) buses * PROBES_MAX) {
            remarks.add(
                    ("%d probes on %d 1-Wire bus(es): more than %d on one are unsteady; give [board]"
                                    + " one_wire another pin and share them out")
                            .formatted(probes, buses, PROBES_MAX));
        }
        outputs(site.annunciator()).stream()
                .filter(need -> need.pins().getFirst() <= Header.PULLED_UP_AT_POWER_ON_MAX)
                .forEach(need ->
                        remarks.add(
                                need.words()
                                        + ": GPIO 0 to 8 are pulled up for the first seconds after"
                                        + " power-on, so it sounds or shines then; take one of 9"
                                        + " to 27"));
        return remarks;
    }

    private static void underived(SensorPlan sensor, List<String> remarks) {
        var own =
                " (" + sensor.id() + "): write its lines of config.txt yourself, outside the block";
        switch (sensor.source()) {
            case Source.Hwmon(var name, _) when !Chip.isOne(name) ->
                    remarks.add("no overlay is known for hwmon " + name + own);
            case Source.Iio(var name, _) when !Chip.isOne(name) ->
                    remarks.add("no overlay is known for iio " + name + own);
            case Source.I2c(var bus, _, _) when bus != 1 ->
                    remarks.add("i2c-" + bus + " is not the header's bus i2c-1" + own);
            case Source.Spi(var bus, _, _) when bus != 0 ->
                    remarks.add("spi" + bus + " is not the header's bus spi0" + own);
            case Source.Hwmon _, Source.Iio _, Source.I2c _, Source.Spi _ -> {}
            case Source.W1 _, Source.Gpio _, Source.Modbus _, Source.Coap _, Source.Mqtt _ -> {}
        }
    }

    private static void underived(Line line, List<String> remarks) {
        var device = line.device();
        if (device.equals("/dev/serial0")) {
            remarks.add(
                    "line "
                            + line.id()
                            + ": on a Raspberry Pi 5 /dev/serial0 is the plug for debugging and not"
                            + " the header; name /dev/ttyAMA0");
        } else if (HeaderBus.of(line).isEmpty()
                && !device.matches("/dev/(ttyUSB|ttyACM|serial/by-).*")) {
            remarks.add(
                    "line "
                            + line.id()
                            + ": "
                            + device
                            + " is neither the header's /dev/ttyAMA0 nor a USB adapter: write its"
                            + " lines of config.txt yourself, outside the block");
        }
    }
}
