package org.mingchu.gateway.tell;

import org.mingchu.sensors.Moment;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * The connection to a platform: our own reconnect, our own CONNACK and PUBACK timers, our own
 * window, because the library's cannot be trusted. A new {@link Wire} for each attempt. One thread;
 * only the wires' sinks are called by others.
 */
final class Link {
    /** From CONNECT to the last SUBACK. */
    static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    static final Duration KEEP_ALIVE = Duration.ofSeconds(30);

    /** A PUBACK later than this means a dead connection: noticed within 1.5 keep-alives. */
    static final Duration PUBACK_TIMEOUT = Duration.ofSeconds(30);

    static final Duration WILL_DELAY = Duration.ofSeconds(10);

    /** First and longest upper bound of the pause between attempts. */
    static final Duration PAUSE_MIN = Duration.ofSeconds(1);

    static final Duration PAUSE_MAX = Duration.ofSeconds(60);

    /** A connection that lasted this long was good: the next pause starts small again. */
    static final Duration STEADY = Duration.ofSeconds(30);

    /** Publishes under way at once; more gains nothing on a site's line. */
    static final int WINDOW_MAX = 20;

    /** Events of one wire not looked at yet; the window and a few messages from the platform. */
    static final int MAILBOX_MAX = 256;

    /** Places in the mailbox that messages from outside cannot fill. */
    private static final int RESERVED = WINDOW_MAX * 2 + 16;

    private final Wire.Factory factory;
    private final Function<Moment, Wire.Hello> hello;
    private final List<String> filters;
    private final Runnable bell;
    private final RandomGenerator random;
    private final Map<Long, InFlight> flights = new LinkedHashMap<>();
    private final Set<String> unanswered = new HashSet<>();
    private Phase phase = Phase.DOWN;
    private Optional<Wire> wire = Optional.empty();
    private ArrayBlockingQueue<Wire.Event> mailbox = new ArrayBlockingQueue<>(1);
    private long sinceNs = Long.MIN_VALUE;
    private long retryNs = Long.MIN_VALUE;
    private int failures;
    private int window = 1;
    private long lastToken;
    private long packetBytesMax;

    private enum Phase {
        DOWN,
        CONNECTING,
        SUBSCRIBING,
        UP
    }

    private record InFlight(Flight flight, long sentNs) {}

    /** What the courier must know. */
    sealed interface News {
        /** Connected and subscribed. */
        record Up() implements News {}

        /** The broker does not let us listen to a topic. */
        record Deaf(String filter, int reasonCode) implements News {}

        /** The broker answered a publish. */
        record Settled(Flight flight, int reasonCode) implements News {}

        record Word(String topic, String text) implements News {}

        /** Not connected, or no longer; what was under way is open again. */
        record Down(List<Flight> open, String reason) implements News {
            public Down {
                open = List.copyOf(open);
            }
        }
    }

    Link(
            Wire.Factory factory,
            Function<Moment, Wire.Hello> hello,
            List<String> filters,
            Runnable bell,
            RandomGenerator random) {
        this.factory = factory;
        this.hello = hello;
        this.filters = List.copyOf(filters);
        this.bell = bell;
        this.random = random;
    }

    /** Does what is due and says what happened. */
    List<News> step(Moment now) {
        var news = new ArrayList<News>();
        if (phase == Phase.DOWN && now.upNs() >= retryNs) {
            connect(now);
        }
        // What is in the mailbox was in time, however long we have slept.
        for (var event = mailbox.poll(); event != null; event = mailbox.poll()) {
            take(event, now, news);
        }
        if (phase != Phase.DOWN && now.upNs() >= timeoutNs()) {
            var what = phase == Phase.UP ? "PUBACK" : "CONNACK or SUBACK";
            down(now, "the broker sends no " + what + " in time", news);
        }
        return news;
    }

    boolean isUp() {
        return phase == Phase.UP;
    }

    /** How many publishes the window still takes. */
    int room() {
        return isUp() ? window - flights.size() : 0;
    }

    int window() {
        return window;
    }

    long packetBytesMax() {
        return packetBytesMax;
    }

    /** Publishes at QoS 1; false when the wire takes nothing more just now. */
    boolean publish(Wire.Message message, Flight flight, Moment now) {
        var token = lastToken + 1;
        if (wire.isEmpty() || !wire.get().publish(token, message)) {
            return false;
        }
        lastToken = token;
        flights.put(token, new InFlight(flight, now.upNs()));
        return true;
    }

    /** Publishes at QoS 0; false when the wire takes nothing more just now. */
    boolean say(Wire.Message message) {
        return wire.isPresent() && wire.get().publish(0, message);
    }

