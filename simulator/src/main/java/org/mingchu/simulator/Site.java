package org.mingchu.simulator;

import java.util.EnumSet;
import java.util.Set;

/** What is true of the whole kitchen now. One thread. */
final class Site {
    private final Set<Contact> detected = EnumSet.noneOf(Contact.class);
    private boolean kitchenOpen = true;
    private boolean mains = true;
    private boolean gatewayPowered = true;

    boolean kitchenOpen() {
        return kitchenOpen;
    }

    void open() {
        kitchenOpen = true;
    }

    void close() {
        kitchenOpen = false;
    }

    boolean mains() {
        return mains;
    }

    void loseMains() {
        mains = false;
    }

    void regainMains() {
        mains = true;
    }

    boolean gatewayPowered() {
        return gatewayPowered;
    }

    void switchGatewayOff() {
        gatewayPowered = false;
    }

    void switchGatewayOn() {
        gatewayPowered = true;
    }

    boolean detected(Contact contact) {
        return detected.contains(contact);
    }

    void detect(Contact contact) {
        detected.add(contact);
    }

    void quiet(Contact contact) {
        detected.remove(contact);
    }
}
