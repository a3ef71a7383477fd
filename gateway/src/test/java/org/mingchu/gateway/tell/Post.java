package org.mingchu.gateway.tell;

import static java.util.Map.entry;

import org.mingchu.config.Plan;
import org.mingchu.config.Platform;
import org.mingchu.config.Priority;
import org.mingchu.config.Quantity;
import org.mingchu.gateway.judge.AlarmChange;
import org.mingchu.gateway.judge.AlarmEvent;
import org.mingchu.gateway.judge.AlarmState;
import org.mingchu.gateway.judge.Entry;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.State;
import org.mingchu.sensors.Moment;
import org.mingchu.sensors.Reading;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** A courier with a broker, a platform and a journal in memory, and a clock that the test moves. */
final class Post {
    final MemoryOutbox outbox = new MemoryOutbox();
    final MemoryBroker broker = new MemoryBroker();
    final HouseNotes notes = new HouseNotes(outbox);
    final MemoryPlatform regulator = new MemoryPlatform();
    final Platform platform;
    final Plan plan = Kitchen.plan();
    State state = Kitchen.nothing();
    Courier courier;
    long afterMs;
    long wakeNs;

    Post(Platform platform) {
        this.platform = platform;
        broker.subscriber = regulator::receive;
        courier = hire();
    }

    static Post acknowledging() {
        return new Post(Kitchen.platform(true));
    }

    static Post trusting() {
        return new Post(Kitchen.platform(false));
    }

    /** A new life of the program: delivery state as the house kept it. */
    void restart() {
        broker.cut();
        courier = hire();
    }

    Moment now() {
        return Kitchen.at(afterMs);
    }

    Entry round(long milli) {
        return outbox.append(
                new Fact.Round(
                        List.of(
                                new Reading.Measured(
                                        "cold-1-air",
                                        Quantity.TEMPERATURE,
                                        milli,
                                        milli,
                                        0,
                                        Set.of()))),
                now());
    }

    void rounds(int count) {
        for (int i = 0; i < count; i++) {
            round(4_000 + i);
        }
    }

    Entry alarm(AlarmEvent event) {
        return outbox.append(new Fact.Alarm(event), now());
    }

    Entry raised(long first) {
        return alarm(Kitchen.freezer(AlarmChange.RAISED, AlarmState.UNACK_ACTIVE, first));
    }

    Entry returned(long first) {
        return alarm(Kitchen.freezer(AlarmChange.RETURNED, AlarmState.UNACK_RETURNED, first));
    }

    Entry raised(Priority priority, long first) {
        return alarm(
                Kitchen.alarm(
                        "freezer-1-air",
                        "freezer-high",
                        priority,
                        AlarmChange.RAISED,
                        AlarmState.UNACK_ACTIVE,
                        first));
    }

    /** Steps once, without any answer of the broker. */
    Post step() {
        wakeNs = courier.step(now());
        return this;
    }

    /** Steps and answers until nothing more happens at this moment. */
    Post settle() {
        for (var before = -1; before != broker.published.size(); ) {
            before = broker.published.size();
            for (int i = 0; i < 4; i++) {
                step();
                broker.pump(Integer.MAX_VALUE);
            }
        }
        return this;
    }

    /** Time passes; the courier is stepped when it asks for it. */
    Post pass(long ms) {
        var end = afterMs + ms;
        while (afterMs < end) {
            var wakeMs = Math.ceilDiv(wakeNs, 1_000_000) - Kitchen.UP_MS;
            afterMs = Math.clamp(wakeMs, afterMs + 1, end);
            settle();
        }
        return this;
    }

    void acks(String ranges) {
        broker.say(
                Kitchen.ROOT + "ack",
                "{\"epoch\":\"" + Kitchen.EPOCH + "\",\"ranges\":" + ranges + "}");
    }

    /** The seqs of the alarm lane in the order of sending, re-sendings included. */
    List<Long> sentAlarms() {
        return broker.published.stream()
                .filter(m -> m.topic().endsWith("/event") || m.topic().contains("/record/"))
                .map(m -> MemoryPlatform.json(m).get("seq").asLong())
                .toList();
    }

    /** The seqs of the reading lane in the order of sending. */
    List<Long> sentReadings() {
        return broker.to(Kitchen.ROOT + "reading").stream()
                .flatMap(m -> MemoryPlatform.json(m).get("entries").valueStream())
                .map(e -> e.get("seq").asLong())
                .toList();
    }

    State open(AlarmEvent event, long seq) {
        var watching =
                new State.Watching(
                        Optional.empty(),
                        Optional.of(new State.Open(event, now(), now(), now())),
                        Optional.empty(),
                        Optional.empty());
        return Kitchen.state(
                seq, Map.ofEntries(entry(new State.Key(event.subject(), event.rule()), watching)));
    }

    private Courier hire() {
        return new Courier(
                platform, plan, Kitchen.ABOUT, outbox, () -> state, notes, broker, new Random(7));
    }
}