    /** Forgets what the messages under way are; their places in the window stay taken. */
    void disown() {
        flights.replaceAll((_, open) ->
                open.flight() instanceof Flight.Farewell
                        ? open
                        : new InFlight(new Flight.Past(), open.sentNs()));
    }

    /** Leaves with a DISCONNECT. */
    void leave() {
        wire.ifPresent(Wire::disconnect);
        forget();
    }

    /** Leaves without a word, and tries again later. */
    List<Flight> drop(Moment now) {
        var open = flights.values().stream().map(InFlight::flight).toList();
        var lasted = phase == Phase.UP && now.upNs() - sinceNs >= STEADY.toNanos();
        failures = lasted ? 1 : failures + 1;
        retryNs = now.upNs() + pauseNs();
        wire.ifPresent(Wire::drop);
        forget();
        return open;
    }

    /** When the next thing is due, in nanoseconds of this boot. */
    long dueNs() {
        return phase == Phase.DOWN ? retryNs : timeoutNs();
    }

    private void connect(Moment now) {
        var greeting = hello.apply(now);
        phase = Phase.CONNECTING;
        sinceNs = now.upNs();
        var box = new ArrayBlockingQueue<Wire.Event>(MAILBOX_MAX);
        mailbox = box;
        var fresh = factory.open(event -> deliver(box, event));
        wire = Optional.of(fresh);
        fresh.connect(greeting);
    }

    /**
     * Messages from outside may be lost when they flood us: the platform's word comes again when we
     * send again. What the broker answers to us always has room.
     */
    private void deliver(ArrayBlockingQueue<Wire.Event> box, Wire.Event event) {
        if (!(event instanceof Wire.Event.Arrived) || box.remainingCapacity() > RESERVED) {
            box.offer(event);
        }
        bell.run();
    }

    private void take(Wire.Event event, Moment now, List<News> news) {
        switch (event) {
            case Wire.Event.Connected connected -> connected(connected, now, news);
            case Wire.Event.ConnectFailed failed -> down(now, failed.reason(), news);
            case Wire.Event.Subscribed subscribed -> subscribed(subscribed, now, news);
            case Wire.Event.Settled settled -> settled(settled, news);
            case Wire.Event.Arrived arrived ->
                    news.add(new News.Word(arrived.topic(), arrived.text()));
            case Wire.Event.Lost lost -> down(now, lost.reason(), news);
        }
    }

    private void connected(Wire.Event.Connected connected, Moment now, List<News> news) {
        phase = Phase.SUBSCRIBING;
        window = Math.max(1, Math.min(WINDOW_MAX, connected.receiveMaximum() - 1));
        packetBytesMax = connected.packetBytesMax();
        unanswered.addAll(filters);
        wire.ifPresent(w -> filters.forEach(w::subscribe));
        upWhenHeard(now, news);
    }

    private void subscribed(Wire.Event.Subscribed answer, Moment now, List<News> news) {
        unanswered.remove(answer.filter());
        if (Reasons.refuses(answer.reasonCode())) {
            news.add(new News.Deaf(answer.filter(), answer.reasonCode()));
        }
        upWhenHeard(now, news);
    }

    private void upWhenHeard(Moment now, List<News> news) {
        if (phase == Phase.SUBSCRIBING && unanswered.isEmpty()) {
            phase = Phase.UP;
            sinceNs = now.upNs();
            news.add(new News.Up());
        }
    }

    private void settled(Wire.Event.Settled settled, List<News> news) {
        var flight = flights.remove(settled.token());
        if (flight != null) {
            news.add(new News.Settled(flight.flight(), settled.reasonCode()));
        }
    }

    private void down(Moment now, String reason, List<News> news) {
        if (phase != Phase.DOWN) {
            news.add(new News.Down(drop(now), reason));
        }
    }

    private void forget() {
        phase = Phase.DOWN;
        wire = Optional.empty();
        mailbox = new ArrayBlockingQueue<>(1);
        flights.clear();
        unanswered.clear();
    }

    private long timeoutNs() {
        if (phase != Phase.UP) {
            return sinceNs + CONNECT_TIMEOUT.toNanos();
        }
        // In the order of sending, so the first is the oldest.
        return flights.values().stream()
                .findFirst()
                .map(flight -> flight.sentNs() + PUBACK_TIMEOUT.toNanos())
                .orElse(Long.MAX_VALUE);
    }

    /** Full jitter: a city's gateways must not all come back in the same second. */
    private long pauseNs() {
        var doublings = Math.min(failures - 1, 10);
        var bound = Math.min(PAUSE_MAX.toNanos(), PAUSE_MIN.toNanos() << doublings);
        return random.nextLong(bound + 1);
    }
}
