package org.mingchu.gateway.judge;

/** What one word of a subject says about one condition. Immutable. */
enum Word {
    /** The condition holds. */
    SHOWS,
    /** Neither: within the deadband. No delay goes on, an alarm stays what it is. */
    NEITHER,
    /** The condition has gone. */
    GONE,
    /** No value: an on-delay is held, neither fired nor forgotten; nothing is proven good. */
    MUTE,
    /** It counts for nothing: an unproven sender that says all is well. */
    NOTHING
}
