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
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * What a courier does under one epoch of the journal: what it has to send, what is under way, and
 * what the platform has said about it. Any method may end in {@link OneEpoch.Over}; the chapter is
 * then thrown away. One thread.
 */
final class Chapter {
    /** How old the retained status may become: an old copy is known by what it says. */
    static final Duration STATUS_EVERY = Duration.ofHours(1);

    /** How long to wait when the wire takes nothing though the window has room. */
    private static final Duration STALL = Duration.ofMillis(50);

    /** Longest wait after a refusal that may pass by itself (quota, unspecified). */
    private static final Duration REFUSAL_PAUSE_MAX = Duration.ofSeconds(60);

    /** Bytes of a packet that are not payload: topic and properties, generously. */
    private static final int PACKET_HEAD_BYTES = 512;

    private static final Logger LOG = LoggerFactory.getLogger(Chapter.class);

    private final Setting setting;
    private final Link link;
    private final Standing standing;
    private final OneEpoch outbox;
    private final NativeEncoder encoder;
    private final AlarmLane alarms;
    private final ReadingLane readings;
    private final Retained retained;
    private final Receipts receipts;
    private final Cosigned cosigned;
    private final Pulse pulse;
    private final List<Tally> tallies;
    private OptionalLong ahead = OptionalLong.empty();
    private Optional<Moment> connectedAt = Optional.empty();
    private long statusDueNs = Long.MAX_VALUE;
    private long stalledNs = Long.MIN_VALUE;

    /**
     * What is the same in all chapters.
     *
     * @param state the judge's latest, for retained alarm states and heartbeats
     * @param random jitter
     */
    record Setting(
            Platform platform,
            Plan plan,
            About about,
            Outbox outbox,
            Supplier<State> state,
            Notices notices,
            RandomGenerator random) {}

    /** Begins with the current epoch. */
    Chapter(Setting setting, Link link, Standing standing) {
        this.setting = setting;
        this.link = link;
        this.standing = standing;
        outbox = OneEpoch.current(setting.outbox());
        var platform = setting.platform();
        encoder = new NativeEncoder(setting.plan(), outbox.epoch(), setting.about());
        var alarmDelivery = new Delivery(outbox.progress(Lane.ALARM));
        var readingDelivery = new Delivery(outbox.progress(Lane.READING));
        alarms = new AlarmLane(outbox, alarmDelivery, platform.acknowledges());
        readings = new ReadingLane(outbox, readingDelivery, platform.acknowledges());
        retained =
                new Retained(
                        setting.plan(),
                        encoder,
                        new Shown(outbox, encoder, setting.state())::write);
        receipts =
                new Receipts(platform, outbox, alarms, readings, setting.notices(), this::isAhead);
        cosigned =
                new Cosigned(
                        platform.id(),
                        setting.plan().site().identity(),
                        outbox,
                        setting.notices(),
                        this::isAhead);
        pulse = new Pulse(outbox, encoder, setting.state(), alarmDelivery, readingDelivery);
        tallies =
                List.of(
                        new Tally(outbox.epoch(), Lane.ALARM, alarmDelivery, setting.notices()),
                        new Tally(
                                outbox.epoch(), Lane.READING, readingDelivery, setting.notices()));
    }

    String epoch() {
        return outbox.epoch();
    }

    /** Whether the house has begun another epoch. */
    boolean isOver() {
        return outbox.isOver();
    }

    long lastSeq() {
        return outbox.lastSeq();
    }

    /** The highest entry of this epoch that the platform has and we do not, once it is known. */
    OptionalLong ahead() {
        return ahead;
    }

    /** Our last word, or what the broker says when we are lost. */
    Wire.Message offline(Moment now, Optional<String> reason) {
        return encoder.offline(now, outbox.lastSeq(), reason);
    }

    /** There is a connection, and nothing has been said on it under this epoch. */
    void connected(Moment now) {
        connectedAt = Optional.of(now);
        statusDueNs = now.upNs() + STATUS_EVERY.toNanos();
        retained.connected(
                encoder.online(now, outbox.lastSeq()), encoder.meta(now), setting.state().get());
        alarms.retryRefused();
        readings.retryRefused();
        stalledNs = Long.MIN_VALUE;
        pulse.now();
    }

