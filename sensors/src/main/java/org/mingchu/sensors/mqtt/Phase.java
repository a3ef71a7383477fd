package org.mingchu.sensors.mqtt;

/** Where the connection stands. Immutable. */
sealed interface Phase {
    /** Not connected; tried again from {@code untilNs}. */
    record Away(long untilNs) implements Phase {}

    /**
     * Connecting and subscribing.
     *
     * @param untilNs when the broker is given up
     * @param left SUBACKs that have not come
     * @param worst reason code of those that have
     */
    record Joining(PahoLink link, long untilNs, int left, int worst) implements Phase {}

    /** Subscribed. */
    record Hearing(PahoLink link, long sinceNs) implements Phase {}
}
