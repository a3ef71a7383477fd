package org.mingchu.gateway.show;

import org.mingchu.sensors.pi.Board;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * Drives buzzer and lamps: the alarm of record in the kitchen. Any thread may call; one thread of
 * its own sets the pins.
 *
 * <p>Green is the proof that the house lives: it changes only when {@link #blink} is called, so
 * that a house that hangs leaves it dark or steady.
 */
public final class Annunciator implements AutoCloseable {
    /** Longest time between two looks at the pattern; half the shortest tone. */
    static final Duration TICK = Duration.ofMillis(50);

    /** Every pin is set again this often, so that one that failed once comes back. */
    static final Duration REFRESH = Duration.ofSeconds(1);

    /** Shortest time between two changes of the green lamp: a slow blink. */
    static final Duration GREEN_HALF_PERIOD = Duration.ofSeconds(1);

    private static final Duration END = Duration.ofSeconds(2);
    private static final Logger LOG = LoggerFactory.getLogger(Annunciator.class);

    private final Optional<Board.Output> buzzer;
    private final Optional<Board.Output> red;
    private final Optional<Board.Output> amber;
    private final Optional<Board.Output> green;
    private final LongSupplier upNs;
    private final Thread driver;
    private volatile Said said;
    private volatile Green greenLamp;
    private final List<String> missing = new ArrayList<>();
    private volatile long testedUpNs;
    private volatile long litUpNs;
    private final AtomicReference<Driven> driven = new AtomicReference<>(Driven.UNWATCHED);
    private volatile boolean closed;

    /**
     * When lamp and buzzer were driven first since somebody began to watch; never where there is
     * none.
     *
     * @param sinceUpNs begun to watch
     * @param red the red lamp's pin was set on, nanoseconds of this boot
     * @param buzzer the same of the buzzer's
     */
    public record Driven(long sinceUpNs, OptionalLong red, OptionalLong buzzer) {
        private static final Driven UNWATCHED =
                new Driven(Long.MAX_VALUE, OptionalLong.empty(), OptionalLong.empty());

        private Driven set(boolean lit, boolean sounding, long nowNs) {
            return nowNs < sinceUpNs
                    ? this
                    : new Driven(
                            sinceUpNs,
                            red.isEmpty() && lit ? OptionalLong.of(nowNs) : red,
                            buzzer.isEmpty() && sounding ? OptionalLong.of(nowNs) : buzzer);
        }
    }

    private record Said(Signal signal, long soundSinceUpNs) {}

    private record Green(boolean on, long sinceUpNs) {}

    /**
     * Takes the pins and begins with all off. A pin that cannot be had is said in the log and left
     * out: a lamp must not cost the buzzer.
     *
     * @param pins those the site has; a site may have none
     * @param upNs a monotonic clock, in nanoseconds
     */
    public Annunciator(Board board, org.mingchu.config.Annunciator pins, LongSupplier upNs) {
        this.buzzer = output(board, "buzzer", pins.buzzer());
        this.red = output(board, "red", pins.red());
        this.amber = output(board, "amber", pins.amber());
        this.green = output(board, "green", pins.green());
        this.upNs = upNs;
        this.said = new Said(Signal.QUIET, upNs.getAsLong());
        this.greenLamp = new Green(false, upNs.getAsLong() - GREEN_HALF_PERIOD.toNanos());
        this.testedUpNs = upNs.getAsLong() - Lamps.TEST_LENGTH.toNanos();
        this.litUpNs = testedUpNs;
        this.driver = Thread.ofPlatform().name("annunciator").daemon().start(this::drive);
    }

    /** Says this from now on; the pins follow within 0.2 s. One caller: the house. */
    public void show(Signal signal) {
        var before = said;
        var same = before.signal().sounding().equals(signal.sounding());
        said = new Said(signal, same ? before.soundSinceUpNs() : upNs.getAsLong());
        LockSupport.unpark(driver);
    }

    /** Sounds the buzzer once; false when there is none, or an alarm sounds. Any thread. */
    public boolean test() {
        if (buzzer.isEmpty() || said.signal().sounding().isPresent()) {
            return false;
        }
        testedUpNs = upNs.getAsLong();
        LockSupport.unpark(driver);
        return true;
    }

    /** Lights both lamps for the length of a test; an alarm that sounds goes on. Any thread. */
    public void light() {
        litUpNs = upNs.getAsLong();
        LockSupport.unpark(driver);
    }

    /** Begins to watch when the pins are set on. Any thread. */
    public void watch() {
        driven.set(new Driven(upNs.getAsLong(), OptionalLong.empty(), OptionalLong.empty()));
    }

    /** What was driven since {@link #watch}. Any thread. */
    public Driven driven() {
        return driven.get();
    }

    /** Lamps and buzzer of the site that the board does not give, as the site file calls them. */
    public List<String> missing() {
        return List.copyOf(missing);
    }

    /** The house has kept something: green changes, at most once a second. One caller. */
    public void blink() {
        var now = upNs.getAsLong();
        if (now - greenLamp.sinceUpNs() >= GREEN_HALF_PERIOD.toNanos()) {
            greenLamp = new Green(!greenLamp.on(), now);
            LockSupport.unpark(driver);
        }
    }

    /** Ends the driver and sets everything off, also when the driver hangs in a pin. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(driver);
        try {
            driver.join(END);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        set(Lamps.OFF, false);
    }

    private Optional<Board.Output> output(Board board, String name, OptionalInt bcm) {
        try {
            return bcm.isPresent() ? Optional.of(board.output(bcm.getAsInt())) : Optional.empty();
        } catch (Board.BoardException e) {
            LOG.error("event=annunciator-pin-missing {}", e.getMessage());
            missing.add(name);
            return Optional.empty();
        }
    }

    private void drive() {
        var last = Lamps.OFF;
        var lastGreen = false;
        var refreshedUpNs = upNs.getAsLong();
        while (!closed) {
            var now = upNs.getAsLong();
            var lamps =
                    Lamps.at(said.signal(), now - said.soundSinceUpNs())
                            .tested(said.signal(), now - testedUpNs);
            if (now - litUpNs < Lamps.TEST_LENGTH.toNanos()) {
                lamps = lamps.lit();
            }
            var greenOn = greenLamp.on();
            var stale = now - refreshedUpNs >= REFRESH.toNanos();
            if (stale || !lamps.equals(last) || greenOn != lastGreen) {
                guardedSet(lamps, greenOn);
                last = lamps;
                lastGreen = greenOn;
                refreshedUpNs = now;
            }
            LockSupport.parkNanos(this, TICK.toNanos());
        }
    }

    /** The loop's one guard: a pin that fails must not end the buzzer. */
    private void guardedSet(Lamps lamps, boolean greenOn) {
        try {
            set(lamps, greenOn);
            var red = this.red.isPresent() && lamps.red();
            var sound = buzzer.isPresent() && lamps.buzzer();
            driven.updateAndGet(was -> was.set(red, sound, upNs.getAsLong()));
        } catch (RuntimeException e) {
            LOG.error("event=annunciator.failed", e);
        }
    }

    private void set(Lamps lamps, boolean greenOn) {
        buzzer.ifPresent(pin -> pin.set(lamps.buzzer()));
        red.ifPresent(pin -> pin.set(lamps.red()));
        amber.ifPresent(pin -> pin.set(lamps.amber()));
        green.ifPresent(pin -> pin.set(greenOn));
    }
}
