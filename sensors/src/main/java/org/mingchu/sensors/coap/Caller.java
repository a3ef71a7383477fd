package org.mingchu.sensors.coap;

import org.eclipse.californium.elements.DtlsEndpointContext;
import org.eclipse.californium.elements.EndpointContext;
import org.eclipse.californium.elements.auth.PreSharedKeyIdentity;
import org.eclipse.californium.elements.auth.X509CertPath;
import org.jspecify.annotations.Nullable;

import java.net.InetSocketAddress;
import java.security.Principal;
import java.util.Optional;

/**
 * Who sends a request, as far as it is proven. Immutable.
 *
 * @param identity empty without DTLS
 */
record Caller(Optional<String> identity, InetSocketAddress address, ProbeStatus.Way way) {
    static Caller of(EndpointContext context) {
        return new Caller(
                identity(context.getPeerIdentity()), context.getPeerAddress(), way(context));
    }

    /** A PSK's identity, or the common name of a certificate's subject. */
    static Optional<String> identity(@Nullable Principal principal) {
        return switch (principal) {
            case PreSharedKeyIdentity psk -> Optional.ofNullable(psk.getIdentity());
            case X509CertPath path -> Optional.ofNullable(path.getCN());
            case null, default -> Optional.empty();
        };
    }

    private static ProbeStatus.Way way(EndpointContext context) {
        if (context.get(DtlsEndpointContext.KEY_SESSION_ID) == null) {
            return ProbeStatus.Way.PLAIN;
        }
        return context.get(DtlsEndpointContext.KEY_READ_CONNECTION_ID) == null
                ? ProbeStatus.Way.DTLS
                : ProbeStatus.Way.DTLS_CID;
    }
}
