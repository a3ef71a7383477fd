package org.mingchu.gateway;

import java.time.Duration;
import java.util.Locale;

/**
 * What to look at, by what was seen of an alarm; its words are in {@link SuggestionWords}.
 * Immutable.
 */
enum Suggestion {
    /** Stood for long, and nobody answers the last call. */
    STALE_UNSEEN,
    /** Stood for long, though somebody had taken it. */
    STALE_FORGOTTEN,
    /** Another alarm of the same cause came first. */
    CONSEQUENCE,
    /** A value that swings about its limit. */
    CHATTERING_VALUE,
    /** A contact, a probe or a link that comes and goes. */
    CHATTERING_DEVICE,
    /** Over the limit often, and never for long. */
    SHORT_VALUE,
    /** Gone again before there was anything to do. */
    SHORT_DEVICE,
    /** People come late, or not at all. */
    UNANSWERED,
    /** It comes again, people come, and it comes again. */
    REPEATED,
    /** Now and then, as an alarm should. */
    SELDOM;

    /** Fewer calls have no pattern yet. */
    private static final int PATTERN_MIN = 3;

    /** Once may be chance. */
    private static final int CHATTERED_MIN = 2;

    /** One call of so many that comes straight back is not chance any more. */
    private static final int CHATTERED_ONE_OF = 3;

    /** As long as defrosting takes, or filling a fridge. */
    private static final Duration SHORT = Duration.ofMinutes(30);

    /** An acknowledged alarm sounds again after as long. */
    private static final Duration LATE = Duration.ofMinutes(30);

    /** The first that fits: what endangers food longest comes first. */
    static Suggestion of(BadActor actor) {
        if (actor.stale() > 0) {
            return actor.unansweredSinceMs().isPresent() ? STALE_UNSEEN : STALE_FORGOTTEN;
        }
        if (actor.consequences() * 2 > actor.calls()) {
            return CONSEQUENCE;
        }
        if (chatters(actor)) {
            return actor.measured() ? CHATTERING_VALUE : CHATTERING_DEVICE;
        }
        if (actor.calls() >= PATTERN_MIN && isShort(actor)) {
            return actor.measured() ? SHORT_VALUE : SHORT_DEVICE;
        }
        if (isUnanswered(actor)) {
            return UNANSWERED;
        }
        return actor.calls() >= PATTERN_MIN ? REPEATED : SELDOM;
    }

    private static boolean chatters(BadActor actor) {
        return actor.chattered() >= CHATTERED_MIN
                && actor.chattered() * CHATTERED_ONE_OF >= actor.calls();
    }

    private static boolean isShort(BadActor actor) {
        return actor.stoodMs().orElse(Long.MAX_VALUE) < SHORT.toMillis();
    }

    private static boolean isUnanswered(BadActor actor) {
        return actor.answeredMs().orElse(Long.MAX_VALUE) > LATE.toMillis();
    }

    /** Its name for machines and in the files of words. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
