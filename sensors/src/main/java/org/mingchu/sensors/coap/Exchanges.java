package org.mingchu.sensors.coap;

import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.network.Exchange;
import org.eclipse.californium.core.network.InMemoryMessageExchangeStore;
import org.eclipse.californium.core.network.KeyMID;
import org.eclipse.californium.elements.config.Configuration;
import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/**
 * Recent requests. Californium takes two of one peer with the same message id for one: a probe that
 * restarts and counts from its first id again would get the old answer, and its new reading would
 * be lost. A repetition has the same token, options and payload (RFC 7252 section 4.2); anything
 * else is a new request.
 */
final class Exchanges extends InMemoryMessageExchangeStore {
    Exchanges(Configuration settings) {
        super(settings);
    }

    @Override
    public @Nullable Exchange findPrevious(KeyMID id, Exchange exchange) {
        var previous = super.findPrevious(id, exchange);
        if (previous == null || same(previous, exchange)) {
            return previous;
        }
        // Without a place in the store it is answered all the same, only not repeated.
        replacePrevious(id, previous, exchange);
        return null;
    }

    /**
     * What an answer may repeat: the answer to a request of ours. Californium 3.14 also takes a
     * request from outside with its message id for one, and writes a stack trace over it.
     */
    @Override
    public @Nullable Exchange find(KeyMID id) {
        var exchange = super.find(id);
        return exchange != null && exchange.isOfLocalOrigin() ? exchange : null;
    }

    /** Only requests from outside are told apart so; what answers our own is left as it is. */
    private static boolean same(Exchange a, Exchange b) {
        return a.isOfLocalOrigin()
                || b.isOfLocalOrigin()
                || same(a.getCurrentRequest(), b.getCurrentRequest());
    }

    private static boolean same(Request a, Request b) {
        return a.getRawCode() == b.getRawCode()
                && a.getToken().equals(b.getToken())
                && a.getOptions().asSortedList().equals(b.getOptions().asSortedList())
                && Arrays.equals(a.getPayload(), b.getPayload());
    }
}
