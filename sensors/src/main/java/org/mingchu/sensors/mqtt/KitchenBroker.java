package org.mingchu.sensors.mqtt;

import org.mingchu.config.Broker;
import org.mingchu.config.Secrets;
import org.mingchu.config.SensorPlan;
import org.mingchu.sensors.Clock;
import org.mingchu.sensors.Correction;
import org.mingchu.sensors.Intake;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The probes on the kitchen's own broker: one connection, MQTT 5, quality of service 1, a session
 * that the broker keeps for 7 days, at most 256 messages in flight. A message is acknowledged to
 * the broker only when the intake has kept what it says, in the order of arrival; when the intake
 * refuses, nothing is acknowledged and the connection is made again after 1 s to 60 s, so that the
 * broker sends it again. So a reading can come twice and, at quality of service 1, is never lost;
 * what devices publish with 0 is kept as it comes and lost while nobody hears it.
 *
 * <p>Lists hold at most one reading per sensor; while the intake keeps one wave of lists, what
 * arrives gathers for the next.
 *
 * <p>Ages. A payload that dates itself ({@link Profile}) has the age it says; older than 2 minutes,
 * or older than what was heard before, it is {@link org.mingchu.sensors.Flag#BACKFILLED}; more than
 * 2 minutes ahead it is not believed. One that does not has the age of its arrival, with two
 * exceptions, because its arrival says nothing: a <em>retained</em> value is not a reading at all
 * (nobody knows how old it is, so it is not new), and one that the broker had <em>queued</em> while
 * we were away is {@code BACKFILLED}, its age counted from its arrival for want of a better one.
 * While nobody has set our clock, no payload's time can be compared, and all count as undated. A
 * value with the same own time as one that was kept is not kept again.
 *
 * <p>A probe that its network calls offline is {@link org.mingchu.sensors.Fault#SILENT} at once. A
 * probe that merely says nothing is not noticed here.
 *
 * <p>A broker that queues little for an absent client loses the rest by itself: for mosquitto
 * {@code max_queued_messages 0} and {@code persistence true} are needed.
 *
 * <p>Runs on one thread of its own; every method from any thread.
 */
public final class KitchenBroker implements AutoCloseable {
    /** How long readings that are being kept are waited for at the end. */
    private static final Duration LEAVING = Duration.ofSeconds(2);

    /** The loop looks at the clock at least this often: a suspended machine's clock jumps. */
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(KitchenBroker.class);

    private final Clock clock;
    private final Roster roster;
    private final Inbox inbox;
    private final Desk desk;
    private final Reception reception;
    private final Thread thread;
    private volatile boolean closing;

    /** A sensor whose source is {@link org.mingchu.config.Source.Mqtt}, and its correction. */
    public record Probe(SensorPlan plan, Correction correction) {}

    /**
     * Connects to nothing before {@link #start}.
     *
     * @param secret of the broker, {@link Secrets.Secret#NONE} where everybody may connect
     * @param clientId the same for the life of this gateway: the session goes by it
     * @param zone of payloads that give local time
     * @param chance spreads the waits between tries
     * @throws IllegalArgumentException when a probe is not heard over MQTT
     */
    public KitchenBroker(
            Broker broker,
            Secrets.Secret secret,
            String clientId,
            List<Probe> probes,
            Intake intake,
            Clock clock,
            ZoneId zone,
            RandomGenerator chance) {
        this(broker, secret, clientId, probes, intake, clock, zone, chance, Pace.USUAL);
    }

    KitchenBroker(
            Broker broker,
            Secrets.Secret secret,
            String clientId,
            List<Probe> probes,
            Intake intake,
            Clock clock,
            ZoneId zone,
            RandomGenerator chance,
            Pace pace) {
        this.clock = clock;
        roster = new Roster(probes, zone);
        inbox = new Inbox(clock);
        var sorter = new Sorter(roster);
        desk = new Desk(sorter, intake, inbox);
        reception =
                new Reception(
                        () -> new PahoLink(broker, secret, clientId, inbox),
                        roster,
                        desk,
                        sorter,
                        new Fence(clientId, pace.fence()),
                        inbox,
                        clock,
                        pace,
                        new Backoff(pace, chance));
        thread = Thread.ofPlatform().name("kitchen-broker").daemon().unstarted(this::run);
    }

    /** Begins to connect and to hear; once. */
    public void start() {
        thread.start();
    }

    /** How it does just now. */
    public Health health() {
        var sensors = new LinkedHashMap<String, Health.Heard>();
        roster.ears().forEach((id, ear) -> sensors.put(id, ear.heard()));
        var standing = reception.standing();
        return new Health(
                standing.link(), standing.sinceNs(), standing.why(), reception.counts(), sensors);
    }

    /**
     * Takes nothing more in, waits up to 2 s for what is being kept, so that it is acknowledged,
     * and disconnects. The broker keeps the session and all that is not acknowledged.
     */
    @Override
    public void close() {
        closing = true;
        inbox.nudge();
        try {
            thread.join(LEAVING.multipliedBy(2));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!closing) {
                round(Long.MAX_VALUE, false);
            }
            var untilNs = clock.now().upNs() + LEAVING.toNanos();
            while (!desk.isFree() && clock.now().upNs() < untilNs) {
                round(untilNs, true);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            reception.leave();
        }
    }

    private void round(long untilNs, boolean leaving) throws InterruptedException {
        var lookNs = clock.now().upNs() + LOOK_EVERY.toNanos();
        var events = inbox.take(Math.min(lookNs, Math.min(untilNs, reception.nextNs())));
        try {
            reception.step(events, leaving);
        } catch (RuntimeException e) {
            // The loop's one guard: a mistake of ours costs a connection, not the probes.
            LOG.error("event=kitchen-broker-failed", e);
            reception.failed();
        }
    }
}
