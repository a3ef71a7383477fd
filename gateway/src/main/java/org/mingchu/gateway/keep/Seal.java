package org.mingchu.gateway.keep;

import org.mingchu.gateway.keep.proof.Checkpoint;
import org.mingchu.gateway.keep.proof.DeviceKey;
import org.mingchu.gateway.keep.proof.SignedNote;
import org.mingchu.gateway.keep.proof.VerifierKey;

/**
 * With what the journal's trees are signed. Immutable.
 *
 * @param area the supervising district
 * @param site the kitchen
 * @param gateway the gateway within the kitchen
 * @param key this device's own
 */
public record Seal(String area, String site, String gateway, DeviceKey key) {
    /** The name under which the device signs. */
    String keyName() {
        return Checkpoint.keyName(area, site, gateway);
    }

    /** The device's public key as a C2SP verifier key. */
    public String verifierKey() {
        return verifier().toString();
    }

    VerifierKey verifier() {
        return key.verifier(keyName());
    }

    /** The origin line of an epoch's checkpoints. */
    String origin(String epoch) {
        return Checkpoint.origin(area, site, gateway, epoch);
    }

    SignedNote sign(String epoch, long size, byte[] root) {
        return key.sign(keyName(), Checkpoint.of(origin(epoch), size, root).text());
    }
}
