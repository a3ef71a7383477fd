package org.mingchu.config;

import java.net.URI;
import java.util.Optional;

/**
 * One supervision platform that receives the record. Immutable.
 *
 * @param credentials a name in the secrets file
 * @param acknowledges the platform answers on {@code ack}; then an entry is delivered only when it
 *     has said so
 * @param commandKey Ed25519 public key (X.509, Base64) that signs commands and P1 acknowledgements
 * @param witnessKey C2SP verifier key by which its receipts are known; without one they prove
 *     nothing
 */
public record Platform(
        String id,
        URI url,
        Optional<String> credentials,
        String encoder,
        View view,
        boolean acknowledges,
        Optional<String> commandKey,
        Optional<String> witnessKey) {}
