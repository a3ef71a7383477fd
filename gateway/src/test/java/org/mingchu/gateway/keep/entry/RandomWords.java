package org.mingchu.gateway.keep.entry;

import org.mingchu.config.Attention;
import org.mingchu.config.CameraVerdict;
import org.mingchu.config.Priority;
import org.mingchu.config.Quantity;
import org.mingchu.gateway.judge.AccessEvent;
import org.mingchu.gateway.judge.AlarmChange;
import org.mingchu.gateway.judge.AlarmEvent;
import org.mingchu.gateway.judge.AlarmId;
import org.mingchu.gateway.judge.AlarmState;
import org.mingchu.gateway.judge.Doing;
import org.mingchu.gateway.judge.Duties;
import org.mingchu.gateway.judge.Effort;
import org.mingchu.gateway.judge.EndCause;
import org.mingchu.gateway.judge.Entry;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.Food;
import org.mingchu.gateway.judge.FoodClock;
import org.mingchu.gateway.judge.GapCause;
import org.mingchu.gateway.judge.Habit;
import org.mingchu.gateway.judge.Lane;
import org.mingchu.gateway.judge.LinkState;
import org.mingchu.gateway.judge.Person;
import org.mingchu.gateway.judge.Remedy;
import org.mingchu.gateway.judge.Role;
import org.mingchu.gateway.judge.SeqRange;
import org.mingchu.gateway.judge.State;
import org.mingchu.gateway.judge.StorageState;
import org.mingchu.gateway.judge.Strength;
import org.mingchu.gateway.judge.Trace;
import org.mingchu.gateway.judge.Warming;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Fault;
import org.mingchu.sensors.Flag;
import org.mingchu.sensors.Moment;
import org.mingchu.sensors.Reading;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Everything the house can say, drawn from a seed: edges more often than the middle. */
public final class RandomWords {
    private static final long[] EDGES = {
        0, 1, 23, 24, 255, 256, 65_535, 65_536, 0xffff_ffffL, 0x1_0000_0000L, Long.MAX_VALUE - 1
    };
    private static final String[] TEXTS = {
        "",
        "a",
        "freezer-1-air",
        "冷冻温度应 ≤ -12 ℃",
        "🧊",
        "x".repeat(23),
        "x".repeat(24),
        "é".repeat(200)
    };

    private final RandomGenerator chance;

    public RandomWords(RandomGenerator chance) {
        this.chance = chance;
    }

