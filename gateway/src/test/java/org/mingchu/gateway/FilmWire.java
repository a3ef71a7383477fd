package org.mingchu.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.mingchu.gateway.tell.Wire;
import org.mingchu.simulator.platform.Supervisor;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A wire without a network: what is published reaches the platform's stand-in at once, and what it
 * answers waits for the next pump. One thread.
 */
final class FilmWire implements Wire {
    private static final int RECEIVE_MAXIMUM = 20;
    private static final int GRANTED_QOS_1 = 1;

    /** Messages that are remembered, in number; a film lasts for months. */
    private static final int HEARD_MAX = 100;

    private final Sink sink;
    private final FilmLink link;

    private FilmWire(Sink sink, FilmLink link) {
        this.sink = sink;
        this.link = link;
    }

    /** The network between one gateway and its platform: up or down as the film says. */
    static final class FilmLink {
        private final Supervisor supervisor;
        private final FilmClock clock;
        private final Deque<Runnable> under = new ArrayDeque<>();
        private final Map<String, String> retained = new HashMap<>();
        private final Deque<String> heard = new ArrayDeque<>();
        private boolean up = true;

        FilmLink(Supervisor supervisor, FilmClock clock) {
            this.supervisor = supervisor;
            this.clock = clock;
        }

        Factory wires() {
            return sink -> new FilmWire(sink, this);
        }

        /** The latest messages, as they came. */
        List<String> heard() {
            return List.copyOf(heard);
        }

        private void hear(String text) {
            heard.add(text);
            if (heard.size() > HEARD_MAX) {
                heard.removeFirst();
            }
        }

        void up(boolean now) {
            up = now;
        }

        boolean up() {
            return up;
        }

        /** Delivers what is under way; true when there was anything. */
        boolean pump() {
            var any = !under.isEmpty();
            while (!under.isEmpty()) {
                under.removeFirst().run();
            }
            return any;
        }
    }

    @Override
    public void connect(Hello hello) {
        link.under.add(() ->
                sink.accept(
                        link.up
                                ? new Event.Connected(RECEIVE_MAXIMUM, 1 << 20)
                                : new Event.ConnectFailed("the film cut the link")));
    }

    @Override
    public void subscribe(String filter) {
        link.under.add(() -> sink.accept(new Event.Subscribed(filter, GRANTED_QOS_1)));
        var kept = link.retained.get(filter);
        if (kept != null) {
            link.under.add(() -> sink.accept(new Event.Arrived(filter, kept)));
        }
    }

    @Override
    public boolean publish(long token, Message message) {
        if (!link.up) {
            link.under.add(() -> sink.accept(new Event.Lost("the film cut the link")));
            return true;
        }
        var answers =
                link.supervisor.receive(
                        message.topic(),
                        message.text().getBytes(UTF_8),
                        message.retained(),
                        link.clock.now().wallMs());
        link.hear(message.text());
        if (message.retained()) {
            link.retained.put(message.topic(), message.text());
        }
        if (message.qos() == 1) {
            link.under.add(() -> sink.accept(new Event.Settled(token, 0)));
        }
        for (var answer : answers) {
            link.under.add(() ->
                    sink.accept(
                            new Event.Arrived(
                                    answer.topic(), new String(answer.payload(), UTF_8))));
        }
        return true;
    }

    @Override
    public void disconnect() {}

    @Override
    public void drop() {}
}
