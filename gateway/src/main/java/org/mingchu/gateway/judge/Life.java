package org.mingchu.gateway.judge;

import static org.mingchu.gateway.judge.AlarmState.ACK_ACTIVE;
import static org.mingchu.gateway.judge.AlarmState.LATCHED_ACK;
import static org.mingchu.gateway.judge.AlarmState.LATCHED_UNACK;
import static org.mingchu.gateway.judge.AlarmState.NORMAL;
import static org.mingchu.gateway.judge.AlarmState.OUT_OF_SERVICE;
import static org.mingchu.gateway.judge.AlarmState.SHELVED;
import static org.mingchu.gateway.judge.AlarmState.SUPPRESSED;
import static org.mingchu.gateway.judge.AlarmState.UNACK_ACTIVE;
import static org.mingchu.gateway.judge.AlarmState.UNACK_RETURNED;

import java.util.Optional;

/** The life of an alarm (ISA-18.2 / IEC 62682): the one table of what may follow what. */
final class Life {
    /** What moves an alarm on. */
    enum Trigger {
        /** The condition has held for the on-delay. */
        HELD,
        /** The condition has been gone for the off-delay, or nobody watches it any more. */
        GONE,
        /** The same, of an alarm that stays until a person has looked. */
        GONE_LATCHED,
        /** A person is on it. */
        ACKNOWLEDGED,
        /** A person has looked, and lets a latched alarm go. */
        RESET,
        /** It has been gone, and seen, for long enough: the episode is over. */
        SETTLED,
        /** A person is on it for long, and it still holds. */
        AGAIN,
        /** Nobody has come for long. */
        UNANSWERED,
        /** The unit is cleaned, loaded or stopped. */
        SUPPRESS,
        /** That is over, or the condition has gone. */
        UNSUPPRESS,
        /** The sensor is taken out of service. */
        TAKE_OUT,
        /** It is back. */
        PUT_BACK,
        /** A person puts it aside. */
        SHELVE,
        /** Its time is over, or a person takes it up again. */
        UNSHELVE
    }

    /** One event, and the state it leads to. */
    record Step(AlarmChange change, AlarmState state) {}

    private Life() {}

    /** What follows; empty when the trigger changes nothing in that state. */
    static Optional<Step> next(AlarmState from, Trigger trigger) {
        return switch (trigger) {
            case HELD ->
                    switch (from) {
                        case NORMAL -> step(AlarmChange.RAISED, UNACK_ACTIVE);
                        case UNACK_RETURNED, LATCHED_UNACK, LATCHED_ACK ->
                                step(AlarmChange.RE_ALARMED, UNACK_ACTIVE);
                        default -> Optional.empty();
                    };
            case GONE ->
                    switch (from) {
                        case UNACK_ACTIVE -> step(AlarmChange.RETURNED, UNACK_RETURNED);
                        // It may come back for a while; then it is cleared.
                        case ACK_ACTIVE -> step(AlarmChange.RETURNED, NORMAL);
                        default -> Optional.empty();
                    };
            case GONE_LATCHED ->
                    switch (from) {
                        case UNACK_ACTIVE -> step(AlarmChange.RETURNED, LATCHED_UNACK);
                        case ACK_ACTIVE -> step(AlarmChange.RETURNED, LATCHED_ACK);
                        default -> Optional.empty();
                    };
            case ACKNOWLEDGED ->
                    switch (from) {
                        case UNACK_ACTIVE -> step(AlarmChange.ACKNOWLEDGED, ACK_ACTIVE);
                        case UNACK_RETURNED -> step(AlarmChange.ACKNOWLEDGED, NORMAL);
                        case LATCHED_UNACK -> step(AlarmChange.ACKNOWLEDGED, LATCHED_ACK);
                        default -> Optional.empty();
                    };
            case RESET -> only(from == LATCHED_ACK, AlarmChange.RESET, NORMAL);
            case SETTLED -> only(from == NORMAL, AlarmChange.CLEARED, NORMAL);
            case AGAIN -> only(from == ACK_ACTIVE, AlarmChange.RE_ALARMED, UNACK_ACTIVE);
            case UNANSWERED -> only(from == UNACK_ACTIVE, AlarmChange.ESCALATED, UNACK_ACTIVE);
            case SUPPRESS ->
                    only(from == NORMAL || active(from), AlarmChange.SUPPRESSED, SUPPRESSED);
            case UNSUPPRESS -> only(from == SUPPRESSED, AlarmChange.UNSUPPRESSED, NORMAL);
            case TAKE_OUT ->
                    only(
                            from == NORMAL || active(from),
                            AlarmChange.OUT_OF_SERVICE,
                            OUT_OF_SERVICE);
            case PUT_BACK -> only(from == OUT_OF_SERVICE, AlarmChange.IN_SERVICE, NORMAL);
            case SHELVE -> only(active(from), AlarmChange.SHELVED, SHELVED);
            case UNSHELVE -> only(from == SHELVED, AlarmChange.UNSHELVED, NORMAL);
        };
    }

    private static Optional<Step> step(AlarmChange change, AlarmState state) {
        return Optional.of(new Step(change, state));
    }

    private static Optional<Step> only(boolean may, AlarmChange change, AlarmState state) {
        return may ? step(change, state) : Optional.empty();
    }

    /** Whether the condition holds in that state; a delay to return may run. */
    static boolean active(AlarmState state) {
        return state == UNACK_ACTIVE || state == ACK_ACTIVE;
    }

    /** Whether a person or a plan has put it out of sight. */
    static boolean hidden(AlarmState state) {
        return state == SHELVED || state == SUPPRESSED || state == OUT_OF_SERVICE;
    }
}