    public Fact fact(int kind) {
        return switch (kind) {
            case 1 -> new Fact.EpochBegan(maybe(this::text), text());
            case 2 -> new Fact.Started(text(), chance.nextBoolean());
            case 3 -> new Fact.PlanChanged(text(), text(), text(), text());
            case 4 -> new Fact.Round(some(20, this::reading));
            case 5 -> new Fact.Alarm(event());
            case 6 -> new Fact.Acknowledged(alarmId(), person(), maybe(this::text));
            case 7 -> new Fact.Silenced(number());
            case 8 -> new Fact.Link(text(), one(LinkState.values()), text());
            case 9 -> new Fact.Delivered(text(), some(5, this::range), some(3, this::rejection));
            case 10 -> new Fact.ClockSet(one(ClockState.values()), number(), error());
            case 11 ->
                    new Fact.Gap(
                            epoch(),
                            maybe(() -> one(Lane.values())),
                            range(),
                            positive(),
                            one(GapCause.values()),
                            maybe(this::moment),
                            maybe(this::moment));
            case 12 -> new Fact.CarriedAlarm(epoch(), positive(), event());
            case 13 -> new Fact.CarriedCheckpoint(epoch(), positive(), text());
            case 14 -> rekeyed(new Fact.Round(some(20, this::reading)));
            case 15 -> rekeyed(new Fact.Alarm(event()));
            case 16 -> new Fact.Checkpointed(text());
            case 17 -> new Fact.Receipted(text(), text());
            case 18 -> new Fact.HoldPlaced(text(), number(), number(), text(), person());
            case 19 -> new Fact.HoldReleased(text(), text(), person());
            case 20 -> new Fact.Corrected(epoch(), positive(), text(), person());
            case 21 -> new Fact.Storage(one(StorageState.values()), text());
            case 22 -> new Fact.Warmed(text(), warming());
            case 23 ->
                    new Fact.Done(
                            text(),
                            one(Doing.values()),
                            number(),
                            number(),
                            text(),
                            maybe(this::text),
                            person());
            case 24 ->
                    new Fact.Shelved(alarmId(), number(), chance.nextBoolean(), text(), person());
            case 25 -> new Fact.Unshelved(alarmId(), person());
            case 26 -> new Fact.Serviced(text(), chance.nextBoolean(), number(), text(), person());
            case 27 -> new Fact.Checked(text(), chance.nextBoolean(), text(), person());
            case 28 -> new Fact.Reset(alarmId(), person(), text());
            case 29 -> new Fact.Access(one(AccessEvent.values()), maybe(this::text));
            case 30 -> new Fact.Relearned(text(), text(), person());
            case 31 -> new Fact.Remedied(alarmId(), remedy(), person());
            case 32 -> new Fact.Verified(alarmId(), text(), person());
            case 33 -> new Fact.Reviewed(number(), chance.nextBoolean(), person());
            case 34 -> new Fact.BuzzerTested(chance.nextBoolean(), maybe(this::person));
            case 35 -> new Fact.HandRead(text(), number(), person());
            case 36 -> new Fact.SelfTested(some(5, this::step), person());
            case 37 ->
                    new Fact.Drilled(
                            chance.nextBoolean() ? Optional.of(ran()) : Optional.empty(), person());
            case 38 ->
                    new Fact.Commissioned(
                            HexFormat.of().formatHex(hash()),
                            text(),
                            some(4, () -> new Fact.Item(text(), text())),
                            person());
            case 39 -> new Fact.PlacePictured(text(), text(), positive(), person());
            case 40 ->
                    new Fact.BatchBegan(
                            text(),
                            text(),
                            person(),
                            chance.nextBoolean() ? 0 : chance.nextLong(100_000_000),
                            some(3, this::earlier));
            case 41 -> new Fact.BatchEnded(text(), person());
            case 42 -> new Fact.BatchJudged(text(), text(), moment(), some(3, this::finding));
            case 43 -> new Fact.Cycled(text(), text(), cycle());
            case 44 -> new Fact.Restarted(one(EndCause.values()), text());
            case 45 -> new Fact.Stopping(one(Fact.Stop.values()), one(EndCause.values()), text());
            default -> throw new AssertionError(kind);
        };
    }

    private Fact.Earlier earlier() {
        return new Fact.Earlier(chance.nextLong(100_000_000), number(), chance.nextBoolean());
    }

    private byte[] hash() {
        var bytes = new byte[32];
        chance.nextBytes(bytes);
        return bytes;
    }

    private Fact.Ran ran() {
        return new Fact.Ran(maybe(this::alarmId), moment(), some(5, this::hop));
    }

    private Fact.Hop hop() {
        return new Fact.Hop(
                text(),
                text(),
                one(Fact.Result.values()),
                chance.nextBoolean() ? OptionalLong.of(number()) : OptionalLong.empty(),
                text());
    }

    private Fact.Step step() {
        return new Fact.Step(text(), text(), one(Fact.Result.values()), text());
    }

    private Fact.Finding finding() {
        return new Fact.Finding(text(), one(Fact.Outcome.values()), number(), unseen());
    }

    private FoodClock.Unseen unseen() {
        return new FoodClock.Unseen(number(), number());
    }

    private FoodClock.Cycle cycle() {
        return new FoodClock.Cycle(
                moment(), number(), number(), number(), number(), unseen(), chance.nextBoolean());
    }

    private Food food() {
        Map<State.Key, FoodClock> clocks = new HashMap<>();
        for (var i = chance.nextInt(5); i > 0; i--) {
            clocks.put(new State.Key("s" + chance.nextInt(3), text()), foodClock());
        }
        return new Food(
                clocks,
                named(() -> new Food.Batch(text(), moment(), person(), named(this::foodClock))));
    }

