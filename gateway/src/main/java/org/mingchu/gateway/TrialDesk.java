package org.mingchu.gateway;

import org.mingchu.config.Checked;
import org.mingchu.config.Plan;
import org.mingchu.config.Problem;
import org.mingchu.config.SensorPlan;
import org.mingchu.gateway.judge.AlarmChange;
import org.mingchu.gateway.judge.AlarmEvent;
import org.mingchu.gateway.judge.AlarmId;
import org.mingchu.gateway.judge.Entry;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.tell.About;
import org.mingchu.gateway.tell.EventLine;
import org.mingchu.gateway.tend.CommandFailed;
import org.mingchu.gateway.tend.ExitCode;
import org.mingchu.gateway.tend.TryAsk;
import org.mingchu.gateway.tend.Voice;
import org.mingchu.gateway.tend.series.Series;
import org.mingchu.gateway.tend.series.SeriesReader;
import org.mingchu.gateway.tend.series.Span;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Answers {@code mingchu judge try}. One thread. */
final class TrialDesk {
    private final Plans plans;
    private final Path home;
    private final String version;
    private final Steps steps;

    /** Shows how far it has come. */
    @FunctionalInterface
    interface Steps {
        void show(String words);
    }

    /**
     * @param home the folder with {@code etc/}
     */
    TrialDesk(Plans plans, Path home, String version, Steps steps) {
        this.plans = plans;
        this.home = home;
        this.version = version;
        this.steps = steps;
    }

    /** Judges, and says what there is to say; returns the exit code. */
    int answer(TryAsk ask, Voice voice) {
        return switch (plans.read(ask.site(), ask.pack())) {
            case Checked.Bad<Plan>(var problems) -> refused(problems, voice);
            case Checked.Good<Plan>(var plan, _) -> answer(ask, plan, voice);
        };
    }

    private int answer(TryAsk ask, Plan plan, Voice voice) {
        Span span;
        try {
            span = span(ask, plan);
        } catch (Words.Unusable e) {
            voice.err().accept("mingchu: " + e.getMessage());
            return ExitCode.USAGE;
        }
        var read =
                SeriesReader.read(
                        ask.readings(),
                        plan.site(),
                        span,
                        percent -> steps.show("reading %d %%".formatted(percent)));
        steps.show("");
        return switch (read) {
            case Checked.Bad<Series>(var problems) -> refused(problems, voice);
            case Checked.Good<Series>(var series, _) -> judge(ask, plan, series, voice);
        };
    }

    private static int refused(List<Problem> problems, Voice voice) {
        problems.forEach(problem -> voice.err().accept(problem.text()));
        voice.err().accept("mingchu: nothing was judged; mend what stands above and try again");
        return ExitCode.CONFIGURATION_INVALID;
    }

    private static Span span(TryAsk ask, Plan plan) {
        var said = new HashMap<String, String>();
        ask.from().ifPresent(word -> said.put("from", word));
        ask.to().ifPresent(word -> said.put("to", word));
        var words = new Words(said, new KitchenTime(plan.site().timeZone()));
        var from = words.at("from", LocalTime.MIN).orElse(Long.MIN_VALUE);
        var to = words.to(Long.MAX_VALUE);
        if (to <= from) {
            throw new Words.Unusable(
                    "--from %s: it must lie before --to %s"
                            .formatted(said.get("from"), said.get("to")));
        }
        return new Span(from, to);
    }

    private int judge(TryAsk ask, Plan plan, Series series, Voice voice) {
        remark(plan, series, voice);
        var trial = new Trial(plan, series);
        var spells = Spell.none();
        var raised = new long[1];
        var words = new TrialWords(plan, AdviceShelf.in(home.resolve("etc/advice")));
        var telling = ask.json() ? json(plan, trial, voice) : text(words, voice);
        try {
            trial.judge(
                    entry -> {
                        if (entry.fact() instanceof Fact.Alarm(var event)) {
                            steps.show("");
                            telling.accept(entry, event);
                            Spell.take(spells, entry);
                            raised[0] += event.change() == AlarmChange.RAISED ? 1 : 0;
                        }
                    },
                    percent -> steps.show("judging %d %%".formatted(percent)));
        } catch (IOException e) {
            throw new CommandFailed(
                    ExitCode.CONFIGURATION_INVALID, ask.readings() + ": " + e.getMessage());
        } finally {
            steps.show("");
        }
        if (!ask.json()) {
            words.summary(series.found(), spells).forEach(voice.out());
        }
        return raised[0] == 0 ? ExitCode.OK : ExitCode.CHECK_FAILED;
    }

    /** What a reader of the answer must know of the series, beside the answer. */
    private static void remark(Plan plan, Series series, Voice voice) {
        var unread =
                plan.site().units().stream()
                        .flatMap(unit -> unit.sensors().stream())
                        .map(SensorPlan::id)
                        .filter(id -> !series.periods().containsKey(id))
                        .toList();
        if (!unread.isEmpty()) {
            voice.err().accept("mingchu: not judged, no column: " + String.join(", ", unread));
        }
        if (!series.found().rare().isEmpty()) {
            voice.err()
                    .accept(
                            "mingchu: measured less often than every 15 min, so silent in between: "
                                    + String.join(", ", series.found().rare()));
        }
    }

    /** An event that never happened must not send anybody out: each one says simulated. */
    private BiConsumer<Entry, AlarmEvent> json(Plan plan, Trial trial, Voice voice) {
        var line = new EventLine(plan, trial.epoch(), new About(version, true, Optional.empty()));
        var prev = new long[1];
        return (entry, _) -> {
            voice.out().accept(line.of(entry, prev[0]));
            prev[0] = entry.seq();
        };
    }

    private static BiConsumer<Entry, AlarmEvent> text(TrialWords words, Voice voice) {
        var acknowledged = new HashSet<AlarmId>();
        return (entry, event) -> {
            // That nobody was there is said once; people need not read it behind each alarm.
            if (event.person().filter(Trial.NOBODY::equals).isPresent()) {
                acknowledged.add(event.id());
            } else if (event.change() != AlarmChange.CLEARED || !acknowledged.remove(event.id())) {
                words.lines(entry, event).forEach(voice.out());
            }
        };
    }
}
