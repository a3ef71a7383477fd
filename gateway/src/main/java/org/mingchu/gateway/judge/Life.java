package org.mingchu.gateway.judge;

import java.util.List;

/** The life of an alarm (ISA-18.2 / IEC 62682): the one table of what may follow what. */
final class Life {
    /** What moves an alarm on. */
    enum Trigger {
        /** The condition has held for the on-delay. */
        HELD,
        /** The condition has been gone for the off-delay, or nobody watches it any more. */
        GONE,
        /** A person is on it. */
        ACKNOWLEDGED,
        /** It has been gone, and seen, for long enough: the episode is over. */
        SETTLED,
        /** A person is on it for long, and it still holds. */
        AGAIN,
        /** Nobody has come for long. */
        UNANSWERED
    }

    /** One event, and the state it leads to. */
    record Step(AlarmChange change, AlarmState state) {}

    private static final List<Step> STAYS = List.of();

    private static final List<Step> RAISED =
            List.of(new Step(AlarmChange.RAISED, AlarmState.UNACK_ACTIVE));

    private static final List<Step> RE_ALARMED =
            List.of(new Step(AlarmChange.RE_ALARMED, AlarmState.UNACK_ACTIVE));

    private static final List<Step> SEEN =
            List.of(new Step(AlarmChange.ACKNOWLEDGED, AlarmState.ACK_ACTIVE));

    private static final List<Step> RETURNED_UNSEEN =
            List.of(new Step(AlarmChange.RETURNED, AlarmState.UNACK_RETURNED));

    /** It may come back for a while; then it is {@link #CLEARED}. */
    private static final List<Step> RETURNED_SEEN =
            List.of(new Step(AlarmChange.RETURNED, AlarmState.NORMAL));

    private static final List<Step> SEEN_AFTERWARDS =
            List.of(new Step(AlarmChange.ACKNOWLEDGED, AlarmState.NORMAL));

    private static final List<Step> CLEARED =
            List.of(new Step(AlarmChange.CLEARED, AlarmState.NORMAL));

    private static final List<Step> ESCALATED =
            List.of(new Step(AlarmChange.ESCALATED, AlarmState.UNACK_ACTIVE));

    private Life() {}

    /** What follows, in order; empty when the trigger changes nothing in that state. */
    static List<Step> next(AlarmState from, Trigger trigger) {
        return switch (from) {
            case NORMAL ->
                    switch (trigger) {
                        case HELD -> RAISED;
                        case SETTLED -> CLEARED;
                        case GONE, ACKNOWLEDGED, AGAIN, UNANSWERED -> STAYS;
                    };
            case UNACK_ACTIVE ->
                    switch (trigger) {
                        case HELD, SETTLED, AGAIN -> STAYS;
                        case GONE -> RETURNED_UNSEEN;
                        case ACKNOWLEDGED -> SEEN;
                        case UNANSWERED -> ESCALATED;
                    };
            case ACK_ACTIVE ->
                    switch (trigger) {
                        case HELD, ACKNOWLEDGED, SETTLED, UNANSWERED -> STAYS;
                        case GONE -> RETURNED_SEEN;
                        case AGAIN -> RE_ALARMED;
                    };
            case UNACK_RETURNED ->
                    switch (trigger) {
                        case HELD -> RE_ALARMED;
                        case GONE, SETTLED, AGAIN, UNANSWERED -> STAYS;
                        case ACKNOWLEDGED -> SEEN_AFTERWARDS;
                    };
            // Nothing leads here yet: latching, shelving, suppression and service come as rows.
            case LATCHED_UNACK, LATCHED_ACK, SHELVED, SUPPRESSED, OUT_OF_SERVICE -> STAYS;
        };
    }

    /** Whether the condition holds in that state; a delay to return may run. */
    static boolean active(AlarmState state) {
        return switch (state) {
            case UNACK_ACTIVE, ACK_ACTIVE -> true;
            case NORMAL,
                    UNACK_RETURNED,
                    LATCHED_UNACK,
                    LATCHED_ACK,
                    SHELVED,
                    SUPPRESSED,
                    OUT_OF_SERVICE ->
                    false;
        };
    }
}
