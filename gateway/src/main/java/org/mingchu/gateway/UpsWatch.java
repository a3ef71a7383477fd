package org.mingchu.gateway;

import static java.nio.charset.StandardCharsets.US_ASCII;

import org.mingchu.config.Board;
import org.mingchu.config.Plan;
import org.mingchu.config.Quantity;
import org.mingchu.config.SensorPlan;
import org.mingchu.gateway.judge.EndCause;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.State;
import org.mingchu.gateway.show.Battery;
import org.mingchu.sensors.Clock;
import org.mingchu.sensors.Moment;
import org.mingchu.sensors.Reading;
import org.mingchu.sensors.kernel.PowerSupply;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Ends gateway and board in order before an empty battery ends them anyhow: a card that loses its
 * power in the middle of a write may not come back, and a platform that hears nothing cannot tell a
 * flat battery from a thief.
 *
 * <p>One bad reading ends nothing: the mains have to be gone for a minute without a break, and the
 * charge has to be low {@link #LOW_LEAST} times in a row. Then it is recorded and published, the
 * platforms get {@link #TOLD_WITHIN} to hear it, and a file asks the system to switch the board
 * off: this program may not do that itself. Mains that come back before that call it off.
 *
 * <p>{@link #look} by one thread; the rest by any.
 */
final class UpsWatch implements AutoCloseable {
    /** Between two readings that count. */
    static final Duration EVERY = Duration.ofSeconds(10);

    /** Readings in a row that say the battery is low. */
    static final int LOW_LEAST = 3;

    /** The mains are gone for so long, without a break. */
    static final Duration LOST_LEAST = Duration.ofMinutes(1);

    /** How long platforms may take to hear it: two tries of a slow link. */
    static final Duration TOLD_WITHIN = Duration.ofSeconds(20);

    /** How long the system may take to begin its end; then it will not. */
    static final Duration ENDED_WITHIN = Duration.ofMinutes(2);

    /** The file that asks for the end, in the folder that a boot empties. */
    static final String REQUEST = "poweroff";

    private static final Duration LOOK_EVERY = Duration.ofSeconds(2);
    private static final Logger LOG = LoggerFactory.getLogger(UpsWatch.class);

    private final Board.Ups ups;
    private final World world;
    private final Clock clock;
    private final ScheduledThreadPoolExecutor thread =
            new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().name("ups").factory());
    private volatile Phase phase = Phase.MAINS;
    private volatile OptionalInt percent = OptionalInt.empty();
    private volatile Optional<String> reason = Optional.empty();
    private Optional<Moment> readAt = Optional.empty();
    private Optional<Moment> lostSince = Optional.empty();
    private Optional<Moment> phaseSince = Optional.empty();
    private int low;

    private enum Phase {
        MAINS,
        BATTERY,
        /** It is said, and the platforms are to hear it. */
        SAYING,
        /** The system is asked. */
        ASKED
    }

    /** What a contact says of the mains. */
    enum Mains {
        THERE,
        LOST,
        /** There is no contact, or it is silent. */
        UNTOLD
    }

    /**
     * What it sees and does.
     *
     * @param charge the battery, as the kernel shows it
     * @param mains the site's contacts
     * @param say hands a fact to the house
     * @param told whether every platform has all that is to be told at once
     * @param changed there is something new to show
     * @param will leaves for the next start why this life ends
     * @param runtime takes {@link #REQUEST}; absent where nobody could heed it
     */
    record World(
            Supplier<PowerSupply.Charge> charge,
            Supplier<Mains> mains,
            Consumer<Fact> say,
            BooleanSupplier told,
            Runnable changed,
            Consumer<String> will,
            Optional<Path> runtime) {}

    UpsWatch(Board.Ups ups, World world, Clock clock) {
        this.ups = ups;
        this.world = world;
        this.clock = clock;
    }

    /** What the contacts of the site say of the mains: all of them have to miss them. */
    static Mains mains(Plan plan, State state) {
        var said =
                plan.site().units().stream()
                        .flatMap(unit -> unit.sensors().stream())
                        .filter(sensor -> sensor.measures() == Quantity.MAINS)
                        .map(sensor -> said(sensor, state))
                        .distinct()
                        .toList();
        if (said.contains(Mains.THERE)) {
            return Mains.THERE;
        }
        return said.size() == 1 ? said.getFirst() : Mains.UNTOLD;
    }

    private static Mains said(SensorPlan contact, State state) {
        return Optional.ofNullable(state.heard().get(contact.id()))
                .map(State.Heard::latest)
                .filter(Reading.Measured.class::isInstance)
                .map(reading ->
                        ((Reading.Measured) reading).milli() == 0 ? Mains.THERE : Mains.LOST)
                .orElse(Mains.UNTOLD);
    }

    void start() {
        var _ =
                thread.scheduleWithFixedDelay(
                        this::guarded, 0, LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** A mistake here must not end the looking. */
    private void guarded() {
        try {
            look();
        } catch (RuntimeException mistake) {
            LOG.error("event=ups-unwatched", mistake);
        }
    }

    /** Why the program ends, once it has asked for that itself. */
    Optional<String> reason() {
        return reason;
    }

    /** How it stands, for the page; empty while the mains are there. */
    Optional<Battery> battery() {
        var stage =
                switch (phase) {
                    case MAINS -> Optional.<Battery.Stage>empty();
                    case BATTERY -> Optional.of(Battery.Stage.DRAWN);
                    case SAYING, ASKED -> Optional.of(Battery.Stage.STOPPING);
                };
        return stage.map(now -> new Battery(now, percent, ups.stopAtPercent()));
    }

    void look() {
        var now = clock.now();
        switch (phase) {
            case MAINS, BATTERY -> {
                if (readAt.filter(at -> within(at, now, EVERY)).isEmpty()) {
                    readAt = Optional.of(now);
                    read(now);
                }
            }
            case SAYING -> {
                if (!lost(world.charge().get())) {
                    callOff(now);
                } else if (world.told().getAsBoolean() || !within(since(now), now, TOLD_WITHIN)) {
                    ask(now);
                }
            }
            case ASKED -> {
                if (!within(since(now), now, ENDED_WITHIN)) {
                    LOG.error(
                            "event=poweroff-unheard remedy=\"systemctl status"
                                    + " mingchu-poweroff.path\"");
                    withdraw();
                    enter(Phase.BATTERY, now);
                }
            }
        }
    }

    private void read(Moment now) {
        var charge = world.charge().get();
        var before = percent;
        percent = charge.percent();
        if (!lost(charge)) {
            lostSince = Optional.empty();
            low = 0;
            enter(Phase.MAINS, now);
            return;
        }
        lostSince = lostSince.or(() -> Optional.of(now));
        enter(Phase.BATTERY, now);
        if (!percent.equals(before)) {
            world.changed().run();
        }
        // What cannot be read is no low charge, and no good one either.
        if (percent.isPresent()) {
            low = percent.getAsInt() <= ups.stopAtPercent() ? low + 1 : 0;
        }
        if (low >= LOW_LEAST && !within(lostSince.get(), now, LOST_LEAST)) {
            say(now);
        }
    }

    /** The battery itself knows best; where it does not say, the contacts do. */
    private boolean lost(PowerSupply.Charge charge) {
        return switch (charge.flow()) {
            case DRAWN -> true;
            case FED -> false;
            case UNTOLD -> world.mains().get() == Mains.LOST;
        };
    }

    private void say(Moment now) {
        var detail =
                "battery at %d %%, stop_at %d %%, no mains for %d min"
                        .formatted(
                                percent.orElse(0),
                                ups.stopAtPercent(),
                                minutes(lostSince.orElse(now), now));
        LOG.warn("event=stopping cause=battery detail=\"{}\"", detail);
        reason = Optional.of(detail);
        world.say().accept(new Fact.Stopping(Fact.Stop.BEGUN, EndCause.BATTERY, detail));
        enter(Phase.SAYING, now);
    }

    private void callOff(Moment now) {
        LOG.info("event=stop-called-off cause=mains-back");
        world.say()
                .accept(
                        new Fact.Stopping(
                                Fact.Stop.CALLED_OFF, EndCause.BATTERY, "the mains are back"));
        reason = Optional.empty();
        lostSince = Optional.empty();
        low = 0;
        enter(Phase.MAINS, now);
    }

    private void ask(Moment now) {
        if (world.runtime().isEmpty()) {
            LOG.error(
                    "event=poweroff-impossible cause=\"no RUNTIME_DIRECTORY\" remedy=\"run it as the"
                            + " package's unit\"");
        } else {
            try {
                var folder = Files.createDirectories(world.runtime().get());
                reason.ifPresent(world.will());
                Files.writeString(folder.resolve(REQUEST), "battery\n", US_ASCII);
                LOG.warn("event=poweroff-asked file={}", folder.resolve(REQUEST));
            } catch (IOException e) {
                LOG.error("event=poweroff-impossible cause=\"{}\"", e.getMessage());
            }
        }
        enter(Phase.ASKED, now);
    }

    private void withdraw() {
        reason = Optional.empty();
        lostSince = Optional.empty();
        low = 0;
        try {
            if (world.runtime().isPresent()) {
                Files.deleteIfExists(world.runtime().get().resolve(REQUEST));
            }
        } catch (IOException e) {
            LOG.error("event=poweroff-stays-asked cause=\"{}\"", e.getMessage());
        }
    }

    private void enter(Phase next, Moment now) {
        if (phase != next) {
            phase = next;
            phaseSince = Optional.of(now);
            world.changed().run();
        }
    }

    private Moment since(Moment now) {
        return phaseSince.orElse(now);
    }

    private static boolean within(Moment then, Moment now, Duration time) {
        return now.upNs() - then.upNs() < time.toNanos();
    }

    private static long minutes(Moment then, Moment now) {
        return TimeUnit.NANOSECONDS.toMinutes(now.upNs() - then.upNs());
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
