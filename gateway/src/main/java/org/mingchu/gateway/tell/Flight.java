package org.mingchu.gateway.tell;

/** A message the broker has not answered yet. Immutable. */
sealed interface Flight {
    /** An entry of the alarm lane. */
    record Alarm(Waiting waiting) implements Flight {}

    /** Rounds of readings. */
    record Readings(ReadingLane.Run run) implements Flight {}

    /** Something retained. */
    record Shown(Wire.Message message) implements Flight {}

    /** Something of an epoch that is over. */
    record Past() implements Flight {}

    /** The last word before we leave. */
    record Farewell() implements Flight {}
}
