package org.mingchu.sensors.coap;

import org.eclipse.californium.elements.auth.PreSharedKeyIdentity;
import org.eclipse.californium.scandium.ConnectionListener;
import org.eclipse.californium.scandium.dtls.Connection;
import org.eclipse.californium.scandium.dtls.ConnectionId;
import org.eclipse.californium.scandium.dtls.HandshakeException;
import org.eclipse.californium.scandium.dtls.HandshakeResultHandler;
import org.eclipse.californium.scandium.dtls.Handshaker;
import org.eclipse.californium.scandium.dtls.PskPublicInformation;
import org.eclipse.californium.scandium.dtls.PskSecretResult;
import org.eclipse.californium.scandium.dtls.SessionAdapter;
import org.eclipse.californium.scandium.dtls.pskstore.AdvancedPskStore;
import org.eclipse.californium.scandium.util.SecretUtil;
import org.eclipse.californium.scandium.util.ServerNames;
import org.jspecify.annotations.Nullable;

import java.net.InetSocketAddress;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

import javax.crypto.SecretKey;

/**
 * Says which key belongs to whom, and notes who came with none or a wrong one. Scandium's threads.
 */
final class Doorkeeper extends SessionAdapter implements AdvancedPskStore, ConnectionListener {
    /** How a peer without a certificate is counted. */
    static final String NO_NAME = "";

    private static final int HANDSHAKES_NOTED_MAX = 256;

    private final ProbeKeys keys;
    private final Strangers strangers;
    private final AtomicReference<Optional<Own>> own = new AtomicReference<>(Optional.empty());
    private final Set<ConnectionId> noted =
            Collections.newSetFromMap(
                    new LinkedHashMap<>() {
                        private static final long serialVersionUID = 1;

                        @Override
                        protected boolean removeEldestEntry(
                                Map.Entry<ConnectionId, Boolean> eldest) {
                            return size() > HANDSHAKES_NOTED_MAX;
                        }
                    });

    /** The self-probe's identity of the moment. */
    record Own(String identity, Psk key) {}

    Doorkeeper(ProbeKeys keys, Strangers strangers) {
        this.keys = keys;
        this.strangers = strangers;
    }

    void expect(Own prober) {
        own.set(Optional.of(prober));
    }

    @Override
    public boolean hasEcdhePskSupported() {
        return true;
    }

    @Override
    public PskSecretResult requestPskSecretResult(
            ConnectionId cid,
            @Nullable ServerNames serverName,
            PskPublicInformation identity,
            String hmacAlgorithm,
            @Nullable SecretKey otherSecret,
            byte[] seed,
            boolean useExtendedMasterSecret) {
        var key = key(identity.getPublicInfoAsString());
        return key.map(k -> new PskSecretResult(cid, identity, SecretUtil.create(k.bytes(), "PSK")))
                .orElseGet(() -> unknown(cid, identity));
    }

    /** No key is how Scandium is told that there is none. */
    private static PskSecretResult unknown(ConnectionId cid, PskPublicInformation identity) {
        return new PskSecretResult(cid, identity, null);
    }

    private Optional<Psk> key(String identity) {
        var prober = own.get().filter(o -> o.identity.equals(identity));
        if (prober.isPresent()) {
            return prober.map(Own::key);
        }
        var entry = Optional.ofNullable(keys.current().get(identity));
        if (entry.isEmpty()) {
            strangers.note(identity, Strangers.Reason.UNKNOWN_IDENTITY);
            return Optional.empty();
        }
        return switch (entry.orElseThrow()) {
            case ProbeKeys.Entry.Keyed(var key) -> Optional.of(key);
            case ProbeKeys.Entry.Revoked _ -> {
                strangers.note(identity, Strangers.Reason.REVOKED);
                yield Optional.empty();
            }
        };
    }

    @Override
    public @Nullable PskPublicInformation getIdentity(
            InetSocketAddress peerAddress, @Nullable ServerNames virtualHost) {
        // A server is never asked whom to be.
        return null;
    }

    @Override
    public void setResultHandler(HandshakeResultHandler resultHandler) {
        // Answers are given at once.
    }

    /**
     * A record of the handshake that its key does not open: the peer has another one. It repeats
     * itself some times, which is still one try.
     */
    @Override
    public boolean onConnectionMacError(Connection connection) {
        var identity =
                Optional.ofNullable(connection.getOngoingHandshake()).flatMap(Doorkeeper::of);
        identity.ifPresent(i -> note(connection.getConnectionId(), i, Strangers.Reason.WRONG_KEY));
        return false;
    }

    /** Who wants to come by certificate and shows none is told by his handshake's end alone. */
    @Override
    public void handshakeFailed(Handshaker handshake, Throwable error) {
        var suite = handshake.getSession().getCipherSuite();
        if (error instanceof HandshakeException && suite.requiresServerCertificateMessage()) {
            note(
                    handshake.getConnection().getConnectionId(),
                    NO_NAME,
                    Strangers.Reason.CERTIFICATE_REFUSED);
        }
    }

    /** Once for each handshake. */
    void note(ConnectionId handshake, String identity, Strangers.Reason reason) {
        if (isNew(handshake)) {
            strangers.note(identity, reason);
        }
    }

    private synchronized boolean isNew(ConnectionId handshake) {
        return noted.add(handshake);
    }

    private static Optional<String> of(Handshaker handshake) {
        return handshake.getSession().getPeerIdentity() instanceof PreSharedKeyIdentity psk
                ? Optional.ofNullable(psk.getIdentity())
                : Optional.empty();
    }

    @Override
    public void onConnectionEstablished(Connection connection) {
        // Nothing to do before it speaks.
    }

    @Override
    public void onConnectionRemoved(Connection connection) {
        // Nothing is kept of it here.
    }

    @Override
    public boolean onConnectionUpdatesSequenceNumbers(
            Connection connection, boolean writeSequenceNumber) {
        return false;
    }

    @Override
    public void beforeExecution(Connection connection) {
        // Of no interest.
    }

    @Override
    public void updateExecution(Connection connection) {
        // Of no interest.
    }

    @Override
    public void afterExecution(Connection connection) {
        // Of no interest.
    }
}
