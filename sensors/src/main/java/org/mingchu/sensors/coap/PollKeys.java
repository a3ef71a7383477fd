package org.mingchu.sensors.coap;

import org.eclipse.californium.scandium.dtls.ConnectionId;
import org.eclipse.californium.scandium.dtls.HandshakeResultHandler;
import org.eclipse.californium.scandium.dtls.PskPublicInformation;
import org.eclipse.californium.scandium.dtls.PskSecretResult;
import org.eclipse.californium.scandium.dtls.pskstore.AdvancedPskStore;
import org.eclipse.californium.scandium.util.SecretUtil;
import org.eclipse.californium.scandium.util.ServerNames;
import org.jspecify.annotations.Nullable;

import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import javax.crypto.SecretKey;

/** The gateway is whom it asks: it uses the probe's own identity and key. Scandium's threads. */
final class PollKeys implements AdvancedPskStore {
    private final ProbeKeys keys;
    private final Map<InetSocketAddress, String> identities = new ConcurrentHashMap<>();

    PollKeys(ProbeKeys keys) {
        this.keys = keys;
    }

    void at(InetSocketAddress address, String identity) {
        identities.put(address, identity);
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
        var entry = Optional.ofNullable(keys.current().get(identity.getPublicInfoAsString()));
        return entry.filter(ProbeKeys.Entry.Keyed.class::isInstance)
                .map(ProbeKeys.Entry.Keyed.class::cast)
                .map(e -> SecretUtil.create(e.key().bytes(), "PSK"))
                .map(key -> new PskSecretResult(cid, identity, key))
                .orElseGet(() -> new PskSecretResult(cid, identity, null));
    }

    @Override
    public @Nullable PskPublicInformation getIdentity(
            InetSocketAddress peerAddress, @Nullable ServerNames virtualHost) {
        var identity = identities.get(peerAddress);
        return identity == null ? null : new PskPublicInformation(identity);
    }

    @Override
    public void setResultHandler(HandshakeResultHandler resultHandler) {
        // Answers are given at once.
    }
}
