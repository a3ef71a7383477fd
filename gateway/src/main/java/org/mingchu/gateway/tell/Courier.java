package org.mingchu.gateway.tell;

import org.mingchu.config.Plan;
import org.mingchu.config.Platform;
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
 * positions, not messages, and begins them anew when the journal begins another epoch. {@link
 * #step} is called by one thread and never blocks; {@link #ring} and {@link #stop} by any.
 */
public final class Courier {
    /** Publishes of the window that readings never take, so that an alarm need not wait. */
    static final int ALARM_PLACES = 2;

    /** How long the last word may take when we leave. */
    static final Duration FAREWELL = Duration.ofSeconds(2);

    /** Shortest time between two steps; steps that come at once would spin. */
    private static final long STEP_NS_MIN = 1_000_000;

    /** Longest silence to a platform that claims to be ahead, when no new epoch begins. */
    static final Duration HALTED_MAX = Duration.ofHours(1);

    private static final Logger LOG = LoggerFactory.getLogger(Courier.class);

    private final Chapter.Setting setting;
    private final Platform platform;
    private final Topics topics;
    private final Semaphore bell = new Semaphore(0);
    private final Standing standing;
    private final AheadWatch watch = new AheadWatch();
    private final Link link;
    private Chapter chapter;

    /** The platform is ahead of this epoch: nothing more is said under it. */
    private boolean halted;

    private long haltedNs;

    private volatile Optional<String> leaving = Optional.empty();
    private long farewellNs = Long.MIN_VALUE;
    private boolean farewellSaid;
    private boolean over;
    private Optional<String> hungIn = Optional.empty();

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
        setting = new Chapter.Setting(platform, plan, about, outbox, state, notices, random);
        topics = Topics.of(plan.site().identity());
        standing = new Standing(platform.id(), notices);
        link =
                new Link(
                        wires,
                        this::hello,
                        // Its own status first, so that what is retained there comes early.
                        List.of(topics.status(), topics.ack(), topics.receipt()),
                        this::ring,
                        random);
        chapter = newChapter();
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
        hungIn.ifPresent(where ->
                standing.down(
                        "the courier hung in " + where + " and was left behind; a new one connects",
                        now.upNs()));
        hungIn = Optional.empty();
        inChapter(now, () -> {});
        if (halted && now.upNs() - haltedNs >= HALTED_MAX.toNanos()) {
            // The house has not believed it: alarms must go out all the same.
            halted = false;
            chapter = newChapter();
        }
        if (halted) {
            over = leaving.isPresent();
            return haltedNs + HALTED_MAX.toNanos();
        }
        inChapter(now, () -> link.step(now).forEach(news -> inChapter(now, () -> take(news, now))));
        inChapter(now, () -> act(now));
        inChapter(now, () -> chapter.tally(now.upNs()));
        return Math.max(wakeNs(now.upNs()), now.upNs() + STEP_NS_MIN);
    }

    /** Something failed in the middle of a step: begin again with a new connection. */
    void stumble(Moment now) {
        watch.down();
        chapter.reopen(link.drop(now), now);
        standing.down("the courier failed and begins again; see the log", now.upNs());
    }

    /**
     * It takes the place of one that never came back from a step: that is why the link was lost.
     * Before its first step.
     */
    void afterOneThatHung(String where) {
        hungIn = Optional.of(where);
    }

    Semaphore bell() {
        return bell;
    }

    /** Does something under the current epoch; if it is over, under the next one. */
    private void inChapter(Moment now, Runnable act) {
        try {
            if (chapter.isOver()) {
                turnOver(now);
            }
            act.run();
        } catch (OneEpoch.Over _) {
            // What was to be done comes again with the next step, which is due at once.
            ring();
        }
    }

    private void turnOver(Moment now) {
        LOG.info(
                "event=new-epoch platform={} old={} new={}",
                platform.id(),
                chapter.epoch(),
                setting.outbox().epoch());
        link.disown();
        chapter = newChapter();
        halted = false;
        if (link.isUp()) {
            chapter.connected(now);
        }
    }

    /** The house may begin another epoch while we read how far this one is. */
    private Chapter newChapter() {
        while (true) {
            try {
                return new Chapter(setting, link, standing);
            } catch (OneEpoch.Over _) {
                LOG.debug("event=epoch-over platform={}", platform.id());
            }
        }
    }

    private Wire.Hello hello(Moment now) {
        var identity = setting.plan().site().identity();
        return new Wire.Hello(
                String.join(
                        "-", identity.area(), identity.site(), identity.gateway(), platform.id()),
                chapter.offline(now, Optional.empty()),
                Link.WILL_DELAY,
                // A will is sent when its delay or its session ends, whichever comes first.
                Link.WILL_DELAY,
                Link.KEEP_ALIVE);
    }

    private void take(Link.News news, Moment now) {
        if (halted) {
            return;
        }
        switch (news) {
            case Link.News.Up() -> {
                standing.up(now.upNs());
                watch.up(now.upNs());
                chapter.connected(now);
            }
            case Link.News.Deaf deaf -> deaf(deaf, now);
            case Link.News.Settled(Flight.Farewell _, _) -> {
                link.leave();
                over = true;
            }
            case Link.News.Settled settled ->
                    chapter.settle(settled.flight(), settled.reasonCode(), now);
            case Link.News.Word word -> hear(word, now);
            case Link.News.Down down -> {
                watch.down();
                chapter.reopen(down.open(), now);
                standing.down(down.reason(), now.upNs());
            }
        }
    }

    private void deaf(Link.News.Deaf deaf, Moment now) {
        if (deaf.filter().equals(topics.status())) {
            watch.answered();
            LOG.info(
                    "event=own-status-unread platform={} reason=\"{}\" remedy=\"the broker may let"
                            + " a gateway read its own status, so that a restored old copy of its"
                            + " journal is known before it speaks\"",
                    platform.id(),
                    Reasons.words(deaf.reasonCode()));
            return;
        }
        var reason =
                "may not subscribe to %s: %s"
                        .formatted(deaf.filter(), Reasons.words(deaf.reasonCode()));
        LOG.warn("event=subscribe-refused platform={} reason=\"{}\"", platform.id(), reason);
        if (platform.acknowledges() && deaf.filter().equals(topics.ack())) {
            standing.refused(Standing.Refusal.ACKS, reason, now.upNs());
        }
    }

    private void hear(Link.News.Word word, Moment now) {
        if (word.topic().equals(topics.status())) {
            chapter.status(word.text());
            watch.answered();
        } else if (word.topic().equals(topics.receipt())) {
            chapter.receipt(word.text());
        } else if (word.topic().equals(topics.ack()) && platform.acknowledges()) {
            chapter.acknowledged(word.text(), now.upNs());
        } else {
            LOG.debug("event=word-ignored platform={} topic={}", platform.id(), word.topic());
        }
        chapter.ahead().ifPresent(seq -> halt(seq, now));
    }

    /** A DISCONNECT takes our will away, which would say less than what is retained. */
    private void halt(long theirs, Moment now) {
        halted = true;
        haltedNs = now.upNs();
        var reason =
                "the platform has entries of this epoch up to %d and we up to %d: the state folder"
                                .formatted(theirs, chapter.lastSeq())
                        + " was restored from an old copy";
        LOG.error(
                "event=platform-ahead platform={} epoch={} theirs={} ours={} remedy=\"the house"
                        + " begins a new epoch; keep the card or folder with the later entries\"",
                platform.id(),
                chapter.epoch(),
                theirs,
                chapter.lastSeq());
        link.leave();
        watch.down();
        standing.down(reason, now.upNs());
        setting.notices().ahead(chapter.epoch(), theirs);
    }

    private void act(Moment now) {
        if (halted) {
            return;
        }
        if (leaving.isPresent()) {
            leave(leaving.get(), now);
        } else if (link.isUp() && !watch.waits(now.upNs())) {
            chapter.send(now);
        }
    }

    private void leave(String reason, Moment now) {
        if (over) {
            return;
        }
        if (farewellNs == Long.MIN_VALUE) {
            farewellNs = now.upNs() + FAREWELL.toNanos();
        }
        if (watch.waits(now.upNs())) {
            // Nothing was said on this connection, so there is nothing to take back.
            link.leave();
        }
        if (link.isUp() && !farewellSaid && link.room() > 0) {
            var last = chapter.offline(now, Optional.of(reason));
            farewellSaid = link.publish(last, new Flight.Farewell(), now);
        }
        if (!link.isUp() || now.upNs() >= farewellNs) {
            // Not said, so the will must say it: no DISCONNECT.
            chapter.reopen(link.drop(now), now);
            over = true;
        }
    }

    private long wakeNs(long nowNs) {
        if (over) {
            return Long.MAX_VALUE;
        }
        if (halted) {
            return haltedNs + HALTED_MAX.toNanos();
        }
        var wake = Math.min(link.dueNs(), chapter.tallyDueNs());
        if (leaving.isPresent()) {
            return Math.min(wake, farewellNs);
        }
        if (!link.isUp()) {
            return wake;
        }
        return Math.min(wake, watch.waits(nowNs) ? watch.dueNs() : chapter.sendDueNs(nowNs));
    }
}
