package org.mingchu.sensors.mqtt;

import org.eclipse.paho.mqttv5.common.MqttException;
import org.mingchu.sensors.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The life of the connection, stepped by one thread: connects, subscribes, hands over, acknowledges
 * what is kept, and begins again behind a growing wait when the broker is away or the intake
 * refuses. Only {@link #standing} and {@link #counts} are for any thread.
 */
final class Reception {
    /** Topics in one SUBSCRIBE: it stays below any broker's packet limit. */
    private static final int FILTERS_MAX = 64;

    private static final Logger LOG = LoggerFactory.getLogger(Reception.class);

    private final Links links;
    private final Roster roster;
    private final Sorter sorter;
    private final Desk desk;
    private final Fence fence;
    private final Inbox inbox;
    private final Clock clock;
    private final Pace pace;
    private final Backoff backoff;
    private final Owed owed = new Owed();
    private final Tally tally = new Tally();
    private Phase phase = new Phase.Away(0);
    private volatile Standing standing;
    private volatile Health.Counts counts = Health.Counts.NONE;

    /** Makes a connection that is not open yet. */
    @FunctionalInterface
    interface Links {
        PahoLink make() throws MqttException;
    }

    /** How the link stands, for people. */
    record Standing(Health.Link link, long sinceNs, String why) {}

    Reception(
            Links links,
            Roster roster,
            Desk desk,
            Sorter sorter,
            Fence fence,
            Inbox inbox,
            Clock clock,
            Pace pace,
            Backoff backoff) {
        this.links = links;
        this.roster = roster;
        this.desk = desk;
        this.sorter = sorter;
        this.fence = fence;
        this.inbox = inbox;
        this.clock = clock;
        this.pace = pace;
        this.backoff = backoff;
        this.standing = new Standing(Health.Link.AWAY, clock.now().upNs(), "not connected yet");
    }

    Standing standing() {
        return standing;
    }

    Health.Counts counts() {
        return counts;
    }

    /** One round: what was told, what is due, and, unless it is {@code closing}, the next wave. */
    void step(List<Event> events, boolean closing) {
        for (var event : events) {
            if (!(event instanceof Event.OfLink of)
                    || here().filter(of.link()::equals).isPresent()) {
                on(event);
            }
        }
        due(clock.now().upNs());
        if (!closing) {
            desk.hand(clock.now());
        }
        settle();
        inbox.load(owed.size() + sorter.size());
        counts = tally.counts(sorter.again(), inbox.dropped());
    }

    /** When {@link #step} has something to do without being told. */
    long nextNs() {
        var next = fence.untilNs();
        if (!desk.isFree()) {
            next = Math.min(next, desk.handedNs() + pace.keep().toNanos());
        }
        return switch (phase) {
            case Phase.Away(var untilNs) -> Math.min(next, untilNs);
            case Phase.Joining(_, var untilNs, _, _) -> Math.min(next, untilNs);
            case Phase.Hearing _ -> next;
        };
    }

    /** Begins anew after a mistake of ours: whatever was on its way comes again. */
    void failed() {
        desk.giveUp().forEach(sheaf -> refused(sheaf, "the gateway stumbled"));
        lose("the gateway stumbled");
    }

    /** Ends the connection for good; the broker keeps what is not acknowledged. */
    void leave() {
        here().ifPresent(PahoLink::release);
        inbox.nudge();
        phase = new Phase.Away(Long.MAX_VALUE);
        standing = new Standing(Health.Link.AWAY, clock.now().upNs(), "closed");
    }

    private Optional<PahoLink> here() {
        return switch (phase) {
            case Phase.Away _ -> Optional.empty();
            case Phase.Joining(var link, _, _, _) -> Optional.of(link);
            case Phase.Hearing(var link, _) -> Optional.of(link);
        };
    }

    private void on(Event event) {
        switch (event) {
            case Event.Connected(var link, var resumed) -> connected(link, resumed);
            case Event.Subscribed(var link, var worst) -> subscribed(link, worst);
            case Event.Arrived(_, var publish, var atNs) -> arrived(publish, atNs);
            case Event.Lost(_, var why) -> lose(why);
            case Event.Kept(var sheaf) -> kept(sheaf);
            case Event.Refused(var sheaf) -> {
                if (desk.answered(sheaf)) {
                    refused(sheaf, "the gateway does not take readings just now");
                }
            }
        }
    }

    private void due(long nowNs) {
        switch (phase) {
            case Phase.Away(var untilNs) when nowNs >= untilNs -> connect(nowNs);
            case Phase.Joining(_, var untilNs, _, _) when nowNs >= untilNs ->
                    lose("the broker takes the connection and does not answer");
            case Phase.Away _, Phase.Joining _, Phase.Hearing _ -> {}
        }
        if (fence.tick(nowNs)) {
            owed.forgetBefore();
        }
        if (!desk.isFree() && nowNs - desk.handedNs() >= pace.keep().toNanos()) {
            desk.giveUp().forEach(sheaf -> refused(sheaf, "the gateway does not keep readings"));
        }
    }

    private void connect(long nowNs) {
        try {
            var link = links.make();
            phase = new Phase.Joining(link, nowNs + pace.answer().toNanos(), 0, 0);
            link.connect();
        } catch (MqttException | IllegalArgumentException _) {
            away("[broker] url in the site file is not one to connect to");
        }
    }

    private void connected(PahoLink link, boolean resumed) {
        fence.connected(resumed);
        if (!resumed) {
            owed.forgetBefore();
        }
        var topics = new ArrayList<>(roster.topics());
        topics.add(fence.topic());
        var left = 0;
        for (var from = 0; from < topics.size(); from += FILTERS_MAX) {
            link.subscribe(topics.subList(from, Math.min(from + FILTERS_MAX, topics.size())));
            left++;
        }
        phase = new Phase.Joining(link, clock.now().upNs() + pace.answer().toNanos(), left, 0);
    }

    private void subscribed(PahoLink link, int worst) {
        if (phase instanceof Phase.Joining(_, var untilNs, var left, var before)) {
            phase = new Phase.Joining(link, untilNs, left - 1, Math.max(worst, before));
        }
        if (phase instanceof Phase.Joining(_, _, var left, var all) && left == 0) {
            hear(link, all);
        }
    }

    private void hear(PahoLink link, int worst) {
        var nowNs = clock.now().upNs();
        phase = new Phase.Hearing(link, nowNs);
        fence.send(link, nowNs);
        stand(
                Health.Link.HEARING,
                PahoLink.refuses(worst)
                        ? "the broker refuses a topic (0x%x); check its ACL".formatted(worst)
                        : "");
    }

    private void arrived(Delivery.Publish publish, long atNs) {
        tally.message();
        var known = owed.before(publish);
        var delivery =
                known.orElseGet(
                        () -> new Delivery(publish, atNs, fence.open() && !publish.retained()));
        if (publish.qos() > 0) {
            owed.add(delivery);
        }
        if (publish.topic().equals(fence.topic())) {
            delivery.become(Delivery.State.KEPT);
            if (fence.back(publish.payload())) {
                owed.forgetBefore();
            }
        } else if (delivery.state() == Delivery.State.WAITING) {
            sorter.add(delivery);
        } else {
            tally.again();
        }
    }

    private void kept(Sheaf sheaf) {
        var nowNs = clock.now().upNs();
        desk.answered(sheaf);
        sheaf.said().forEach(said -> said.ear().keep(said, nowNs));
        sheaf.deliveries().forEach(delivery -> delivery.become(Delivery.State.KEPT));
        tally.kept(sheaf.said().size());
        backoff.reset();
    }

    /** Only a new connection makes the broker send again what it is not acknowledged. */
    private void refused(Sheaf sheaf, String why) {
        tally.refusal();
        var again = false;
        for (var delivery : sheaf.deliveries()) {
            delivery.become(Delivery.State.WAITING);
            if (delivery.publish().qos() == 0) {
                tally.lost();
            }
            again |= owed.has(delivery);
        }
        if (again) {
            lose(why);
        }
    }

    private void settle() {
        here().ifPresent(link -> tally.acknowledged(owed.settle(link::acknowledge)));
    }

    /** What is kept and not acknowledged stays known: nobody can say what a dying link carries. */
    private void lose(String why) {
        here().ifPresent(PahoLink::release);
        owed.lost();
        fence.lost();
        sorter.forgetPaced();
        if (phase instanceof Phase.Hearing(_, var sinceNs)
                && clock.now().upNs() - sinceNs >= pace.longest().toNanos()) {
            backoff.reset();
        }
        away(why);
    }

    private void away(String why) {
        phase = new Phase.Away(clock.now().upNs() + backoff.waitNs());
        stand(Health.Link.AWAY, why);
    }

    /** Logged when it changes, not at each try. */
    private void stand(Health.Link link, String why) {
        var was = standing;
        if (was.link() == link && was.why().equals(why)) {
            return;
        }
        var since = was.link() == link ? was.sinceNs() : clock.now().upNs();
        standing = new Standing(link, since, why);
        if (link == Health.Link.HEARING) {
            LOG.info(
                    "event=kitchen-broker-heard topics={} note=\"{}\"",
                    roster.topics().size(),
                    why);
        } else {
            LOG.warn("event=kitchen-broker-away why=\"{}\"", why);
        }
    }
}
