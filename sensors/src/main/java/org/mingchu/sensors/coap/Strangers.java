package org.mingchu.sensors.coap;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.mingchu.sensors.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Who tried to speak and was not let in, for the technician: DTLS itself answers a wrong key with
 * silence, which looks like a broken aerial. Identities are hashed: a key typed into the wrong
 * field must not be shown. The one not heard for longest makes room. Any thread.
 */
public final class Strangers {
    private static final Logger LOG = LoggerFactory.getLogger(Strangers.class);

    /** Strangers that are remembered. */
    public static final int KEPT_MAX = 64;

    /** Whoever invents an identity for each try must not fill the log. */
    private static final long LOG_EVERY_NS = TimeUnit.SECONDS.toNanos(10);

    private static final int HASH_CHARS = 12;
    private static final int FIRST = 16;
    private static final float LOAD = 0.75f;

    private final Clock clock;
    private long logFromNs = Long.MIN_VALUE;
    private final Map<Who, Seen> seen =
            new LinkedHashMap<>(FIRST, LOAD, true) {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Who, Seen> eldest) {
                    return size() > KEPT_MAX;
                }
            };

    /** Why nobody was let in. */
    public enum Reason {
        UNKNOWN_IDENTITY("unknown-identity"),
        WRONG_KEY("wrong-key"),
        REVOKED("revoked"),
        CERTIFICATE_REFUSED("certificate-refused");

        private final String word;

        Reason(String word) {
            this.word = word;
        }

        /** The word that is shown. */
        public String word() {
            return word;
        }
    }

    /**
     * One who was not let in. Immutable.
     *
     * @param hash the first 12 hexadecimal digits of the identity's SHA-256
     * @param lastNs when it tried last, by the boot clock
     */
    public record Stranger(String hash, Reason reason, long count, long lastNs) {}

    private record Who(String hash, Reason reason) {}

    private record Seen(long count, long lastNs) {}

    Strangers(Clock clock) {
        this.clock = clock;
    }

    /** How an identity is shown: what the technician can compute for the probes at hand. */
    public static String hash(String identity) {
        return HexFormat.of()
                .formatHex(Fingerprint.sha256(identity.getBytes(UTF_8)))
                .substring(0, HASH_CHARS);
    }

    synchronized void note(String identity, Reason reason) {
        var who = new Who(hash(identity), reason);
        var nowNs = clock.now().upNs();
        var count =
                seen.merge(who, new Seen(1, nowNs), (a, b) -> new Seen(a.count + 1, nowNs)).count;
        if (count == 1 && nowNs >= logFromNs) {
            logFromNs = nowNs + LOG_EVERY_NS;
            LOG.warn("event=coap-stranger identity_hash={} reason={}", who.hash, reason.word);
        }
    }

    /** The one heard last at the end. */
    public synchronized List<Stranger> list() {
        return seen.entrySet().stream()
                .map(e ->
                        new Stranger(
                                e.getKey().hash,
                                e.getKey().reason,
                                e.getValue().count,
                                e.getValue().lastNs))
                .toList();
    }
}
