package org.mingchu.gateway;

import org.mingchu.config.Checked;
import org.mingchu.config.Disinfection;
import org.mingchu.config.Plan;
import org.mingchu.config.PlanReader;
import org.mingchu.config.UnitKind;
import org.mingchu.simulator.Deed;
import org.mingchu.simulator.Fridge;
import org.mingchu.simulator.Scenario;
import org.mingchu.simulator.Steriliser;
import org.mingchu.simulator.Watched;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The site file of a scenario: each unit with one probe, a door contact where a deed says {@code
 * site door UNIT}, the closure and the meals that others say, and the pack that is shipped.
 * Stateless.
 */
final class ReelSite {
    private static final Path RULES = Path.of("src", "main", "etc", "rules");
    private static final int FIRST_PIN = 2;
    private static final int BUILDING_PIN = 20;

    private ReelSite() {}

    /** The plan, checked as the program checks it. */
    static Plan plan(Scenario scenario, Path siteFile) throws IOException {
        if (!Files.exists(siteFile)) {
            var generated = Files.createTempFile("site", ".toml");
            try {
                Files.writeString(generated, toml(scenario));
                return read(generated);
            } finally {
                Files.delete(generated);
            }
        }
        return read(siteFile);
    }

    private static Plan read(Path siteFile) {
        return switch (PlanReader.read(siteFile, RULES)) {
            case Checked.Good<Plan>(var plan, _) -> plan;
            case Checked.Bad<Plan>(var problems) -> throw new AssertionError(problems.toString());
        };
    }

    private static String toml(Scenario scenario) {
        var doors = doors(scenario);
        var toml = new StringBuilder(head(Duration.ofMillis(scenario.periodMs())));
        for (int i = 0; i < scenario.units().size(); i++) {
            var unit = scenario.units().get(i);
            toml.append(
                    """
                    [[unit]]
                    id = "%1$s"
                    name = "%1$s"
                    kind = "%2$s"
                    %3$s
                      [[unit.sensor]]
                      id = "%4$s"
                      measures = "temperature"
                      source = "w1:28-%5$012x"
                    """
                            .formatted(
                                    unit.id(),
                                    kind(unit).word(),
                                    method(unit),
                                    probe(unit.id()),
                                    i + 1));
            if (doors.contains(unit.id())) {
                toml.append(
                        """
                          [[unit.sensor]]
                          id = "%s-door"
                          measures = "door"
                          source = "gpio:%d"
                        """
                                .formatted(unit.id(), FIRST_PIN + i));
            }
        }
        toml.append(building(scenario)).append(hours(scenario)).append(meals(scenario));
        return toml.toString();
    }

    /** The contacts that belong to no unit: {@code site mains smoke}. */
    private static String building(Scenario scenario) {
        var contacts =
                List.of("mains", "smoke").stream()
                        .filter(contact ->
                                scenario.deeds().stream()
                                        .map(Deed::words)
                                        .anyMatch(words ->
                                                words.getFirst().equals("site")
                                                        && words.contains(contact)))
                        .toList();
        var toml = new StringBuilder();
        if (!contacts.isEmpty()) {
            toml.append("[[unit]]\nid = \"building\"\nname = \"building\"\nkind = \"ambient\"\n");
        }
        for (int i = 0; i < contacts.size(); i++) {
            toml.append(
                    """
                      [[unit.sensor]]
                      id = "%1$s"
                      measures = "%1$s"
                      source = "gpio:%2$d"
                    """
                            .formatted(contacts.get(i), BUILDING_PIN + i));
        }
        return toml.toString();
    }

    /** A closure that the site file says: {@code site closed 2026-11-04 2026-11-15}. */
    private static String hours(Scenario scenario) {
        return said(scenario, "closed")
                .map(words ->
                        """
                        [hours]
                        weekly = ["Mon-Sun 05:00-14:30"]
                        closures = [ { from = %s, to = %s, name = "假期" } ]
                        """
                                .formatted(words.get(0), words.get(1)))
                .findFirst()
                .orElse("");
    }

    /** When they are served: {@code site meal lunch 11:00-13:00}. */
    private static String meals(Scenario scenario) {
        return said(scenario, "meal")
                .map(words ->
                        """
                        [[meal]]
                        id = "%1$s"
                        name = "%1$s"
                        serve = "%2$s"
                        """
                                .formatted(words.get(0), words.get(1)))
                .collect(Collectors.joining());
    }

    /** What follows {@code site WHAT}, for each deed that begins so. */
    private static Stream<List<String>> said(Scenario scenario, String what) {
        return scenario.deeds().stream()
                .map(Deed::words)
                .filter(words -> words.subList(0, 2).equals(List.of("site", what)))
                .map(words -> words.subList(2, words.size()));
    }

    private static String head(Duration period) {
        return """
        schema = 1
        [site]
        id = "film-0001"
        area = "film"
        gateway = "gw-1"
        name = "电影厨房"
        kind = "dining-hall"
        time_zone = "Asia/Shanghai"
        language = "zh-CN"
        rules = "cn-catering"
        [sampling]
        period = "%ds"
        [[platform]]
        id = "platform"
        url = "mqtt://127.0.0.1:1883"
        encoder = "native"
        view = "full"
        acknowledges = true
        """
                .formatted(period.toSeconds());
    }

    private static Set<String> doors(Scenario scenario) {
        return said(scenario, "door").flatMap(List::stream).collect(Collectors.toSet());
    }

    /** The probe of a unit. */
    static String probe(String unit) {
        return unit + "-air";
    }

    private static UnitKind kind(Watched watched) {
        return switch (watched) {
            case Fridge fridge when like(fridge, Fridge.hotHolding("")) -> UnitKind.HOT_HOLDING;
            case Fridge fridge when like(fridge, Fridge.sampleFridge("")) -> UnitKind.SAMPLE_FRIDGE;
            case Fridge fridge ->
                    fridge.thermostat().target() < -10 ? UnitKind.FREEZER : UnitKind.CHILLED;
            case Steriliser _ -> UnitKind.DISINFECTION;
            case org.mingchu.simulator.Batch _ -> UnitKind.AMBIENT;
        };
    }

    /** How a unit disinfects, when it does. */
    private static String method(Watched watched) {
        return watched instanceof Steriliser steriliser
                ? "method = \"%s\"".formatted(method(steriliser).word())
                : "";
    }

    private static Disinfection method(Steriliser steriliser) {
        if (steriliser.equals(Steriliser.infraredCabinet(steriliser.id()))) {
            return Disinfection.INFRARED;
        }
        return steriliser.equals(Steriliser.dishwasher(steriliser.id()))
                ? Disinfection.DISHWASHER
                : Disinfection.STEAM;
    }

    private static boolean like(Fridge fridge, Fridge preset) {
        return fridge.thermostat().equals(preset.thermostat());
    }
}