    /** Our own status, as the broker gives it back. */
    void status(String text) {
        StatusNote.read(text)
                .filter(said -> said.epoch().equals(outbox.epoch()))
                .filter(said -> said.lastSeq() > outbox.lastSeq())
                .ifPresent(said -> isAhead(said.lastSeq()));
    }

    void acknowledged(String text, long nowNs) {
        if (receipts.take(text)) {
            standing.heard(true, nowNs);
        }
    }

    void receipt(String text) {
        cosigned.take(text);
    }

    private void isAhead(long seq) {
        ahead = OptionalLong.of(Math.max(seq, ahead.orElse(0)));
    }

    /** The connection is lost; what was under way is open again. */
    void reopen(List<Flight> open, Moment now) {
        for (var flight : open) {
            switch (flight) {
                case Flight.Alarm alarm -> alarms.lost(alarm.waiting());
                case Flight.Readings round -> readings.lost(round.run(), now.upNs());
                case Flight.Shown _, Flight.Past _, Flight.Farewell _ -> {}
            }
        }
        tallies.forEach(tally -> tally.tellNow(now.upNs()));
    }

    /** The broker has answered a message of this chapter. */
    void settle(Flight flight, int code, Moment now) {
        var refused = Reasons.refuses(code);
        switch (flight) {
            case Flight.Alarm alarm when refused -> refuse(alarm.waiting(), code, now.upNs());
            case Flight.Alarm alarm -> {
                alarms.brokered(alarm.waiting(), now.upNs());
                drilled(alarm.waiting(), OnTheWay.BROKERED);
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
                        setting.platform().id(),
                        shown.message().topic(),
                        Reasons.words(code));
                retained.refused(shown.message(), now.upNs());
            }
            case Flight.Shown shown -> retained.brokered(shown.message());
            case Flight.Past _, Flight.Farewell _ -> {}
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
                setting.platform().id(),
                seq,
                reason);
        standing.refused(what, reason, nowNs);
    }

    private long pauseNs(int times) {
        var boundNs = Duration.ofSeconds(1L << Math.min(times - 1, 6)).toNanos();
        // At least half, so that a busy broker is really left alone.
        var half = Math.min(boundNs, REFUSAL_PAUSE_MAX.toNanos()) / 2;
        return half + setting.random().nextLong(half + 1);
    }

    /** Sends what is due and has room. */
    void send(Moment now) {
        if (now.upNs() >= statusDueNs) {
            statusDueNs = now.upNs() + STATUS_EVERY.toNanos();
            connectedAt.ifPresent(since -> retained.renew(encoder.online(since, outbox.lastSeq())));
        }
        retained.look(setting.state().get());
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
        drilled(waiting, OnTheWay.SENT);
        return true;
    }

    private void drilled(Waiting waiting, OnTheWay way) {
        if (waiting.drill) {
            setting.notices().drill(outbox.epoch(), waiting.seq, way);
        }
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
        var places = link.window() > Courier.ALARM_PLACES ? Courier.ALARM_PLACES : 0;
        return setting.platform().view() == View.FULL && link.room() > places;
    }

    private boolean given(boolean taken, Moment now) {
        if (!taken) {
            stalledNs = now.upNs() + STALL.toNanos();
        }
        return taken;
    }

    /** Tells the house how far the platform is. */
    void tally(long nowNs) {
        tallies.forEach(tally -> tally.tell(nowNs));
    }

    /** When there is something to tell the house. */
    long tallyDueNs() {
        return tallies.stream().mapToLong(Tally::dueNs).min().orElse(Long.MAX_VALUE);
    }

    /** When there is something to send. */
    long sendDueNs(long nowNs) {
        var wake = Math.min(pulse.dueNs(), statusDueNs);
        if (nowNs < stalledNs) {
            return Math.min(wake, stalledNs);
        }
        if (link.room() > 0) {
            wake = Math.min(wake, Math.min(retained.dueNs(), alarms.dueNs()));
        }
        return readingsMayGo() ? Math.min(wake, readings.dueNs()) : wake;
    }
}
