package org.mingchu.simulator.wire;

/**
 * Who a camera of GB/T 28181 is, and where it registers. Immutable.
 *
 * @param id its 20 digits
 * @param serverId the platform's 20 digits
 */
public record SipAccount(String id, String serverId, String password) {
    private static final int DOMAIN_DIGITS = 10;

    /** The field's usual domain: the first ten digits of the platform's id. */
    String domain() {
        return serverId.substring(0, DOMAIN_DIGITS);
    }

    /** The same camera with another password. */
    public SipAccount withPassword(String other) {
        return new SipAccount(id, serverId, other);
    }

    @Override
    public String toString() {
        return "SipAccount[" + id + "]";
    }
}