    private FoodClock foodClock() {
        return switch (chance.nextInt(4)) {
            case 0 ->
                    new FoodClock.Count(
                            moment(),
                            chance.nextBoolean(),
                            number(),
                            number(),
                            unseen(),
                            some(4, () -> new FoodClock.Span(number(), number())),
                            some(
                                    3,
                                    () ->
                                            new FoodClock.Hole(
                                                    moment(),
                                                    number(),
                                                    number(),
                                                    chance.nextBoolean())));
            case 1 ->
                    new FoodClock.Cool(
                            moment(),
                            number(),
                            number(),
                            number(),
                            chance.nextBoolean(),
                            chance.nextBoolean(),
                            unseen(),
                            some(4, () -> new FoodClock.Point(number(), number())));
            case 2 ->
                    new FoodClock.Run(
                            maybe(this::going),
                            maybe(this::cycle),
                            maybe(this::moment),
                            chance.nextBoolean());
            default ->
                    new FoodClock.Still(
                            some(4, () -> new FoodClock.Taken(moment(), number())),
                            maybe(this::moment));
        };
    }

    private FoodClock.Going going() {
        return new FoodClock.Going(
                moment(),
                moment(),
                maybe(() -> new FoodClock.Hold(number(), number())),
                maybe(() -> new FoodClock.Hold(number(), number())),
                number(),
                unseen());
    }

    private Fact rekeyed(Fact fact) {
        return new Fact.Rekeyed(new Entry(epoch(), positive(), moment(), fact));
    }

    private String epoch() {
        return HexFormat.of().toHexDigits(chance.nextLong());
    }

    public Moment moment() {
        var boot = chance.nextBoolean() ? uuid().toString() : text();
        return new Moment(boot, number(), number(), one(ClockState.values()), error());
    }

    public State state(String epoch, long seq) {
        Map<State.Key, State.Watching> watching = new HashMap<>();
        for (var i = chance.nextInt(5); i > 0; i--) {
            watching.put(
                    new State.Key("s" + chance.nextInt(3), text()),
                    new State.Watching(
                            maybe(this::pending),
                            maybe(() -> new State.Open(event(), moment(), moment(), moment())),
                            maybe(this::pending),
                            maybe(() -> new State.Settling(event(), moment()))));
        }
        return new State(
                epoch,
                seq,
                maybe(this::moment),
                named(this::heard),
                named(this::trace),
                watching,
                named(() -> new State.LinkView(one(LinkState.values()), text(), moment())),
                named(() ->
                        new State.Doubt(
                                moment(),
                                moment(),
                                OptionalLong.of(number()),
                                OptionalLong.empty(),
                                chance.nextBoolean(),
                                maybe(this::moment))),
                named(this::act),
                named(() -> new State.Service(moment(), number(), text(), person())),
                Map.of(alarmId(), new State.Shelf(moment(), number(), chance.nextBoolean())),
                food(),
                duties(),
                maybe(this::moment));
    }

    private Remedy remedy() {
        return new Remedy(
                one(Remedy.Cause.values()),
                one(Remedy.Action.values()),
                one(Remedy.Fate.values()),
                chance.nextBoolean() ? OptionalLong.of(number()) : OptionalLong.empty(),
                maybe(this::text),
                text(),
                chance.nextBoolean() ? OptionalLong.of(number()) : OptionalLong.empty());
    }

    private Duties duties() {
        Map<AlarmId, Duties.Case> cases = new HashMap<>();
        for (var i = chance.nextInt(5); i > 0; i--) {
            cases.put(
                    alarmId(),
                    new Duties.Case(
                            text(),
                            maybe(this::text),
                            text(),
                            one(Priority.values()),
                            moment(),
                            maybe(this::moment),
                            maybe(() -> new Duties.Done(remedy(), person(), moment())),
                            chance.nextBoolean(),
                            chance.nextBoolean()));
        }
        return new Duties(
                cases,
                maybe(this::moment),
                maybe(() -> new Duties.BuzzerTest(chance.nextBoolean(), moment())),
                named(() -> new Duties.ByHand(number(), person(), moment())));
    }

    private State.Act act() {
        return new State.Act(
                one(Doing.values()),
                moment(),
                number(),
                number(),
                text(),
                person(),
                maybe(this::moment),
                maybe(this::moment));
    }

    private Trace trace() {
        return new Trace(maybe(this::now), some(4, this::warming), maybe(this::habit));
    }

    private Trace.Now now() {
        return new Trace.Now(
                moment(),
                number(),
                moment(),
                number(),
                number(),
                number(),
                new Trace.Swing(
                        chance.nextBoolean(), number(), moment(), number(), moment(), moment()),
                Trace.Usual.of(some(64, () -> new Trace.Rise(number(), number(), number()))),
                some(11, this::number),
                maybe(this::swell),
                maybe(this::warming),
                maybe(this::moment),
                effort());
    }

