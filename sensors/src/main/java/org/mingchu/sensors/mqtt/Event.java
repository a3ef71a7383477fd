package org.mingchu.sensors.mqtt;

/** What the loop is told. Immutable. */
sealed interface Event {
    /** Something of one connection; of an old one it means nothing any more. */
    sealed interface OfLink extends Event {
        PahoLink link();
    }

    /**
     * The broker let us in.
     *
     * @param resumed whether it still knew our session
     */
    record Connected(PahoLink link, boolean resumed) implements OfLink {}

    /**
     * The answer to one SUBSCRIBE.
     *
     * @param worst of its reason codes
     */
    record Subscribed(PahoLink link, int worst) implements OfLink {}

    record Arrived(PahoLink link, Delivery.Publish publish, long atNs) implements OfLink {}

    /** The connection could not be made, or is gone. */
    record Lost(PahoLink link, String why) implements OfLink {}

    /** The intake has kept a sheaf. */
    record Kept(Sheaf sheaf) implements Event {}

    /** The intake has not, and will not. */
    record Refused(Sheaf sheaf) implements Event {}
}
