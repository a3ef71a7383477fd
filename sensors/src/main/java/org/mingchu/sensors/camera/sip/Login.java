package org.mingchu.sensors.camera.sip;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The digest a device answers a challenge with (RFC 7616, RFC 2069 where it has no {@code qop}).
 * Immutable.
 */
final class Login {
    private static final String SCHEME = "digest ";

    private final Map<String, String> said;
    private final Hash hash;

    private Login(Map<String, String> said, Hash hash) {
        this.said = Map.copyOf(said);
        this.hash = hash;
    }

    /** The first login of the request that is for {@code realm}. */
    static Optional<Login> of(SipRequest request, String realm) {
        return request.all("authorization").stream()
                .filter(h -> h.toLowerCase(Locale.ROOT).startsWith(SCHEME))
                .map(h -> parameters(h.substring(SCHEME.length())))
                .filter(said -> realm.equals(said.get("realm")))
                .flatMap(said -> of(said).stream())
                .findFirst();
    }

    private static Optional<Login> of(Map<String, String> said) {
        return Hash.of(said.getOrDefault("response", "")).map(hash -> new Login(said, hash));
    }

    private static Map<String, String> parameters(String text) {
        var said = new HashMap<String, String>();
        for (var part : SipText.split(text, ',')) {
            said.putIfAbsent(SipText.name(part).toLowerCase(Locale.ROOT), SipText.value(part));
        }
        return said;
    }

    String nonce() {
        return field("nonce");
    }

    Hash hash() {
        return hash;
    }

    /**
     * Whether it was made with this password. The user may be any: some cameras have one beside
     * their id, and the password is the secret. So may the address: the nonce lives once.
     */
    boolean holds(String method, String password) {
        var expected = expected(method, new String(utf8(password), StandardCharsets.ISO_8859_1));
        return expected.isPresent()
                && MessageDigest.isEqual(
                        utf8(expected.orElseThrow()),
                        utf8(field("response").toLowerCase(Locale.ROOT)));
    }

    private Optional<String> expected(String method, String password) {
        var who = hash.hex(field("username") + ":" + field("realm") + ":" + password);
        var what = hash.hex(method + ":" + field("uri"));
        return switch (field("qop").toLowerCase(Locale.ROOT)) {
            case "" -> Optional.of(hash.hex(who + ":" + nonce() + ":" + what));
            case "auth" ->
                    Optional.of(hash.hex(who + ":" + nonce() + ":" + counted() + ":" + what));
            default -> Optional.empty();
        };
    }

    private String counted() {
        return field("nc") + ":" + field("cnonce") + ":" + field("qop");
    }

    private String field(String name) {
        return said.getOrDefault(name, "");
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
