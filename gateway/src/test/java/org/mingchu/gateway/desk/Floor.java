package org.mingchu.gateway.desk;

import org.mingchu.config.Checked;
import org.mingchu.config.Plan;
import org.mingchu.config.PlanReader;
import org.mingchu.config.Quantity;
import org.mingchu.config.SensorPlan;
import org.mingchu.config.Unit;
import org.mingchu.gateway.judge.Entry;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.Judge;
import org.mingchu.gateway.judge.Role;
import org.mingchu.gateway.judge.State;
import org.mingchu.gateway.judge.Verdict;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Moment;
import org.mingchu.sensors.Reading;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** A kitchen with its real judge: what is kept is judged, and what is decided is kept. */
public final class Floor {
    private static final String EPOCH = "9f2c61d07b3a4e55";
    private static final long BEGAN_MS = 1_795_405_200_000L;
    private static final String DOOR = "  [[unit.sensor]]\n  id = \"cold-1-door\"";
    private static final String SMOKE =
            """
              [[unit.sensor]]
              id = "cold-1-smoke"
              measures = "smoke"
              source = "gpio:5"

            """;
    private static final String BUZZER =
            """
            [annunciator]
            buzzer = "gpio:22"
            """;
    private static final String CAMERA =
            """

            [[camera]]
            id = "cam-1"
            name = "热加工间"
            rtsp = "rtsp://192.168.1.60/stream2"
            snapshot = "http://192.168.1.60/snap.jpg"
            """;

    private static final Map<String, Role> PEOPLE =
            Map.of(
                    "p-01", Role.MANAGER,
                    "p-02", Role.SAFETY_OFFICER,
                    "p-03", Role.STAFF,
                    "p-04", Role.VOLUNTEER,
                    "p-05", Role.TECHNICIAN,
                    "p-09", Role.INSPECTOR);

    private final Plan plan;
    private final Judge judge;
    private final List<Fact> kept = new ArrayList<>();
    private State state;
    private String boot = "2f0c7b9e";
    private Duration up = Duration.ofHours(1);
    private long wallMs = BEGAN_MS;
    private ClockState trust = ClockState.SYNCED;
    private long seq;

    /**
     * The kitchen of the films, with a smoke detector in its first cold store and a camera.
     *
     * @param folder for its site file
     */
    public Floor(Path folder) {
        this(folder, film -> film);
    }

    private Floor(Path folder, UnaryOperator<String> site) {
        plan = plan(folder.resolve("site.toml"), site);
        judge = new Judge(plan);
        state = judge.begin(EPOCH);
        judged(new Fact.Started("test", false));
    }

    /** The same with a buzzer, and with no platform that it could lose. */
    public static Floor withBuzzer(Path folder) {
        return new Floor(folder, film -> film.substring(0, film.indexOf("[[platform]]")) + BUZZER);
    }

