package org.mingchu.sensors.coap;

/** When a SenML record's value was taken, as RFC 8428 section 4.5.3 has it. Immutable. */
sealed interface When {
    /** So long before it was received; below zero for a probe that looks ahead. */
    record Ago(long ms) implements When {}

    /** By the probe's own clock, since 1970. */
    record Epoch(long ms) implements When {}
}
