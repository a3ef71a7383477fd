package org.mingchu.simulator.wire;

import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What is wrong with a {@link Broker} just now. Everything can be switched while clients are
 * connected and binds from the next packet on; {@link #mend} takes all of it back. Filters are
 * topic filters with + and #. Any thread.
 */
public final class BrokerFaults {
    private static final int NEVER = -1;

    private final Map<String, Integer> nacks = new ConcurrentHashMap<>();
    private final Set<String> mute = ConcurrentHashMap.newKeySet();
    private final Set<String> forgotten = ConcurrentHashMap.newKeySet();
    private final Set<String> twice = ConcurrentHashMap.newKeySet();
    private final AtomicInteger publishesLeft = new AtomicInteger(NEVER);
    private volatile boolean connackWithheld;
    private volatile OptionalInt connectRefusal = OptionalInt.empty();
    private volatile OptionalInt receiveMaximum = OptionalInt.empty();
    private volatile Duration delay = Duration.ZERO;

    BrokerFaults() {}

    /**
     * A PUBLISH to {@code filter} is refused in its PUBACK and goes nowhere.
     *
     * @param reasonCode 0x80 and above, such as 0x87 not authorised, 0x97 quota exceeded
     */
    public BrokerFaults nack(String filter, int reasonCode) {
        if (reasonCode < 0x80 || reasonCode > 0xff) {
            throw new IllegalArgumentException(
                    "not a refusal: reason code " + reasonCode + ", expected 0x80..0xff");
        }
        nacks.put(filter, reasonCode);
        return this;
    }

    /** A PUBLISH to {@code filter} is delivered, but its PUBACK never comes. */
    public BrokerFaults mute(String filter) {
        mute.add(filter);
        return this;
    }

    /** A PUBLISH to {@code filter} is acknowledged as if somebody got it, and lost. */
    public BrokerFaults forget(String filter) {
        forgotten.add(filter);
        return this;
    }

    /** A PUBLISH to {@code filter} reaches every subscriber two times. */
    public BrokerFaults deliverTwice(String filter) {
        twice.add(filter);
        return this;
    }

    /** The connection that sends the n-th PUBLISH from now on is cut before that one is handled. */
    public BrokerFaults cutAfter(int publishes) {
        if (publishes < 1) {
            throw new IllegalArgumentException("cutAfter " + publishes + ", expected 1 or more");
        }
        publishesLeft.set(publishes);
        return this;
    }

    /** Connections are taken, CONNECT is read, and nothing is ever answered. */
    public BrokerFaults withholdConnack() {
        connackWithheld = true;
        return this;
    }

    /** CONNECT is answered with this reason code, 0x80 and above, and the connection is closed. */
    public BrokerFaults refuseConnect(int reasonCode) {
        connectRefusal = OptionalInt.of(reasonCode);
        return this;
    }

    /** Connections made from now on are told this receive maximum, 1..65535. */
    public BrokerFaults receiveMaximum(int messages) {
        receiveMaximum = OptionalInt.of(messages);
        return this;
    }

    /** PUBLISH is handled, and acknowledged, this much later; the order stays. */
    public BrokerFaults delay(Duration by) {
        delay = by;
        return this;
    }

    /** Everything is as it should be again. Messages that a fault swallowed stay lost. */
    public void mend() {
        nacks.clear();
        mute.clear();
        forgotten.clear();
        twice.clear();
        publishesLeft.set(NEVER);
        connackWithheld = false;
        connectRefusal = OptionalInt.empty();
        receiveMaximum = OptionalInt.empty();
        delay = Duration.ZERO;
    }

    OptionalInt refusalOf(String topic) {
        return nacks.entrySet().stream()
                .filter(nack -> BrokerFilter.matches(nack.getKey(), topic))
                .mapToInt(Map.Entry::getValue)
                .findFirst();
    }

    boolean mutes(String topic) {
        return anyMatches(mute, topic);
    }

    boolean forgets(String topic) {
        return anyMatches(forgotten, topic);
    }

    int copiesOf(String topic) {
        return anyMatches(twice, topic) ? 2 : 1;
    }

    /** Counts one PUBLISH; whether it is the one that ends the connection. */
    boolean cutsNow() {
        return publishesLeft.getAndUpdate(left -> left > 0 ? left - 1 : NEVER) == 1;
    }

    boolean withholdsConnack() {
        return connackWithheld;
    }

    OptionalInt connectRefusal() {
        return connectRefusal;
    }

    OptionalInt receiveMaximum() {
        return receiveMaximum;
    }

    Duration delay() {
        return delay;
    }

    private static boolean anyMatches(Set<String> filters, String topic) {
        return filters.stream().anyMatch(filter -> BrokerFilter.matches(filter, topic));
    }
}
