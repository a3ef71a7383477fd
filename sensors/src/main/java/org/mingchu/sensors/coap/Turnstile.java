package org.mingchu.sensors.coap;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How many datagrams come through to the stack: so many a second from one address and so many from
 * all. The stack keeps something of each request for a while, so this is what bounds its memory.
 * Addresses, not ports: a new port costs a sender nothing. Any thread.
 */
final class Turnstile {
    private static final Logger LOG = LoggerFactory.getLogger(Turnstile.class);

    /** Addresses that are told apart; the one not heard for longest makes room. */
    static final int ADDRESSES_MAX = 1_024;

    private static final long LOG_EVERY_NS = TimeUnit.MINUTES.toNanos(1);
    private static final int FIRST = 16;
    private static final float LOAD = 0.75f;

    private final String name;
    private final Rates rates;
    private final LongSupplier upNs;
    private final Bucket total;
    private final Bucket totalHandshakes;
    private final Map<InetAddress, Gate> gates =
            new LinkedHashMap<>(FIRST, LOAD, true) {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<InetAddress, Gate> eldest) {
                    return size() > ADDRESSES_MAX;
                }
            };
    private Optional<InetSocketAddress> own = Optional.empty();
    private long refused;
    private long logFromNs = Long.MIN_VALUE;

    /**
     * Of one kind of passage.
     *
     * @param burst at once, after a rest
     */
    record Rate(long perS, long burst) {}

    /** Datagrams, and among them those that begin a session. */
    record Rates(Rate perAddress, Rate total, Rate handshakes, Rate totalHandshakes) {}

    /** What a datagram asks for. */
    enum Kind {
        DATAGRAM,
        /** It makes the stack remember a new peer. */
        HANDSHAKE
    }

    private record Gate(Bucket datagrams, Bucket handshakes) {}

    Turnstile(String name, Rates rates, LongSupplier upNs) {
        this.name = name;
        this.rates = rates;
        this.upNs = upNs;
        var nowNs = upNs.getAsLong();
        this.total = new Bucket(rates.total, nowNs);
        this.totalHandshakes = new Bucket(rates.totalHandshakes, nowNs);
    }

    /** The self-probe's own socket always comes through. */
    synchronized void expect(InetSocketAddress prober) {
        own = Optional.of(prober);
    }

    synchronized boolean admits(InetSocketAddress from, Kind kind) {
        if (own.filter(from::equals).isPresent()) {
            return true;
        }
        var nowNs = upNs.getAsLong();
        var gate = gates.computeIfAbsent(from.getAddress(), _ -> gate(nowNs));
        var admitted =
                gate.datagrams.take(nowNs)
                        && (kind == Kind.DATAGRAM || gate.handshakes.take(nowNs))
                        && total.take(nowNs)
                        && (kind == Kind.DATAGRAM || totalHandshakes.take(nowNs));
        if (!admitted) {
            refuse(from, nowNs);
        }
        return admitted;
    }

    /** Datagrams that did not come through since the start. */
    synchronized long refused() {
        return refused;
    }

    private void refuse(InetSocketAddress from, long nowNs) {
        refused++;
        if (nowNs >= logFromNs) {
            logFromNs = nowNs + LOG_EVERY_NS;
            LOG.warn(
                    "event=coap-throttled listener={} from={} refused={}",
                    name,
                    from.getAddress().getHostAddress(),
                    refused);
        }
    }

    private Gate gate(long nowNs) {
        return new Gate(new Bucket(rates.perAddress, nowNs), new Bucket(rates.handshakes, nowNs));
    }

    /** Fills with time, to its burst. Guarded by the turnstile. */
    private static final class Bucket {
        private static final long NS_PER_S = TimeUnit.SECONDS.toNanos(1);

        private final long nsEach;
        private final long burstNs;
        private long filledNs;
        private long atNs;

        Bucket(Rate rate, long nowNs) {
            this.nsEach = NS_PER_S / rate.perS;
            this.burstNs = rate.burst * nsEach;
            this.filledNs = burstNs;
            this.atNs = nowNs;
        }

        boolean take(long nowNs) {
            filledNs = Math.min(burstNs, filledNs + Math.max(0, nowNs - atNs));
            atNs = nowNs;
            if (filledNs < nsEach) {
                return false;
            }
            filledNs -= nsEach;
            return true;
        }
    }
}
