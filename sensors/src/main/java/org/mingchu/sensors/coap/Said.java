package org.mingchu.sensors.coap;

/** What a SenML record says in one value. Immutable. */
sealed interface Said {
    record Amount(double value) implements Said {}

    record Switch(boolean on) implements Said {}
}
