package org.mingchu.sensors.coap;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/** A pre-shared key of 128 bits as 32 hexadecimal digits; never shown by accident. Immutable. */
record Psk(String hex) {
    private static final int KEY_BYTES = 16;
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{" + 2 * KEY_BYTES + "}");

    static Psk random(SecureRandom chance) {
        var key = new byte[KEY_BYTES];
        chance.nextBytes(key);
        return new Psk(HexFormat.of().formatHex(key));
    }

    static Optional<Psk> read(String hex) {
        return HEX.matcher(hex).matches() ? Optional.of(new Psk(hex)) : Optional.empty();
    }

    byte[] bytes() {
        return HexFormat.of().parseHex(hex);
    }

    @Override
    public String toString() {
        return "Psk[…]";
    }
}
