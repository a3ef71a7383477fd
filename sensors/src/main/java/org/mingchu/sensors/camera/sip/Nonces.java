package org.mingchu.sensors.camera.sip;

import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;

/**
 * The nonces that are out: 128 random bits, good once, for 30 s, from the address that was asked.
 * The oldest give way, so that strangers cannot fill memory. One thread.
 */
final class Nonces {
    static final int NONCES_MAX = 1024;
    static final Duration LIFE = Duration.ofSeconds(30);

    private static final int NONCE_BYTES = 16;

    private final SecureRandom chance;
    private final LinkedHashMap<String, Issued> issued = new LinkedHashMap<>();

    /** What a nonce is worth. */
    enum Worth {
        /** Ours, fresh, and never seen before; it is spent now. */
        LIVE,
        /** Ours, and it has logged somebody in or failed to. */
        SPENT,
        /** Too old, from elsewhere, or not ours at all. */
        STALE
    }

    Nonces(SecureRandom chance) {
        this.chance = chance;
    }

    String issue(InetAddress asked, long nowNs) {
        var bytes = new byte[NONCE_BYTES];
        chance.nextBytes(bytes);
        var nonce = HexFormat.of().formatHex(bytes);
        issued.put(nonce, new Issued(asked, nowNs, false));
        if (issued.size() > NONCES_MAX) {
            issued.pollFirstEntry();
        }
        return nonce;
    }

    Worth spend(String nonce, InetAddress from, long nowNs) {
        var known = issued.get(nonce);
        if (known == null) {
            return Worth.STALE;
        }
        if (known.spent) {
            return Worth.SPENT;
        }
        if (!known.asked.equals(from) || nowNs - known.atNs > LIFE.toNanos()) {
            return Worth.STALE;
        }
        issued.put(nonce, new Issued(known.asked, known.atNs, true));
        return Worth.LIVE;
    }

    int size() {
        return issued.size();
    }

    private record Issued(InetAddress asked, long atNs, boolean spent) {}
}
