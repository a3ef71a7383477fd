package org.mingchu.sensors.mqtt;

import java.util.OptionalLong;

/**
 * What is known about when a message was said. Immutable.
 *
 * @param ownMs the time in the payload, milliseconds since 1970
 * @param wallMs our own time now; absent while nobody has set our clock, when no payload's time can
 *     be compared
 * @param sinceArrivalNs how long ago it came here first
 * @param current whether it was sent to us when it was said
 * @param retained whether the broker had it in store
 */
record Timing(
        OptionalLong ownMs,
        OptionalLong wallMs,
        long sinceArrivalNs,
        boolean current,
        boolean retained) {}
