package org.mingchu.sensors.coap;

import org.mingchu.sensors.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * One listener, and the eye kept on it: what is asked for in vain is opened again, and so is what
 * could not be opened before. {@link #watch} from one thread at a time; the rest from any.
 */
final class Listener {
    private static final Logger LOG = LoggerFactory.getLogger(Listener.class);

    private final String name;
    private final Opener opener;
    private final Prober prober;
    private final Clock clock;
    private InetSocketAddress last;
    private Optional<Opened> opened = Optional.empty();
    private Health.State state = Health.State.DOWN;
    private String detail = "not opened yet";
    private long sinceNs;
    private long restarts;
    private boolean closed;

    /** Opens sockets. */
    @FunctionalInterface
    interface Opener {
        Opened open(InetSocketAddress address) throws IOException;
    }

    /** Asks a listener as a probe would. */
    @FunctionalInterface
    interface Prober {
        /** Why there was no answer; empty when there was one. */
        Optional<String> ask(Opened listener);
    }

    Listener(String name, InetSocketAddress wanted, Opener opener, Prober prober, Clock clock) {
        this.name = name;
        this.last = wanted;
        this.opener = opener;
        this.prober = prober;
        this.clock = clock;
        this.sinceNs = clock.now().upNs();
    }

    void open() {
        var at = address();
        try {
            take(opener.open(at));
            become(Health.State.UP, "");
        } catch (IOException e) {
            become(Health.State.DOWN, "cannot listen at " + at + ": " + e.getMessage());
        }
    }

    /** Where it listens; a free port that was found once is kept. */
    synchronized InetSocketAddress address() {
        opened.ifPresent(o -> last = o.address());
        return last;
    }

    synchronized Optional<Opened> opened() {
        return opened;
    }

    /** Asks it once, and opens it again when it does not answer. */
    void watch() {
        var failure = opened().map(prober::ask).orElse(Optional.of(health().detail()));
        if (failure.isEmpty()) {
            become(Health.State.UP, "");
            return;
        }
        become(Health.State.DOWN, failure.orElseThrow());
        reopen();
    }

    private void reopen() {
        var at = address();
        leave();
        synchronized (this) {
            restarts++;
        }
        try {
            var again = opener.open(at);
            take(again);
            // It is up when it has answered, not before.
            var failure = prober.ask(again);
            become(failure.isEmpty() ? Health.State.UP : Health.State.DOWN, failure.orElse(""));
        } catch (IOException e) {
            become(Health.State.DOWN, "cannot listen at " + at + ": " + e.getMessage());
        }
    }

    private synchronized void become(Health.State now, String why) {
        if (now != state) {
            LOG.atLevel(now == Health.State.UP ? Level.INFO : Level.WARN)
                    .log("event=coap-listener listener={} state={} detail=\"{}\"", name, now, why);
            sinceNs = clock.now().upNs();
        }
        state = now;
        detail = now == Health.State.UP ? "" : why;
    }

    synchronized Health health() {
        return new Health(
                name,
                address(),
                state,
                detail,
                sinceNs,
                restarts,
                opened.map(o -> o.turnstile().refused()).orElse(0L));
    }

    /** One that was opened while the door was closing is closed at once. */
    private void take(Opened now) {
        boolean late;
        synchronized (this) {
            late = closed;
            opened = late ? Optional.empty() : Optional.of(now);
        }
        if (late) {
            now.close();
        }
    }

    private void leave() {
        Optional<Opened> left;
        synchronized (this) {
            last = address();
            left = opened;
            opened = Optional.empty();
        }
        left.ifPresent(Opened::close);
    }

    void close() {
        synchronized (this) {
            closed = true;
        }
        leave();
    }
}
