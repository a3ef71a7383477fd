package org.mingchu.gateway.tell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A broker without a network: the second implementation of {@link Wire}. It answers when it is
 * pumped, so that a test decides what is under way when something breaks. One thread.
 */
final class MemoryBroker implements Wire.Factory {
    int receiveMaximum = 65_535;
    long packetBytesMax = Long.MAX_VALUE;
    boolean sendsConnack = true;
    boolean reachable = true;
    boolean sendsPuback = true;
    boolean takesMore = true;
    int subscribeCode = 1;

    /** Whether each message is held against the published schemas. */
    boolean validates = true;

    /** The reason code of a publish to a topic; 16 where nobody is subscribed. */
    Function<String, Integer> verdict = _ -> 0;

    /** Where accepted messages go. */
    Consumer<Wire.Message> subscriber = _ -> {};

    /** What it keeps by topic; at first what the gateway said in an earlier life. */
    final Map<String, Wire.Message> retained = new HashMap<>();

    /** Topics nobody may subscribe to. */
    final Set<String> forbidden = new HashSet<>();

    final List<Wire.Message> published = new ArrayList<>();
    final List<Wire.Hello> hellos = new ArrayList<>();
    final List<String> filters = new ArrayList<>();
    int mostUnanswered;
    int disconnects;
    int drops;
    private Optional<MemoryWire> open = Optional.empty();

    MemoryBroker() {
        retainStatus("00112233445566ff", 900);
    }

    /** The gateway's status, as it said it once. */
    void retainStatus(String epoch, long lastSeq) {
        var text = "{\"epoch\":\"%s\",\"lastSeq\":%d}".formatted(epoch, lastSeq);
        var topic = Kitchen.ROOT + "status";
        retained.put(topic, new Wire.Message(topic, text, 1, true, Optional.empty()));
    }

    @Override
    public Wire open(Wire.Sink sink) {
        var wire = new MemoryWire(sink);
        open = Optional.of(wire);
        return wire;
    }

    /** Gives up to {@code most} answers that are due. */
    void pump(int most) {
        open.ifPresent(wire -> wire.pump(most));
    }

    void cut() {
        open.ifPresent(wire -> wire.end(new Wire.Event.Lost("cut by the test")));
    }

    void say(String topic, String text) {
        open.ifPresent(wire -> wire.sink.accept(new Wire.Event.Arrived(topic, text)));
    }

    List<Wire.Message> to(String topic) {
        return published.stream().filter(m -> m.topic().equals(topic)).toList();
    }

    /** One connection. */
    private final class MemoryWire implements Wire {
        private final Sink sink;
        private final ArrayDeque<Event> answers = new ArrayDeque<>();
        private final Set<String> listening = new HashSet<>();
        private int unanswered;
        private boolean alive = true;

        private MemoryWire(Sink sink) {
            this.sink = sink;
        }

        @Override
        public void connect(Hello hello) {
            hellos.add(hello);
            if (!reachable) {
                end(new Event.ConnectFailed("the broker's port is closed"));
            } else if (sendsConnack) {
                answers.add(new Event.Connected(receiveMaximum, packetBytesMax));
            }
        }

        @Override
        public void subscribe(String filter) {
            filters.add(filter);
            var refused = forbidden.contains(filter);
            answers.add(new Event.Subscribed(filter, refused ? 0x87 : subscribeCode));
            if (!refused && subscribeCode < 0x80) {
                listening.add(filter);
                Optional.ofNullable(retained.get(filter)).ifPresent(this::arrive);
            }
        }

        @Override
        public boolean publish(long token, Message message) {
            if (!takesMore || !alive) {
                return false;
            }
            published.add(message);
            if (validates) {
                assertThat(Schemas.problems(message)).as(message.text()).isEmpty();
            }
            var code = verdict.apply(message.topic());
            if (message.qos() == 1) {
                mostUnanswered = Math.max(mostUnanswered, ++unanswered);
                if (sendsPuback) {
                    answers.add(new Event.Settled(token, code));
                }
            }
            if (code < 0x80) {
                keep(message);
                subscriber.accept(message);
            }
            return true;
        }

        private void keep(Message message) {
            if (message.retained()) {
                retained.put(message.topic(), message);
            }
            if (listening.contains(message.topic())) {
                arrive(message);
            }
        }

        private void arrive(Message message) {
            answers.add(new Event.Arrived(message.topic(), message.text()));
        }

        @Override
        public void disconnect() {
            disconnects++;
            alive = false;
            open = Optional.empty();
        }

        @Override
        public void drop() {
            drops++;
            alive = false;
            open = Optional.empty();
        }

        private void pump(int most) {
            for (int i = 0; i < most && !answers.isEmpty(); i++) {
                var answer = answers.removeFirst();
                if (answer instanceof Event.Settled) {
                    unanswered--;
                }
                sink.accept(answer);
            }
        }

        private void end(Event event) {
            alive = false;
            answers.clear();
            open = Optional.empty();
            sink.accept(event);
        }
    }
}
