package org.mingchu.sensors.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;

/**
 * Tells what the broker had queued for us from what is said now: a message of our own, sent after
 * the subscriptions, comes back behind all that was queued. Where the broker does not let us send
 * it, the queue is taken to be through after a while. The loop's thread.
 */
final class Fence {
    /** One that did not come back is worth nothing later. */
    private static final Duration LIFE = Duration.ofMinutes(1);

    private final String topic;
    private final Duration patience;
    private long count;
    private long untilNs = Long.MAX_VALUE;
    private boolean open = true;

    Fence(String clientId, Duration patience) {
        this.topic = "mingchu/" + clientId.replaceAll("[^A-Za-z0-9_-]", "_") + "/fence";
        this.patience = patience;
    }

    String topic() {
        return topic;
    }

    /** Whether a message that comes now is said now. */
    boolean open() {
        return open;
    }

    /** Opens when its time is up; when that is. */
    long untilNs() {
        return untilNs;
    }

    /** A connection is made; a broker that does not know us has nothing queued. */
    void connected(boolean resumed) {
        open = !resumed;
        untilNs = Long.MAX_VALUE;
    }

    /** The connection is gone. */
    void lost() {
        open = false;
        untilNs = Long.MAX_VALUE;
    }

    void send(PahoLink link, long nowNs) {
        if (!open) {
            untilNs = nowNs + patience.toNanos();
            link.publish(topic, Long.toString(++count), LIFE);
        }
    }

    /** One came back; those of earlier connections mean nothing. Whether it opened now. */
    boolean back(byte[] payload) {
        var ours = !open && new String(payload, UTF_8).equals(Long.toString(count));
        return ours && opened();
    }

    /** Whether it opened now. */
    boolean tick(long nowNs) {
        return !open && nowNs >= untilNs && opened();
    }

    private boolean opened() {
        open = true;
        untilNs = Long.MAX_VALUE;
        return true;
    }
}
