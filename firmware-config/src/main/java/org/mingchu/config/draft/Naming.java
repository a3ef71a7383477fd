package org.mingchu.config.draft;

import org.mingchu.config.Checked;
import org.mingchu.config.Plan;
import org.mingchu.config.Problem;
import org.mingchu.config.SensorPlan;
import org.mingchu.config.Site;
import org.mingchu.config.Unit;
import org.mingchu.config.board.Change;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Names a sensor in a site file: what would be written, if the whole file can be used with it. Any
 * thread.
 */
public final class Naming {
    private Naming() {}

    /** What came of it; nothing is written in any case. */
    public sealed interface Outcome {
        /** Can be written; the remarks are warnings and notes about the whole file. */
        record Possible(Change change, List<Problem> remarks) implements Outcome {
            public Possible {
                remarks = List.copyOf(remarks);
            }
        }

        /** The file cannot be used as it is. */
        record Broken(List<Problem> problems) implements Outcome {
            public Broken {
                problems = List.copyOf(problems);
            }
        }

        /** The file could not be used with it; lines are those it would have. */
        record Refused(List<Problem> problems, Change change) implements Outcome {
            public Refused {
                problems = List.copyOf(problems);
            }
        }

        /** It makes no sense, and why, with a remedy. */
        record Senseless(String why) implements Outcome {}
    }

    /**
     * The file with one more sensor.
     *
     * @param text the file as it is
     * @param reading what a text at this place says, with everything that is checked
     */
    public static Outcome of(
            Path file, String text, NamedSensor named, Function<String, Checked<Plan>> reading) {
        return switch (reading.apply(text)) {
            case Checked.Bad<Plan>(var problems) -> new Outcome.Broken(problems);
            case Checked.Good<Plan>(var plan, _) ->
                    senseless(plan.site(), named)
                            .<Outcome>map(Outcome.Senseless::new)
                            .orElseGet(() -> of(file, text, named, plan.site(), reading));
        };
    }

    private static Outcome of(
            Path file,
            String text,
            NamedSensor named,
            Site before,
            Function<String, Checked<Plan>> reading) {
        var fresh = named.into(text);
        if (fresh.isEmpty()) {
            return byHand(named);
        }
        var change = new Change(file, Optional.of(bytes(text)), bytes(fresh.get()));
        return switch (reading.apply(fresh.get())) {
            case Checked.Bad<Plan>(var problems) -> new Outcome.Refused(problems, change);
            case Checked.Good<Plan>(var plan, var remarks) ->
                    onlyAdds(before.units(), plan.site().units(), named)
                            ? new Outcome.Possible(change, remarks)
                            : byHand(named);
        };
    }

    /** A line that looks like a header within a text, say. */
    private static Outcome byHand(NamedSensor named) {
        return new Outcome.Senseless(
                "the site file is laid out in a way that no sensor can be added to for sure; add"
                        + " source = \""
                        + named.source()
                        + "\" with an editor, then: mingchu config check");
    }

    private static Optional<String> senseless(Site site, NamedSensor named) {
        for (var unit : site.units()) {
            for (var sensor : unit.sensors()) {
                if (sensor.source().written().equals(named.source())) {
                    return Optional.of(
                            "%s is %s of %s already; for another place change that entry of the site file"
                                    .formatted(named.source(), sensor.id(), unit.id()));
                }
            }
        }
        var there = site.units().stream().anyMatch(unit -> unit.id().equals(named.unit()));
        if (there && named.fresh().isPresent()) {
            return Optional.of(
                    "--unit %s is in the site file already; leave out --kind, --name and --place"
                            .formatted(named.unit()));
        }
        return there || named.fresh().isPresent()
                ? Optional.empty()
                : Optional.of(
                        "--unit %s is not in the site file%s; for a new one add --kind and --name"
                                .formatted(named.unit(), those(site)));
    }

    private static String those(Site site) {
        return site.units().isEmpty()
                ? ", which has none"
                : ", which has " + String.join(", ", site.units().stream().map(Unit::id).toList());
    }

    /** It stands where it should, and every unit and sensor beside it is as it was. */
    private static boolean onlyAdds(List<Unit> before, List<Unit> after, NamedSensor named) {
        var rest = new ArrayList<Unit>();
        var found = 0;
        for (var unit : after) {
            var kept = new ArrayList<SensorPlan>(unit.sensors());
            if (unit.id().equals(named.unit()) && kept.removeIf(named::is)) {
                found++;
            }
            if (!(named.fresh().isPresent() && unit.id().equals(named.unit()))) {
                rest.add(with(unit, kept));
            }
        }
        return found == 1 && rest.equals(before);
    }

    private static Unit with(Unit unit, List<SensorPlan> sensors) {
        return new Unit(
                unit.id(),
                unit.name(),
                unit.kind(),
                unit.place(),
                unit.partOf(),
                unit.defrost(),
                sensors,
                unit.overrides(),
                unit.method());
    }

    /** A character for each byte, as a {@link Change} has them. */
    private static String bytes(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}
