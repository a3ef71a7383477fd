package org.mingchu.gateway.doctor;

import org.mingchu.config.Plan;
import org.mingchu.config.SensorPlan;
import org.mingchu.config.Site;
import org.mingchu.config.Source;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether the buses are there that the site file needs. Immutable. */
record BusChecks(Patient patient) {
    private static final String W1 = "sys/bus/w1/devices";

    List<Check> all() {
        return List.of(
                new Check("bus.w1", this::w1),
                new Check("bus.i2c", this::i2c),
                new Check("bus.spi", this::spi),
                new Check("bus.serial", this::serial),
                new Check("bus.gpio", this::gpio));
    }

    private Verdict w1() {
        var wanted =
                sources()
                        .flatMap(
                                s -> s instanceof Source.W1(var rom) ? Stream.of(rom) : Stream.of())
                        .collect(Collectors.toCollection(TreeSet::new));
        if (wanted.isEmpty()) {
            return Verdict.skipped("not-fitted");
        }
        if (!patient.tree().has(W1)) {
            return Verdict.fail("no-bus");
        }
        var there =
                patient.tree().names(W1).stream()
                        .filter(name -> name.startsWith("28-"))
                        .collect(Collectors.toCollection(TreeSet::new));
        var missing = without(wanted, there);
        if (!missing.isEmpty()) {
            return Verdict.fail("missing", "roms", String.join(", ", missing));
        }
        var strangers = without(there, wanted);
        return strangers.isEmpty()
                ? Verdict.ok("n", String.valueOf(wanted.size()))
                : Verdict.warn("strangers", "roms", String.join(", ", strangers));
    }

    private static Set<String> without(Set<String> all, Set<String> these) {
        var rest = new TreeSet<>(all);
        rest.removeAll(these);
        return rest;
    }

    private Verdict i2c() {
        var nodes =
                sources()
                        .flatMap(s ->
                                s instanceof Source.I2c(var bus, _, _)
                                        ? Stream.of("dev/i2c-" + bus)
                                        : Stream.of())
                        .collect(Collectors.toCollection(TreeSet::new));
        return nodes(nodes);
    }

    private Verdict spi() {
        var nodes =
                sources()
                        .flatMap(s ->
                                s instanceof Source.Spi(var bus, var select, _)
                                        ? Stream.of("dev/spidev%d.%d".formatted(bus, select))
                                        : Stream.of())
                        .collect(Collectors.toCollection(TreeSet::new));
        return nodes(nodes);
    }

    private Verdict serial() {
        var lines =
                patient.plan().map(Plan::site).map(Site::lines).orElse(List.of()).stream()
                        .map(line -> line.device().replaceFirst("^/+", ""))
                        .collect(Collectors.toCollection(TreeSet::new));
        return nodes(lines);
    }

    private Verdict nodes(Set<String> nodes) {
        if (nodes.isEmpty()) {
            return Verdict.skipped("not-fitted");
        }
        var missing = nodes.stream().filter(node -> !patient.tree().has(node)).toList();
        return missing.isEmpty()
                ? Verdict.ok("devices", String.join(", ", nodes))
                : Verdict.fail("missing", "devices", "/" + String.join(", /", missing));
    }

    /** The header's chip; in a simulation its pins are a tree. */
    private Verdict gpio() {
        var pins = patient.sounds() || sources().anyMatch(Source.Gpio.class::isInstance);
        if (!pins) {
            return Verdict.skipped("not-fitted");
        }
        var tree = patient.tree();
        return tree.has("sys/class/gpio")
                        || tree.names("dev").stream().anyMatch(n -> n.startsWith("gpiochip"))
                ? Verdict.ok()
                : Verdict.fail("missing");
    }

    private Stream<Source> sources() {
        return patient.plan().stream()
                .flatMap(plan -> plan.site().units().stream())
                .flatMap(unit -> unit.sensors().stream())
                .map(SensorPlan::source);
    }
}