    private static Plan plan(Path file, UnaryOperator<String> site) {
        try {
            var film =
                    site.apply(
                            Files.readString(
                                    Path.of("src", "test", "resources", "film", "site.toml")));
            if (!film.contains(DOOR)) {
                throw new AssertionError("the film's site file has another door: " + film);
            }
            Files.writeString(file, film.replace(DOOR, SMOKE + DOOR) + CAMERA);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return switch (PlanReader.read(file, Path.of("src", "main", "etc", "rules"))) {
            case Checked.Good<Plan>(var good, _) -> good;
            case Checked.Bad<Plan>(var problems) -> throw new AssertionError(problems);
        };
    }

    /** The desk over it, each fact of which is kept at once. */
    public Acts acts() {
        return acts(fact -> {
            kept.add(fact);
            judged(fact);
            return CompletableFuture.completedFuture(1L);
        });
    }

    public Acts acts(Function<Fact, CompletableFuture<?>> keep) {
        var units = plan.site().units().stream().map(Unit::id).collect(Collectors.toSet());
        var sensors =
                plan.site().units().stream()
                        .flatMap(unit -> unit.sensors().stream())
                        .map(SensorPlan::id)
                        .collect(Collectors.toCollection(HashSet::new));
        plan.site().video().eyes().forEach(eye -> sensors.add(eye.subject()));
        return new Acts(
                this::state,
                Floor::role,
                new Acts.Site(units, sensors),
                new Acts.Checks(
                        done -> judge.refuses(done, now()),
                        judge::refuses,
                        judge::follows,
                        this::now),
                keep);
    }

    /** The desk where alarms are taken. */
    public Desk desk() {
        return new Desk(
                this::state,
                Floor::role,
                fact -> {
                    judged(fact);
                    return CompletableFuture.completedFuture(1L);
                });
    }

    private static Optional<Role> role(String person) {
        return Optional.ofNullable(PEOPLE.get(person));
    }

    /** What people have had kept. */
    public List<Fact> kept() {
        return List.copyOf(kept);
    }

    public State state() {
        return state;
    }

    public Plan plan() {
        return plan;
    }

    public Moment now() {
        return new Moment(boot, up.toNanos(), wallMs, trust, 10);
    }

    /** There is smoke, or none any more; half a minute goes by. */
    public Floor smoke(boolean there) {
        var milli = there ? 1_000 : 0;
        for (var i = 0; i < 3; i++) {
            judged(
                    new Fact.Round(
                            List.of(
                                    new Reading.Measured(
                                            "cold-1-smoke",
                                            Quantity.SMOKE,
                                            milli,
                                            milli,
                                            0,
                                            Set.of()))));
            passes(Duration.ofSeconds(10));
        }
        return this;
    }

    public Floor passes(Duration time) {
        up = up.plus(time);
        wallMs += time.toMillis();
        decided(judge.advance(state, now()));
        return this;
    }

    /** A cold unit says its temperature; then the power is away for nine hours. */
    public Floor powerFails() {
        air();
        boot = "next-boot";
        up = Duration.ofMinutes(1);
        wallMs += Duration.ofHours(9).toMillis();
        judged(new Fact.Started("test", false));
        return air();
    }

    private Floor air() {
        judged(
                new Fact.Round(
                        List.of(
                                new Reading.Measured(
                                        "cold-1-air",
                                        Quantity.TEMPERATURE,
                                        4_000,
                                        4_000,
                                        0,
                                        Set.of()))));
        return this;
    }

    /** The first cold store says a temperature, all else is well; a reading a minute. */
    public Floor air(long milli, Duration time) {
        for (var left = time; left.isPositive(); left = left.minusMinutes(1)) {
            judged(new Fact.Round(readings(milli)));
            passes(Duration.ofMinutes(1));
        }
        return this;
    }

    /** The first cold store's probe says nothing for so long, all else goes on. */
    public Floor silent(Duration time) {
        for (var left = time; left.isPositive(); left = left.minusMinutes(1)) {
            var rest =
                    readings(0).stream().filter(r -> !r.subject().startsWith("cold-1-")).toList();
            judged(new Fact.Round(rest));
            passes(Duration.ofMinutes(1));
        }
        return this;
    }

    private List<Reading> readings(long milli) {
        return plan.site().units().stream()
                .flatMap(unit ->
                        unit.sensors().stream()
                                .map(sensor -> reading(sensor, fine(unit, sensor, milli))))
                .toList();
    }

    private static Reading reading(SensorPlan sensor, long milli) {
        return new Reading.Measured(sensor.id(), sensor.measures(), milli, milli, 0, Set.of());
    }

    private static long fine(Unit unit, SensorPlan sensor, long milli) {
        if (sensor.measures() != Quantity.TEMPERATURE) {
            return 0;
        }
        return switch (unit.kind()) {
            case FREEZER -> -20_000;
            case HOT_HOLDING -> 70_000;
            default -> unit.id().equals("cold-1") ? milli : 4_000;
        };
    }

    /** The clock says 1970. */
    public Floor clockUnknown() {
        trust = ClockState.UNSYNCED;
        wallMs = 0;
        return this;
    }

    /** The id of the one alarm that is open. */
    public String alarm() {
        if (state.openAlarms().size() != 1) {
            throw new AssertionError("open: " + state.openAlarms());
        }
        return state.openAlarms().getFirst().id().toString();
    }

    /** The id of the open alarm of a rule. */
    public String alarmOf(String rule) {
        return state.openAlarms().stream()
                .filter(event -> event.rule().equals(rule))
                .findFirst()
                .orElseThrow()
                .id()
                .toString();
    }

    /** What somebody has kept is judged. */
    public void keeps(Fact fact) {
        judged(fact);
    }

    private void judged(Fact fact) {
        decided(judge.apply(state, entry(fact)));
    }

    private void decided(Verdict verdict) {
        state = verdict.state();
        verdict.decisions().forEach(decision -> state = judge.recall(state, entry(decision)));
    }

    private Entry entry(Fact fact) {
        seq++;
        return new Entry(EPOCH, seq, now(), fact);
    }
}
