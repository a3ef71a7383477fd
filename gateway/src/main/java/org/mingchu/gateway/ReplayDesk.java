package org.mingchu.gateway;

import org.mingchu.config.Checked;
import org.mingchu.config.Plan;
import org.mingchu.config.Problem;
import org.mingchu.gateway.Difference.Kind;
import org.mingchu.gateway.keep.Journal;
import org.mingchu.gateway.keep.Window;
import org.mingchu.gateway.keep.store.JournalException;
import org.mingchu.gateway.tend.ExitCode;
import org.mingchu.gateway.tend.Told;
import org.mingchu.sensors.Moment;

import tools.jackson.core.JsonGenerator;

import java.nio.file.Path;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Answers {@code mingchu judge replay}: what would today's rules have said? A question, not a
 * repair: nothing is written. Any thread but the house's.
 */
final class ReplayDesk {
    private final Journal journal;
    private final Plans plans;

    /** The kitchen's plan, under a rule pack of its own or the one that binds. */
    @FunctionalInterface
    interface Plans {
        Checked<Plan> with(Optional<Path> pack);
    }

    ReplayDesk(Journal journal, Plans plans) {
        this.journal = journal;
        this.plans = plans;
    }

    Told replay(Map<String, String> words) {
        var pack = Optional.ofNullable(words.get("pack")).map(Path::of);
        return switch (plans.with(pack)) {
            case Checked.Bad<Plan>(var problems) ->
                    new Told(
                            ExitCode.CONFIGURATION_INVALID,
                            problems.stream().map(Problem::text).toList());
            case Checked.Good<Plan>(var plan, _) -> replay(plan, words);
        };
    }

    private Told replay(Plan plan, Map<String, String> said) {
        try {
            var time = new KitchenTime(plan.site().timeZone());
            var words = new Words(said, time);
            var window = window(words, said);
            var found = Replay.of(plan, journal);
            var differences =
                    Difference.of(found.then(), found.now()).stream()
                            .filter(d -> within(window, d))
                            .toList();
            var answer = new Answer(plan, time, found, differences, unheld(found, window));
            var same = differences.stream().allMatch(d -> d.kind() == Kind.SAME);
            return Told.checked(same, words.json() ? answer.json() : answer.lines());
        } catch (Words.Unusable e) {
            return Told.unusable("mingchu: " + e.getMessage());
        } catch (JournalException e) {
            return Told.refused(String.valueOf(e.getMessage()));
        }
    }

    private static Window window(Words words, Map<String, String> said) {
        var from = words.at("from", LocalTime.MIN).orElse(Long.MIN_VALUE);
        var to = words.to(Long.MAX_VALUE);
        if (to <= from) {
            throw new Words.Unusable(
                    "--from %s: it must lie before --to %s"
                            .formatted(said.get("from"), said.get("to")));
        }
        return new Window(from, to);
    }

    private static boolean within(Window window, Difference difference) {
        return within(window, difference.said().at());
    }

    private static boolean within(Window window, Moment at) {
        return at.wallMs() >= window.fromMs() && at.wallMs() < window.toMs();
    }

    /** Recorded steps that nothing could be held against. */
    private static long unheld(Replay.Found found, Window window) {
        return found.then().stream()
                .filter(said -> within(window, said.at()))
                .filter(said -> !said.raw())
                .count();
    }

    /**
     * The answer. Immutable.
     *
     * @param unheld recorded steps that rest on entries which are gone, in number
     */
    private record Answer(
            Plan plan,
            KitchenTime time,
            Replay.Found found,
            List<Difference> differences,
            long unheld) {
        List<String> lines() {
            var lines = new ArrayList<String>();
            differences.forEach(d -> lines.add(line(d)));
            lines.add(counts());
            if (unheld > 0) {
                lines.add(
                        unheld
                                + " recorded steps were not compared: the readings behind them are"
                                + " no longer raw");
            }
            lines.add(judged());
            return lines;
        }

        private String line(Difference d) {
            var said = d.said();
            var line =
                    "%-16s  %s  %-12s  %s  %s  %s"
                            .formatted(
                                    d.kind().word(),
                                    time.seconds(said.at().wallMs()),
                                    said.event().change().word(),
                                    said.event().priority().word(),
                                    said.event().subject(),
                                    said.event().rule());
            return switch (d.kind()) {
                case SAME, ONLY_THEN, ONLY_NOW -> line;
                case CHANGED_TIME ->
                        line
                                + ": now "
                                + time.seconds(d.now().orElseThrow().at().wallMs())
                                + ", "
                                + apart(d);
                case CHANGED_PRIORITY ->
                        line + ": now " + d.now().orElseThrow().event().priority().word();
            };
        }

        private static String apart(Difference d) {
            var later = d.later();
            return KitchenTime.length(later.abs().toMillis())
                    + (later.isNegative() ? " earlier" : " later");
        }

        private String counts() {
            return Arrays.stream(Kind.values())
                    .filter(kind -> kind != Kind.CHANGED_PRIORITY || count(kind) > 0)
                    .map(kind -> count(kind) + " " + kind.word())
                    .collect(Collectors.joining(", "));
        }

        private long count(Kind kind) {
            return differences.stream().filter(d -> d.kind() == kind).count();
        }

        private String judged() {
            return "%d rounds%s judged again by %s %s; nothing was written"
                    .formatted(
                            found.rounds(),
                            found.first().isPresent() && found.last().isPresent()
                                    ? " from %s to %s (%s)"
                                            .formatted(
                                                    time.seconds(found.first().get().wallMs()),
                                                    time.seconds(found.last().get().wallMs()),
                                                    time.zone())
                                    : "",
                            plan.pack().id(),
                            plan.pack().version());
        }

        List<String> json() {
            var lines = new ArrayList<String>();
            differences.forEach(d -> lines.add(JsonLine.of(out -> write(out, d))));
            lines.add(JsonLine.of(this::summary));
            return lines;
        }

        private void write(JsonGenerator out, Difference d) {
            var event = d.said().event();
            out.writeStringProperty("schema", "kfs/judge-replay/1");
            out.writeStringProperty("kind", word(d.kind()));
            out.writeStringProperty("subject", event.subject());
            out.writeStringProperty("rule", event.rule());
            out.writeStringProperty("event", event.change().word());
            d.then().ifPresent(said -> side(out, "then", said));
            d.now().ifPresent(said -> side(out, "now", said));
        }

        private void side(JsonGenerator out, String name, Replay.Said said) {
            out.writeObjectPropertyStart(name);
            out.writeStringProperty("at", time.offset(said.at().wallMs()));
            out.writeStringProperty("id", said.id().toString());
            out.writeStringProperty("priority", said.event().priority().word());
            out.writeStringProperty("rulePackVersion", said.event().rulePackVersion());
            out.writeEndObject();
        }

        private void summary(JsonGenerator out) {
            out.writeStringProperty("schema", "kfs/judge-replay-summary/1");
            for (var kind : Kind.values()) {
                out.writeNumberProperty(word(kind), count(kind));
            }
            out.writeNumberProperty("notCompared", unheld);
            out.writeNumberProperty("rounds", found.rounds());
            found.first()
                    .ifPresent(at -> out.writeStringProperty("from", time.offset(at.wallMs())));
            found.last().ifPresent(at -> out.writeStringProperty("to", time.offset(at.wallMs())));
            out.writeStringProperty("rulePack", plan.pack().id());
            out.writeStringProperty("rulePackVersion", plan.pack().version());
        }

        private static String word(Kind kind) {
            return kind.word().toLowerCase(Locale.ROOT).replace(' ', '-');
        }
    }
}
