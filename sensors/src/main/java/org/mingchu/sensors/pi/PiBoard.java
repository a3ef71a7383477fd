package org.mingchu.sensors.pi;

import com.pi4j.Pi4J;
import com.pi4j.context.Context;
import com.pi4j.io.gpio.digital.DigitalInput;
import com.pi4j.io.gpio.digital.DigitalOutput;
import com.pi4j.io.gpio.digital.DigitalState;
import com.pi4j.io.gpio.digital.PullResistance;
import com.pi4j.plugin.gpiod.provider.gpio.digital.GpioDDigitalInputProvider;
import com.pi4j.plugin.gpiod.provider.gpio.digital.GpioDDigitalOutputProvider;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The header of a Raspberry Pi through Pi4J; the only class that names it. The gpiod plugin finds
 * the header's chip by its label, {@code pinctrl…}, because its number changes with the kernel.
 * Providers are named, not detected: a stray plugin on the class path must not decide who moves the
 * buzzer. The board is opened at the first pin, and again at each later one until that works.
 */
public final class PiBoard implements Board {
    private static final Logger LOG = LoggerFactory.getLogger(PiBoard.class);

    /** A reed contact bounces for 5 to 30 ms. */
    private static final long DEBOUNCE_US = TimeUnit.MILLISECONDS.toMicros(30);

    private static final String REMEDY =
            "; is this a Raspberry Pi, is /dev/gpiochip* readable for this user (group gpio), and"
                    + " does no other program hold the pin (gpioinfo)?";

    private final Supplier<Context> contexts;
    private Optional<Context> open = Optional.empty();
    private boolean closed;

    public PiBoard() {
        this(PiBoard::gpiod);
    }

    /**
     * @param contexts makes a Pi4J context with a digital input and a digital output provider
     */
    PiBoard(Supplier<Context> contexts) {
        this.contexts = contexts;
    }

    /** Without Pi4J's own shutdown hook: whoever owns the board closes it, in his order. */
    private static Context gpiod() {
        return Pi4J.newContextBuilder()
                .noAutoDetect()
                .disableShutdownHook()
                .add(
                        GpioDDigitalInputProvider.newInstance(),
                        GpioDDigitalOutputProvider.newInstance())
                .build();
    }

    @Override
    public synchronized Input input(int bcm, Consumer<Boolean> changed) {
        var pin = create(bcm, context -> inputPin(context, bcm));
        pin.addListener(event -> changed.accept(event.state().isHigh()));
        return () -> high(pin, bcm);
    }

    private static DigitalInput inputPin(Context context, int bcm) {
        return context.create(
                DigitalInput.newConfigBuilder(context)
                        .id("in-" + bcm)
                        .address(bcm)
                        .pull(PullResistance.PULL_UP)
                        .debounce(DEBOUNCE_US)
                        .build());
    }

    private synchronized boolean high(DigitalInput pin, int bcm) {
        try {
            checkOpen();
            return pin.isHigh();
        } catch (RuntimeException e) {
            throw failed(bcm, e);
        }
    }

    /** A pin of a closed chip is memory that has been given back: it must not be touched. */
    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("the board is closed");
        }
    }

    private synchronized void set(DigitalOutput pin, boolean high) {
        checkOpen();
        pin.setState(high);
    }

    @Override
    public synchronized Output output(int bcm) {
        return new Pin(bcm, create(bcm, context -> outputPin(context, bcm)));
    }

    /** Low at first and low at the end: nobody may be left with a buzzer that does not stop. */
    private static DigitalOutput outputPin(Context context, int bcm) {
        return context.create(
                DigitalOutput.newConfigBuilder(context)
                        .id("out-" + bcm)
                        .address(bcm)
                        .initial(DigitalState.LOW)
                        .shutdown(DigitalState.LOW)
                        .build());
    }

    private <P> P create(int bcm, Function<Context, P> maker) {
        checkOpen();
        try {
            if (open.isEmpty()) {
                open = Optional.of(contexts.get());
            }
            return maker.apply(open.orElseThrow());
        } catch (RuntimeException | LinkageError e) {
            throw failed(bcm, e);
        }
    }

    private static BoardException failed(int bcm, Throwable e) {
        return new BoardException("gpio:" + bcm + ": " + e.getMessage() + REMEDY, e);
    }

    /** Pi4J puts each output at its shutdown level. */
    @Override
    public synchronized void close() {
        closed = true;
        open.ifPresent(PiBoard::shutdown);
        open = Optional.empty();
    }

    private static void shutdown(Context context) {
        try {
            context.shutdown();
        } catch (RuntimeException e) {
            LOG.error("event=board-close-failed cause=\"{}\"", e.getMessage());
        }
    }

    /** An output that a fault of the pin never stops. */
    private final class Pin implements Output {
        private final int bcm;
        private final DigitalOutput pin;
        private final AtomicBoolean failing = new AtomicBoolean();

        Pin(int bcm, DigitalOutput pin) {
            this.bcm = bcm;
            this.pin = pin;
        }

        @Override
        public void set(boolean high) {
            try {
                PiBoard.this.set(pin, high);
                failing.set(false);
            } catch (RuntimeException e) {
                if (failing.compareAndSet(false, true)) {
                    LOG.error("event=pin-failed pin=gpio:{} cause=\"{}\"", bcm, e.getMessage());
                }
            }
        }
    }
}
