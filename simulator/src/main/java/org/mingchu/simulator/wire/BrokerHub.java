package org.mingchu.simulator.wire;

import io.netty.channel.EventLoop;
import io.netty.handler.codec.mqtt.MqttSubscriptionOption;
import io.netty.handler.codec.mqtt.MqttSubscriptionOption.RetainedHandlingPolicy;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Who is there, who wants what, and what is retained. Event loop only. */
final class BrokerHub {
    /** Session expiry interval that means "never" (MQTT 5 section 3.1.2.11.2). */
    private static final long NEVER_SECONDS = 0xffff_ffffL;

    private final EventLoop loop;
    private final LongSupplier nowNs;
    private final BrokerFaults faults;
    private final Consumer<BrokerReceived> log;
    private final Map<String, BrokerSession> sessions = new HashMap<>();
    private final Map<String, BrokerMessage> retained = new TreeMap<>();
    private final Map<BrokerSession, BrokerMessage> pendingWills = new HashMap<>();

    BrokerHub(
            EventLoop loop, LongSupplier nowNs, BrokerFaults faults, Consumer<BrokerReceived> log) {
        this.loop = loop;
        this.nowNs = nowNs;
        this.faults = faults;
        this.log = log;
    }

    BrokerFaults faults() {
        return faults;
    }

    long nowNs() {
        return nowNs.getAsLong();
    }

    void log(BrokerReceived received) {
        log.accept(received);
    }

    Map<String, BrokerMessage> retained() {
        return retained;
    }

    Map<String, BrokerSession> sessions() {
        return sessions;
    }

    /** Takes over or ends what the client had before; the session and whether it was there. */
    Opened open(String clientId, boolean cleanStart) {
        var before = Optional.ofNullable(sessions.get(clientId));
        before.flatMap(BrokerSession::connection).ifPresent(BrokerConnection::takenOver);
        // a session without expiry has just ended with its connection
        var kept = Optional.ofNullable(sessions.get(clientId));
        if (kept.isPresent() && !cleanStart) {
            pendingWills.remove(kept.get());
            return new Opened(kept.get(), true);
        }
        kept.ifPresent(this::end);
        var session = new BrokerSession(clientId);
        sessions.put(clientId, session);
        return new Opened(session, false);
    }

    /** A session, and whether the client knows it from before. */
    record Opened(BrokerSession session, boolean present) {}

    /**
     * The connection of {@code session} is gone.
     *
     * @param will what it left to be said; empty after an orderly farewell
     */
    void left(BrokerSession session, BrokerWill will) {
        session.detach();
        var expiry = session.expirySeconds();
        will.message().ifPresent(message -> pendingWills.put(session, message));
        if (expiry == 0) {
            end(session);
            return;
        }
        if (will.delaySeconds() == 0) {
            sayWill(session);
        } else {
            whenStillGone(will.delaySeconds(), session, () -> sayWill(session));
        }
        if (expiry != NEVER_SECONDS) {
            whenStillGone(expiry, session, () -> end(session));
        }
    }

    private void whenStillGone(long seconds, BrokerSession session, Runnable deed) {
        var absence = session.absence();
        later(
                TimeUnit.SECONDS.toNanos(seconds),
                () -> {
                    if (session.isAbsentSince(absence)) {
                        deed.run();
                    }
                });
    }

    void later(long delayNs, Runnable deed) {
        var _ = loop.schedule(deed, delayNs, TimeUnit.NANOSECONDS);
    }

    /** A session that ends says its will, however long the delay still was. */
    private void end(BrokerSession session) {
        sessions.remove(session.clientId(), session);
        sayWill(session);
    }

    private void sayWill(BrokerSession session) {
        var will = pendingWills.remove(session);
        if (will != null) {
            publish(will, "");
        }
    }

    /** Retains and routes; whether anybody is subscribed. */
    boolean publish(BrokerMessage message, String from) {
        if (message.retain()) {
            retain(message);
        }
        var wanted = false;
        for (var session : sessions.values().toArray(BrokerSession[]::new)) {
            wanted |= offer(message, from, session);
        }
        return wanted;
    }

    private void retain(BrokerMessage message) {
        if (message.payload().length == 0) {
            retained.remove(message.topic());
        } else {
            retained.put(message.topic(), message);
        }
    }

    private boolean offer(BrokerMessage message, String from, BrokerSession session) {
        var highest = -1;
        var asPublished = false;
        for (var subscription : session.subscriptions().entrySet()) {
            var option = subscription.getValue();
            var echo = option.isNoLocal() && session.clientId().equals(from);
            if (!echo && BrokerFilter.matches(subscription.getKey(), message.topic())) {
                highest = Math.max(highest, option.qos().value());
                asPublished |= option.isRetainAsPublished();
            }
        }
        if (highest < 0) {
            return false;
        }
        var copy = message.withQosAtMost(highest).withRetain(message.retain() && asPublished);
        for (int i = faults.copiesOf(message.topic()); i > 0; i--) {
            session.deliver(copy);
        }
        return true;
    }

    void subscribe(BrokerSession session, String filter, MqttSubscriptionOption option) {
        var isNew = session.subscriptions().put(filter, option) == null;
        if (option.retainHandling() == RetainedHandlingPolicy.DONT_SEND_AT_SUBSCRIBE) {
            return;
        }
        if (!isNew
                && option.retainHandling()
                        == RetainedHandlingPolicy.SEND_AT_SUBSCRIBE_IF_NOT_YET_EXISTS) {
            return;
        }
        var now = nowNs();
        retained.values().removeIf(message -> message.expiredAt(now));
        for (var message : retained.values()) {
            if (BrokerFilter.matches(filter, message.topic())) {
                session.deliver(message.withQosAtMost(option.qos().value()).withRetain(true));
            }
        }
    }
}
