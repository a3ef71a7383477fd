package org.mingchu.sensors.camera.http;

import java.util.HexFormat;
import java.util.Locale;

/** By what the peer of an HTTPS connection is known. Immutable. */
public sealed interface Trust {
    /** By a certificate for its name from an authority that Java knows. */
    record Authorities() implements Trust {}

    /**
     * By its very certificate, which most cameras have signed themselves.
     *
     * @param sha256 of the certificate's DER form, in hexadecimal, colons allowed
     */
    record Fingerprint(String sha256) implements Trust {
        private static final int BYTES = 32;

        public Fingerprint {
            sha256 = sha256.replace(":", "").toLowerCase(Locale.ROOT);
            if (HexFormat.of().parseHex(sha256).length != BYTES) {
                throw new IllegalArgumentException("a SHA-256 fingerprint has 32 bytes");
            }
        }

        byte[] bytes() {
            return HexFormat.of().parseHex(sha256);
        }
    }
}
