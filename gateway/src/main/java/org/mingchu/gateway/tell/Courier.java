package org.mingchu.gateway.tell;

import org.mingchu.config.Plan;
import org.mingchu.config.Platform;
import org.mingchu.config.View;
import org.mingchu.gateway.judge.Lane;
import org.mingchu.gateway.judge.State;
import org.mingchu.sensors.Moment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Brings the record to one platform: alarms before and between readings, each entry until the
 * platform has it, never more under way than the broker takes. The journal is its queue; it holds
 * positions, not messages. {@link #step} is called by one thread and never blocks; {@link #ring}
 * and {@link #stop} by any.
 */
public final class Courier {
    /** Publishes of the window that readings never take, so that an alarm need not wait. */
    static final int ALARM_PLACES = 2;

    /** How long the last word may take when we leave. */
    static final Duration FAREWELL = Duration.ofSeconds(2);

    /** How long to wait when the wire takes nothing though the window has room. */
    private static final Duration STALL = Duration.ofMillis(50);

    /** Longest wait after a refusal that may pass by itself (quota, unspecified). */
    private static final Duration REFUSAL_PAUSE_MAX = Duration.ofSeconds(60);

    /** Bytes of a packet that are not payload: topic and properties, generously. */
    private static final int PACKET_HEAD_BYTES = 512;

    /** Shortest time between two steps; steps that come at once would spin. */
    private static final long STEP_NS_MIN = 1_000_000;

    private static final Logger LOG = LoggerFactory.getLogger(Courier.class);

    private final Platform platform;
    private final Supplier<State> state;
    private final NativeEncoder encoder;
    private final RandomGenerator random;
    private final Semaphore bell = new Semaphore(0);
    private final AlarmLane alarms;
    private final ReadingLane readings;
    private final Retained retained;
    private final Standing standing;
    private final Receipts receipts;
    private final Pulse pulse;
    private final List<Tally> tallies;
    private final Link link;
    private volatile Optional<String> leaving = Optional.empty();
    private long stalledNs = Long.MIN_VALUE;
    private long farewellNs = Long.MIN_VALUE;
    private boolean farewellSaid;
    private boolean over;

    /**
     * A courier that has not connected yet.
     *
     * @param state the judge's latest, for retained alarm states and heartbeats
     * @param random jitter of reconnecting
     */
    public Courier(
            Platform platform,
            Plan plan,
            About about,
            Outbox outbox,
            Supplier<State> state,
            Notices notices,
            Wire.Factory wires,
            RandomGenerator random) {
        if (!speaksTo(platform)) {
            throw new IllegalArgumentException(
                    "platform %s: encoder \"%s\" is not built in; use \"native\""
                            .formatted(platform.id(), platform.encoder()));
        }
        this.platform = platform;
        this.state = state;
        this.random = random;
        encoder = new NativeEncoder(plan, outbox.epoch(), about);
        var alarmDelivery = new Delivery(outbox.progress(Lane.ALARM));
        var readingDelivery = new Delivery(outbox.progress(Lane.READING));
        alarms = new AlarmLane(outbox, alarmDelivery, platform.acknowledges());
        readings = new ReadingLane(outbox, readingDelivery, platform.acknowledges());
        retained = new Retained(plan, encoder, new Shown(outbox, encoder, state)::write);
        standing = new Standing(platform.id(), notices);
        receipts = new Receipts(platform, outbox.epoch(), alarms, readings, notices);
        pulse = new Pulse(outbox, encoder, state, alarmDelivery, readingDelivery);
        tallies =
                List.of(
                        new Tally(Lane.ALARM, alarmDelivery, notices),
                        new Tally(Lane.READING, readingDelivery, notices));
        var topics = encoder.topics();
        link =
                new Link(
                        wires,
                        now -> hello(plan, now),
                        List.of(topics.ack(), topics.receipt()),
                        this::ring,
                        random);
    }

    /** Whether this program has the platform's encoding. */
    public static boolean speaksTo(Platform platform) {
        return platform.encoder().equals("native");
    }

    /** The id of the platform it serves. */
    public String platform() {
        return platform.id();
    }

    /** Wakes the courier: there is something new in the journal, or on the wire. */
    public void ring() {
        if (bell.availablePermits() == 0) {
            bell.release();
        }
    }

    /** Asks it to say goodbye; {@link #isOver} when that is done. */
    public void stop(String reason) {
        leaving = Optional.of(reason);
        ring();
    }

    /** Whether it has left. */
    public boolean isOver() {
        return over;
    }

    /**
     * Does everything that is due.
     *
     * @return when it wants to be stepped again, in nanoseconds of this boot, unless it is rung
     */
    public long step(Moment now) {
        if (over) {
            return Long.MAX_VALUE;
        }
        link.step(now).forEach(news -> take(news, now));
        if (leaving.isPresent()) {
            leave(leaving.get(), now);
        } else if (link.isUp()) {
            send(now);
        }
        tallies.forEach(tally -> tally.tell(now.upNs()));
        return Math.max(wakeNs(now.upNs()), now.upNs() + STEP_NS_MIN);
    }

    /** Something failed in the middle of a step: begin again with a new connection. */
    void stumble(Moment now) {
        reopen(link.drop(now), now);
        standing.down("the courier failed and begins again; see the log", now.upNs());
    }

    Semaphore bell() {
        return bell;
    }

    private Wire.Hello hello(Plan plan, Moment now) {
        var identity = plan.site().identity();
        return new Wire.Hello(
                String.join(
                        "-", identity.area(), identity.site(), identity.gateway(), platform.id()),
                encoder.offline(now, Optional.empty()),
                Link.WILL_DELAY,
                // A will is sent when its delay or its session ends, whichever comes first.
                Link.WILL_DELAY,
                Link.KEEP_ALIVE);
    }

    private void take(Link.News news, Moment now) {
        switch (news) {
            case Link.News.Up() -> up(now);
            case Link.News.Deaf deaf -> deaf(deaf, now);
            case Link.News.Settled settled -> settle(settled.flight(), settled.reasonCode(), now);
            case Link.News.Word word -> hear(word, now);
            case Link.News.Down down -> {
                reopen(down.open(), now);
                standing.down(down.reason(), now.upNs());
            }
        }
    }

    private void up(Moment now) {
        standing.up(now.upNs());
        retained.connected(encoder.online(now), encoder.meta(now), state.get());
        alarms.retryRefused();
        readings.retryRefused();
        stalledNs = Long.MIN_VALUE;
        pulse.now();
    }

    private void deaf(Link.News.Deaf deaf, Moment now) {
        var reason =
                "may not subscribe to %s: %s"
                        .formatted(deaf.filter(), Reasons.words(deaf.reasonCode()));
        LOG.warn("event=subscribe-refused platform={} reason=\"{}\"", platform.id(), reason);
        if (platform.acknowledges() && deaf.filter().equals(encoder.topics().ack())) {
            standing.refused(Standing.Refusal.ACKS, reason, now.upNs());
        }
    }

    private void hear(Link.News.Word word, Moment now) {
        if (word.topic().equals(encoder.topics().ack()) && platform.acknowledges()) {
            if (receipts.take(word.text())) {
                standing.heard(true, now.upNs());
            }
        } else {
            LOG.debug("event=word-ignored platform={} topic={}", platform.id(), word.topic());
        }
    }

    private void reopen(List<Flight> open, Moment now) {
        for (var flight : open) {
            switch (flight) {
                case Flight.Alarm alarm -> alarms.lost(alarm.waiting());
                case Flight.Readings round -> readings.lost(round.run(), now.upNs());
                case Flight.Shown _, Flight.Farewell _ -> {}
            }
        }
        tallies.forEach(tally -> tally.tellNow(now.upNs()));
    }

    private void settle(Flight flight, int code, Moment now) {
        var refused = Reasons.refuses(code);
        switch (flight) {
            case Flight.Alarm alarm when refused -> refuse(alarm.waiting(), code, now.upNs());
            case Flight.Alarm alarm -> {
                alarms.brokered(alarm.waiting(), now.upNs());
                standing.accepted(Standing.Refusal.ALARMS, now.upNs());
                standing.heard(code != Reasons.NO_SUBSCRIBERS, now.upNs());
            }
            case Flight.Readings round when refused -> refuse(round.run(), code, now.upNs());
            case Flight.Readings round -> {
                readings.brokered(round.run(), now.upNs());
                standing.accepted(Standing.Refusal.READINGS, now.upNs());
            }
            case Flight.Shown shown when refused -> {
                LOG.warn(
                        "event=publish-refused platform={} topic={} reason=\"{}\"",
                        platform.id(),
                        shown.message().topic(),
                        Reasons.words(code));
                retained.refused(shown.message(), now.upNs());
            }
            case Flight.Shown shown -> retained.brokered(shown.message());
            case Flight.Farewell _ -> depart();
        }
    }

    private void refuse(Waiting waiting, int code, long nowNs) {
        var times = waiting.refusals + 1;
        var waitNs = Reasons.lasting(code) ? Ladder.waitNs(times) : pauseNs(times);
        refused(Standing.Refusal.ALARMS, "alarms refused: ", waiting.seq, code, nowNs);
        alarms.refused(waiting, nowNs, waitNs);
    }

    private void refuse(ReadingLane.Run run, int code, long nowNs) {
        refused(Standing.Refusal.READINGS, "readings refused: ", run.last(), code, nowNs);
        if (Reasons.ofThisMessage(code)) {
            readings.refused(run, nowNs);
        } else {
            var times = readings.refusals() + 1;
            var waitNs = Reasons.lasting(code) ? Ladder.waitNs(times) : pauseNs(times);
            readings.paused(run, nowNs, waitNs);
        }
    }

    private void refused(Standing.Refusal what, String words, long seq, int code, long nowNs) {
        var reason = words + Reasons.words(code);
        LOG.warn(
                "event=publish-refused platform={} seq={} reason=\"{}\" remedy=\"kept and tried"
                        + " again; ask the platform's operator\"",
                platform.id(),
                seq,
                reason);
        standing.refused(what, reason, nowNs);
    }

    private long pauseNs(int times) {
        var boundNs = Duration.ofSeconds(1L << Math.min(times - 1, 6)).toNanos();
        // At least half, so that a busy broker is really left alone.
        var half = Math.min(boundNs, REFUSAL_PAUSE_MAX.toNanos()) / 2;
        return half + random.nextLong(half + 1);
    }

    private void send(Moment now) {
        retained.look(state.get());
        beat(now);
        while (link.room() > 0 && now.upNs() >= stalledNs) {
            if (!sendOne(now)) {
                return;
            }
        }
    }

    private void beat(Moment now) {
        if (now.upNs() >= Math.max(pulse.dueNs(), stalledNs)
                && given(link.say(pulse.beat(now)), now)) {
            pulse.said(now);
        }
    }

    private boolean sendOne(Moment now) {
        var shown = retained.next(now.upNs());
        if (shown.isPresent()) {
            return given(link.publish(shown.get(), new Flight.Shown(shown.get()), now), now)
                    && said(shown.get());
        }
        var alarm = alarms.next(now.upNs());
        return alarm.isPresent() ? sendAlarm(alarm.get(), now) : sendReadings(now);
    }

    private boolean said(Wire.Message message) {
        retained.sent(message);
        return true;
    }

    private boolean sendAlarm(Waiting waiting, Moment now) {
        var message = encoder.entry(alarms.read(waiting), now);
        if (!given(link.publish(message, new Flight.Alarm(waiting), now), now)) {
            return false;
        }
        alarms.sent(waiting);
        receipts.sent(waiting.seq);
        return true;
    }

    private boolean sendReadings(Moment now) {
        if (!readingsMayGo()) {
            return false;
        }
        var draft = readings.next(now.upNs());
        if (draft.isEmpty()) {
            return false;
        }
        var batch = encoder.readings(draft.entries(), link.packetBytesMax() - PACKET_HEAD_BYTES);
        var run = readings.run(draft, batch.entries());
        if (!given(link.publish(batch.message(), new Flight.Readings(run), now), now)) {
            return false;
        }
        readings.sent(draft, run);
        receipts.sent(run.last());
        return true;
    }

    /** A platform with another view than the full one must never see single readings. */
    private boolean readingsMayGo() {
        var places = link.window() > ALARM_PLACES ? ALARM_PLACES : 0;
        return platform.view() == View.FULL && link.room() > places;
    }

    private boolean given(boolean taken, Moment now) {
        if (!taken) {
            stalledNs = now.upNs() + STALL.toNanos();
        }
        return taken;
    }

    private void leave(String reason, Moment now) {
        if (farewellNs == Long.MIN_VALUE) {
            farewellNs = now.upNs() + FAREWELL.toNanos();
        }
        if (link.isUp() && !farewellSaid && link.room() > 0) {
            var last = encoder.offline(now, Optional.of(reason));
            farewellSaid = link.publish(last, new Flight.Farewell(), now);
        }
        if (!over && (!link.isUp() || now.upNs() >= farewellNs)) {
            // Not said, so the will must say it: no DISCONNECT.
            reopen(link.drop(now), now);
            over = true;
        }
    }

    private void depart() {
        link.leave();
        over = true;
    }

    private long wakeNs(long nowNs) {
        var wake = link.dueNs();
        for (var tally : tallies) {
            wake = Math.min(wake, tally.dueNs());
        }
        if (leaving.isPresent()) {
            return Math.min(wake, farewellNs);
        }
        if (!link.isUp()) {
            return wake;
        }
        wake = Math.min(wake, pulse.dueNs());
        if (nowNs < stalledNs) {
            return Math.min(wake, stalledNs);
        }
        if (link.room() > 0) {
            wake = Math.min(wake, Math.min(retained.dueNs(), alarms.dueNs()));
        }
        return readingsMayGo() ? Math.min(wake, readings.dueNs()) : wake;
    }
}
