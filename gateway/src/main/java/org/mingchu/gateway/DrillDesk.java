package org.mingchu.gateway;

import org.mingchu.config.Condition;
import org.mingchu.config.Plan;
import org.mingchu.gateway.desk.Answer;
import org.mingchu.gateway.desk.Drilling;
import org.mingchu.gateway.doctor.Finding;
import org.mingchu.gateway.doctor.Wording;
import org.mingchu.gateway.judge.Entry;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.Person;
import org.mingchu.gateway.judge.Role;
import org.mingchu.gateway.judge.State;
import org.mingchu.gateway.judge.Strength;
import org.mingchu.gateway.show.By;
import org.mingchu.gateway.tell.OnTheWay;
import org.mingchu.gateway.tend.ExitCode;
import org.mingchu.gateway.tend.Told;
import org.mingchu.sensors.Clock;
import org.mingchu.sensors.Moment;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Follows a drill from the question to the last acknowledgement, and has its course kept. It only
 * looks: what the drill does is done by those who do it for every alarm. {@link #look} is the
 * house's thread's, {@link #onTheWay} the couriers', all else any thread.
 */
final class DrillDesk {
    /**
     * How long the platforms are waited for, when somebody has taken it: what is sent again, is so
     * after 30 s and after 2 min.
     */
    static final Duration PLATFORMS_WITHIN = Duration.ofMinutes(3);

    /** No alarm after so long: the record does not take it, and none will come. */
    static final Duration RAISED_WITHIN = Duration.ofSeconds(30);

    /** How long whoever asks what is new waits for it: less than a proxy or a person would. */
    static final Duration NEWS_WITHIN = Duration.ofSeconds(5);

    /** No longer is one followed: as long as its alarm may last, and a while for the end of it. */
    static final Duration LASTS_MAX = Condition.Drill.LASTS_MAX.plusMinutes(1);

    /** Entries of the alarm lane that are looked at in one go; a drill has four. */
    static final int STEPS_MAX = 100;

    /** More hops than there are: whoever knows them only waits for the end. */
    static final int ALL_KNOWN = Fact.Drilled.HOPS_MAX;

    /** What is told while one goes on; no process ends with it. */
    static final int GOES_ON = -1;

    private final Plan plan;
    private final Supplier<State> state;
    private final LongFunction<List<Entry>> alarms;
    private final Ways ways;
    private final Clock clock;
    private final Function<String, Optional<Role>> roles;
    private final Function<Fact, CompletableFuture<?>> keep;
    private final Drilling drilling;
    private Optional<DrillCourse> course = Optional.empty();

    /** What of an alarm's way can be looked at besides the record. */
    interface Ways {
        /** Begins to watch lamp, buzzer and page. */
        void watch();

        /** When the red lamp's pin was set on since then, nanoseconds of this boot. */
        OptionalLong lamp();

        /** The same of the buzzer. */
        OptionalLong buzzer();

        /** When a browser had taken it. */
        OptionalLong page();

        /** Lamps and buzzer of the site that the board does not give. */
        List<String> missing();

        /** Whether somebody sends alarms to a platform. */
        boolean served(String platform);
    }

    /**
     * @param alarms at most the first {@link #STEPS_MAX} entries of the alarm lane from a number on
     * @param roles the role of a person id, empty for a stranger
     * @param keep hands a fact to the house; completes when its commit is done
     */
    DrillDesk(
            Plan plan,
            Supplier<State> state,
            LongFunction<List<Entry>> alarms,
            Ways ways,
            Clock clock,
            Function<String, Optional<Role>> roles,
            Function<Fact, CompletableFuture<?>> keep) {
        this.plan = plan;
        this.state = state;
        this.alarms = alarms;
        this.ways = ways;
        this.clock = clock;
        this.roles = roles;
        this.keep = keep;
        var ruled = plan.pack().rules().stream().anyMatch(rule -> rule.id().equals(Plan.DRILL));
        this.drilling = new Drilling(ruled, state, this::begin);
    }

    /** Somebody asks for one at the page. */
    Optional<String> at(By by) {
        return Agent.refusal(asked(by.person(), by.strength(), drilling::atPage));
    }

    /** Somebody asks for one on the machine. */
    Told begin(Map<String, String> words) {
        var answer = asked(words.getOrDefault("by", ""), Strength.TAP, drilling::by);
        return switch (answer) {
            case Answer.Done _ -> new Told(ExitCode.OK, List.of(waits(words)));
            case Answer.Refused(var reason) ->
                    new Refusals(plan).told(reason, words, Optional.empty());
        };
    }

    private String waits(Map<String, String> words) {
        return wording(words)
                .line(
                        "drill.waits",
                        Map.of("minutes", String.valueOf(Condition.Drill.LASTS_MAX.toMinutes())));
    }

    private Wording wording(Map<String, String> words) {
        return Wording.in(words.getOrDefault("language", plan.site().language()));
    }

    private Answer asked(String id, Strength strength, Function<Person, Answer> how) {
        return roles.apply(id)
                .map(role -> how.apply(new Person(id, role, strength)))
                .orElseGet(() -> new Answer.Refused(Answer.Reason.NO_SUCH_PERSON));
    }

    /** Before it is kept: its alarm may be there with the same commit. */
    private synchronized CompletableFuture<?> begin(Fact fact) {
        if (course.filter(one -> !one.over()).isPresent()) {
            return CompletableFuture.failedFuture(new IllegalStateException("a drill runs"));
        }
        var person = ((Fact.Drilled) fact).person();
        course = Optional.of(new DrillCourse(plan, person, clock.now(), state.get().seq()));
        return keep.apply(fact);
    }

    /** What is new since so many hops; waits for it a while. */
    synchronized Told news(Map<String, String> words) {
        var known = Integer.parseInt(words.getOrDefault("known", "0"));
        var untilNs = clock.now().upNs() + NEWS_WITHIN.toNanos();
        try {
            for (var leftMs = NEWS_WITHIN.toMillis();
                    leftMs > 0 && course.filter(one -> one.isOld(known)).isPresent();
                    leftMs = TimeUnit.NANOSECONDS.toMillis(untilNs - clock.now().upNs())) {
                wait(leftMs);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        return course.map(one -> told(one, known, words))
                .orElseGet(() -> Told.refused("no drill since the agent has started"));
    }

    private Told told(DrillCourse one, int known, Map<String, String> words) {
        var wording = wording(words);
        var exit = !one.over() ? GOES_ON : one.passed() ? ExitCode.OK : ExitCode.CHECK_FAILED;
        return words.containsKey("json")
                ? new Told(exit, List.of(new DrillJson(plan.site().timeZone()).of(one, wording)))
                : new Told(exit, one.news(known).stream().map(hop -> line(hop, wording)).toList());
    }

    private static String line(Finding hop, Wording wording) {
        var mark =
                switch (hop.status()) {
                    case OK -> "ok  ";
                    case FAIL, WARN -> "FAIL";
                    case SKIPPED -> "-   ";
                };
        var line = mark + "  " + wording.title(hop) + ": " + wording.cause(hop);
        return wording.remedy(hop).map(words -> line + "; " + words).orElse(line);
    }

    /** The last one since the start, for the technician's page. */
    synchronized Optional<Seen> seen() {
        return course.map(one ->
                new Seen(
                        one.findings(),
                        one.over(),
                        one.passed(),
                        TimeUnit.NANOSECONDS.toMillis(clock.now().upNs() - one.asked().upNs())));
    }

    /** How the last one stands. */
    record Seen(List<Finding> hops, boolean over, boolean passed, long ageMs) {}

    /** An entry of a drill's alarm has come so far. */
    synchronized void onTheWay(String platform, long seq, OnTheWay way) {
        course.filter(one -> !one.over() && seq > one.afterSeq())
                .ifPresent(one -> {
                    one.onTheWay(platform, way, clock.now());
                    notifyAll();
                });
    }

    /** Everything of the state is committed. */
    synchronized void look(State now, Moment woken) {
        if (course.isEmpty() || course.get().over()) {
            return;
        }
        var one = course.get();
        if (now.seq() > one.lookedAt()) {
            var raised = one.alarm().isPresent();
            steps(one).forEach(entry -> one.step(entry, clock.now()));
            one.looked(now.seq());
            if (!raised && one.alarm().isPresent()) {
                ways.watch();
            }
        }
        one.seen(ways);
        if (isOver(one, woken)) {
            one.end(ways);
            var _ = keep.apply(new Fact.Drilled(Optional.of(one.ran()), one.person()));
        }
        notifyAll();
    }

    private Stream<Entry> steps(DrillCourse one) {
        return alarms.apply(one.lookedAt() + 1).stream();
    }

    private static boolean isOver(DrillCourse one, Moment now) {
        var runsNs = now.upNs() - one.asked().upNs();
        if (one.alarm().isEmpty()) {
            return runsNs >= RAISED_WITHIN.toNanos();
        }
        // Where the epoch has changed meanwhile its last step stands under other numbers.
        return (one.ended() && (one.everywhere() || runsNs >= PLATFORMS_WITHIN.toNanos()))
                || runsNs >= LASTS_MAX.toNanos();
    }
}