    private Effort effort() {
        return new Effort(
                number(),
                number(),
                number(),
                number(),
                chance.nextInt(4),
                maybe(this::day),
                some(28, this::day));
    }

    private Effort.Day day() {
        return new Effort.Day(chance.nextInt(1001), number());
    }

    private Trace.Swell swell() {
        return new Trace.Swell(
                moment(), number(), moment(), some(9, this::number), number(), number());
    }

    private Warming warming() {
        return new Warming(moment(), number(), number(), number(), some(9, this::number));
    }

    private Habit habit() {
        return new Habit(
                some(9, this::number),
                some(9, this::number),
                number(),
                number(),
                number(),
                some(3, () -> chance.nextInt(1440)),
                chance.nextInt(33),
                moment());
    }

    private State.Heard heard() {
        return new State.Heard(
                reading(), moment(), positive(), maybe(this::reading), maybe(this::moment));
    }

    private State.Pending pending() {
        return new State.Pending(moment(), moment(), positive(), positive(), number());
    }

    private <T> Map<String, T> named(Supplier<T> supplier) {
        Map<String, T> map = new HashMap<>();
        for (var i = chance.nextInt(6); i > 0; i--) {
            map.put(text() + i, supplier.get());
        }
        return map;
    }

    public Reading reading() {
        return switch (chance.nextInt(3)) {
            case 0 ->
                    new Reading.Measured(
                            text(), one(Quantity.values()), number(), number(), number(), flags());
            case 1 -> new Reading.Seen(text(), one(CameraVerdict.values()), number());
            default -> new Reading.Silent(text(), one(Fault.values()), text());
        };
    }

    private EnumSet<Flag> flags() {
        var flags = EnumSet.noneOf(Flag.class);
        for (var flag : Flag.values()) {
            if (chance.nextBoolean()) {
                flags.add(flag);
            }
        }
        return flags;
    }

    public AlarmEvent event() {
        return new AlarmEvent(
                alarmId(),
                text(),
                maybe(this::text),
                text(),
                text(),
                text(),
                chance.nextBoolean(),
                maybe(this::text),
                one(Priority.values()),
                one(Attention.values()),
                one(AlarmChange.values()),
                one(AlarmState.values()),
                maybeNumber(),
                maybeNumber(),
                maybe(this::text),
                moment(),
                range(),
                maybe(this::person),
                maybe(this::text),
                maybe(this::alarmId),
                chance.nextBoolean() ? OptionalLong.of(number()) : OptionalLong.empty());
    }

    private AlarmId alarmId() {
        return new AlarmId(uuid());
    }

    private UUID uuid() {
        return new UUID(chance.nextLong(), chance.nextLong());
    }

    private Person person() {
        return new Person(text(), one(Role.values()), one(Strength.values()));
    }

    public SeqRange range() {
        var from = positive();
        return new SeqRange(from, from + chance.nextLong(Long.MAX_VALUE - from + 1));
    }

    private Fact.Rejection rejection() {
        return new Fact.Rejection(positive(), text());
    }

    private long error() {
        return chance.nextBoolean() ? Moment.ERROR_UNKNOWN_MS : Math.abs(number() / 2);
    }

    private long positive() {
        return Math.max(1, EDGES[chance.nextInt(EDGES.length)]);
    }

    private long number() {
        var edge = EDGES[chance.nextInt(EDGES.length)];
        return switch (chance.nextInt(3)) {
            case 0 -> edge;
            case 1 -> ~edge;
            default -> chance.nextLong() >> chance.nextInt(64);
        };
    }

    private OptionalLong maybeNumber() {
        return chance.nextBoolean() ? OptionalLong.of(number()) : OptionalLong.empty();
    }

    private String text() {
        return TEXTS[chance.nextInt(TEXTS.length)];
    }

    private <T> Optional<T> maybe(Supplier<T> supplier) {
        return chance.nextBoolean() ? Optional.of(supplier.get()) : Optional.empty();
    }

    private <T> List<T> some(int most, Supplier<T> supplier) {
        var list = new ArrayList<T>();
        for (var i = chance.nextInt(most + 1); i > 0; i--) {
            list.add(supplier.get());
        }
        return list;
    }

    private <T> T one(T[] all) {
        return all[chance.nextInt(all.length)];
    }
}
