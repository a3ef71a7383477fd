package org.mingchu.simulator;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.regex.Pattern;

/** Reads a scenario line by line and keeps all that is wrong for the end. One thread. */
final class ScenarioReader {
    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]{0,31}");
    private static final List<String> KEYS =
            List.of("seed", "length", "period", "unit", "at", "do");
    private static final String TIME = "a time [Nd]HH:MM[:SS], as 2d19:00";
    private static final Times LENGTHS = new Times(Calendar.MINUTE_MS, 366 * Calendar.DAY_MS);
    private static final Times PERIODS = new Times(1_000, Calendar.HOUR_MS);

    private final String file;
    private final List<BadScenario.Problem> problems = new ArrayList<>();
    private final Map<String, Long> once = new LinkedHashMap<>();
    private final SequencedMap<String, Watched> units = new LinkedHashMap<>();
    private final List<ScenarioLines.Line> events = new ArrayList<>();
    private int lastLine;

    private record Times(long leastMs, long mostMs) {}

    ScenarioReader(String file) {
        this.file = file;
    }

    void line(ScenarioLines.Line line) {
        lastLine = line.number();
        switch (line.words().getFirst().text()) {
            case "seed" -> once(line, "a whole number", seed(line));
            case "length" -> once(line, "a length of 1m to 366d, as 3d", length(line, LENGTHS));
            case "period" -> once(line, "a length of 1s to 1h, as 1m", length(line, PERIODS));
            case "unit" -> unit(line);
            // Units may be named before they are given: looked at when all are known.
            case "at", "do" -> events.add(line);
            default -> wrong(line, 0, String.join(", ", KEYS));
        }
    }

    private static OptionalLong seed(ScenarioLines.Line line) {
        try {
            return OptionalLong.of(Long.parseLong(String.join(" ", line.from(1))));
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    private static OptionalLong length(ScenarioLines.Line line, Times bounds) {
        return Figures.length(String.join(" ", line.from(1)))
                .filter(ms -> ms >= bounds.leastMs() && ms <= bounds.mostMs())
                .map(OptionalLong::of)
                .orElseGet(OptionalLong::empty);
    }

    private void once(ScenarioLines.Line line, String allowed, OptionalLong value) {
        var key = line.words().getFirst().text();
        if (once.containsKey(key)) {
            problems.add(
                    new BadScenario.Problem(
                            file, line.number(), 1, "a second " + key, "one line " + key));
        }
        if (value.isEmpty()) {
            wrong(line, line.words().size() > 2 ? 2 : 1, allowed);
        }
        once.put(key, value.orElse(0));
    }

    private void unit(ScenarioLines.Line line) {
        var words = line.from(1);
        if (words.isEmpty() || !ID.matcher(words.getFirst()).matches()) {
            wrong(line, 1, "an id of a-z, 0-9 and -, not longer than 32");
            return;
        }
        var id = words.getFirst();
        if (units.containsKey(id) || Phrases.firstWords().contains(id)) {
            wrong(line, 1, "an id that is not used yet and is no word of a command");
            return;
        }
        var preset = words.size() < 2 ? Optional.<Watched>empty() : Presets.of(words.get(1), id);
        if (preset.isEmpty()) {
            wrong(line, 2, String.join(", ", Presets.NAMES));
            // Known from here on all the same: one slip is one problem, not one at each use.
            units.put(id, Fridge.chilled(id));
            return;
        }
        units.put(id, options(line, preset.get()));
    }

    private Watched options(ScenarioLines.Line line, Watched preset) {
        var unit = preset;
        for (int i = 3; i < line.words().size(); i++) {
            var word = line.words().get(i).text();
            if (unit instanceof Fridge fridge && word.equals("unopened")) {
                unit = fridge.unopened();
            } else if (unit instanceof Fridge fridge && word.equals("no-defrost")) {
                unit = fridge.withoutDefrost();
            } else {
                wrong(line, i, unit instanceof Fridge ? "unopened, no-defrost" : "nothing more");
            }
        }
        return unit;
    }

    /**
     * @throws BadScenario when anything was wrong
     */
    Scenario scenario() {
        var timeline = new ArrayList<At>();
        var deeds = new ArrayList<Deed>();
        for (var line : events) {
            time(line)
                    .ifPresent(timeMs -> {
                        if (line.words().getFirst().text().equals("do")) {
                            deed(line, timeMs).ifPresent(deeds::add);
                        } else {
                            command(line)
                                    .ifPresent(command -> timeline.add(new At(timeMs, command)));
                        }
                    });
        }
        missing();
        if (!problems.isEmpty()) {
            problems.sort(
                    Comparator.comparingInt(BadScenario.Problem::line)
                            .thenComparingInt(BadScenario.Problem::column));
            throw new BadScenario(problems);
        }
        timeline.sort(Comparator.comparingLong(At::timeMs));
        deeds.sort(Comparator.comparingLong(Deed::timeMs));
        return new Scenario(
                once("seed"),
                once("length"),
                once("period"),
                List.copyOf(units.values()),
                timeline,
                deeds);
    }

    private void missing() {
        for (var key : List.of("seed", "length", "period")) {
            if (!once.containsKey(key)) {
                end("no " + key, "one line " + key);
            }
        }
        if (units.isEmpty()) {
            end("no unit", "one line unit or more");
        }
    }

    private void end(String found, String allowed) {
        problems.add(new BadScenario.Problem(file, lastLine + 1, 1, found, allowed));
    }

    private Optional<Long> time(ScenarioLines.Line line) {
        var time =
                line.words().size() < 2
                        ? Optional.<Long>empty()
                        : Figures.time(line.words().get(1).text());
        if (time.isEmpty()) {
            wrong(line, 1, TIME);
        } else if (once("length") > 0 && time.get() >= once("length")) {
            wrong(line, 1, "a time before the length is over");
        }
        return time;
    }

    private Optional<Deed> deed(ScenarioLines.Line line, long timeMs) {
        if (line.words().size() < 3) {
            wrong(line, 2, "what is done, in words");
            return Optional.empty();
        }
        return Optional.of(new Deed(timeMs, line.from(2)));
    }

    private Optional<Command> command(ScenarioLines.Line line) {
        var words = line.from(2);
        if (words.isEmpty() || !knownFirst(words.getFirst())) {
            wrong(
                    line,
                    2,
                    "a unit (%s) or %s"
                            .formatted(
                                    String.join(", ", units.keySet()),
                                    String.join(", ", Phrases.firstWords())));
            return Optional.empty();
        }
        var command = CommandWords.read(words);
        if (command.isEmpty()) {
            int good = CommandWords.understood(words);
            var allowed = CommandWords.mayFollow(words.subList(0, good));
            wrong(line, 2 + good, String.join(", ", allowed));
            return command;
        }
        return fits(line, command.get()) ? command : Optional.empty();
    }

    private boolean knownFirst(String word) {
        return units.containsKey(word) || Phrases.firstWords().contains(word);
    }

    private boolean fits(ScenarioLines.Line line, Command command) {
        return switch (command) {
            case Command.ForUnit change -> fits(line, change);
            case Command.Swapped(var one, var other) -> {
                // Both are looked at, for both may be wrong.
                boolean oneKnown = known(line, 3, one);
                yield known(line, 4, other) && oneKnown;
            }
            case Command.KitchenClosed _,
                    Command.KitchenOpen _,
                    Command.MainsLost _,
                    Command.MainsBack _,
                    Command.GatewayOff _,
                    Command.GatewayOn _,
                    Command.Detected _,
                    Command.Quiet _ ->
                    true;
        };
    }

    private boolean fits(ScenarioLines.Line line, Command.ForUnit change) {
        int index = 2 + line.from(2).indexOf(change.unit());
        if (!known(line, index, change.unit())) {
            return false;
        }
        var unit = units.get(change.unit());
        var refusal = unit == null ? Optional.<String>empty() : unit.refusal(change);
        refusal.ifPresent(why -> wrong(line, index, "a unit that can; " + why));
        return refusal.isEmpty();
    }

    private boolean known(ScenarioLines.Line line, int index, String id) {
        if (!units.containsKey(id)) {
            wrong(line, index, "a unit (" + String.join(", ", units.keySet()) + ")");
            return false;
        }
        return true;
    }

    private long once(String key) {
        return once.getOrDefault(key, 0L);
    }

    private void wrong(ScenarioLines.Line line, int index, String allowed) {
        problems.add(
                new BadScenario.Problem(
                        file, line.number(), line.column(index), line.found(index), allowed));
    }
}
