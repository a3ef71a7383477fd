package org.mingchu.gateway.tell;

import org.mingchu.gateway.judge.LinkState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/** How the platform can be reached, in one word and one line, told when it changes. One thread. */
final class Standing {
    /** A new reason for the same state is told this often at most. */
    private static final Duration REASON_EVERY = Duration.ofMinutes(10);

    private static final Logger LOG = LoggerFactory.getLogger(Standing.class);

    private final String platform;
    private final Notices notices;
    private final Map<Refusal, String> refusals = new EnumMap<>(Refusal.class);
    private LinkState told = LinkState.DOWN;
    private String toldReason = "";
    private long toldNs;
    private boolean up;
    private boolean unheard;
    private String downReason = "";

    /** What a broker can refuse us. */
    enum Refusal {
        ALARMS,
        READINGS,
        ACKS
    }

    Standing(String platform, Notices notices) {
        this.platform = platform;
        this.notices = notices;
    }

    LinkState state() {
        return told;
    }

    void up(long nowNs) {
        up = true;
        tell(nowNs);
    }

    /** Everything we knew about the broker is open again. */
    void down(String reason, long nowNs) {
        up = false;
        unheard = false;
        refusals.clear();
        downReason = reason;
        tell(nowNs);
    }

    void refused(Refusal what, String reason, long nowNs) {
        refusals.put(what, reason);
        tell(nowNs);
    }

    void accepted(Refusal what, long nowNs) {
        if (refusals.remove(what) != null) {
            tell(nowNs);
        }
    }

    /** Whether somebody is subscribed to our alarms. */
    void heard(boolean somebody, long nowNs) {
        if (unheard == somebody) {
            unheard = !somebody;
            tell(nowNs);
        }
    }

    private void tell(long nowNs) {
        var state = now();
        var reason = reason(state);
        var news = !reason.equals(toldReason);
        var old = nowNs - toldNs >= REASON_EVERY.toNanos();
        if (state != told || toldReason.isEmpty() || (news && old)) {
            told = state;
            toldReason = reason;
            toldNs = nowNs;
            LOG.info(
                    "event=link platform={} state={} reason=\"{}\"", platform, told.word(), reason);
            notices.link(state, reason);
        }
    }

    private LinkState now() {
        if (!up) {
            return LinkState.DOWN;
        }
        if (!refusals.isEmpty()) {
            return LinkState.REFUSED;
        }
        return unheard ? LinkState.UNHEARD : LinkState.UP;
    }

    private String reason(LinkState state) {
        return switch (state) {
            case DOWN -> downReason;
            case REFUSED -> String.join("; ", refusals.values());
            case UNHEARD -> "nobody at the platform is subscribed to our alarms";
            case UP -> "connected";
        };
    }
}
