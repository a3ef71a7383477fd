package org.mingchu.simulator.wire;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/** Asks who calls and checks the answer by itself (RFC 2069, RFC 7616). Any thread. */
final class DigestGuard {
    private static final String REALM = "camera";
    private static final Pattern PARAMETER = Pattern.compile("(\\w+)=(?:\"([^\"]*)\"|([^\\s,]+))");

    private final Camera.Login login;
    private final Set<String> nonces = ConcurrentHashMap.newKeySet();
    private final AtomicInteger asked = new AtomicInteger();

    /** The digests it can ask for. */
    enum Kind {
        MD5("MD5", ""),
        SHA_256("SHA-256", ", qop=\"auth\", algorithm=SHA-256");

        private final String algorithm;
        private final String extra;

        Kind(String algorithm, String extra) {
            this.algorithm = algorithm;
            this.extra = extra;
        }
    }

    DigestGuard(Camera.Login login) {
        this.login = login;
    }

    /** A challenge with a nonce that has not been used; that it can be foreseen harms no test. */
    String challenge(Kind kind) {
        var nonce = hash(Kind.MD5, "nonce " + asked.incrementAndGet());
        nonces.add(nonce);
        return "Digest realm=\"%s\", nonce=\"%s\"%s".formatted(REALM, nonce, kind.extra);
    }

    boolean lets(RtspRequest request, Kind kind) {
        var header = request.authorization().orElse("");
        if (!header.startsWith("Digest ")) {
            return false;
        }
        var said = parameters(header);
        return login.user().equals(said.get("username"))
                && REALM.equals(said.get("realm"))
                && request.uri().equals(said.get("uri"))
                && nonces.contains(said.getOrDefault("nonce", ""))
                && expected(request, kind, said).equals(said.get("response"));
    }

    private String expected(RtspRequest request, Kind kind, Map<String, String> said) {
        var who = hash(kind, login.user() + ":" + REALM + ":" + login.password());
        var what = hash(kind, request.method() + ":" + request.uri());
        var nonce = said.getOrDefault("nonce", "");
        if (kind.extra.isEmpty()) {
            return hash(kind, who + ":" + nonce + ":" + what);
        }
        var once = said.getOrDefault("nc", "") + ":" + said.getOrDefault("cnonce", "");
        return hash(kind, who + ":" + nonce + ":" + once + ":auth:" + what);
    }

    private static Map<String, String> parameters(String header) {
        var found = new TreeMap<String, String>();
        var matcher = PARAMETER.matcher(header);
        while (matcher.find()) {
            found.put(
                    matcher.group(1),
                    matcher.group(2) == null ? matcher.group(3) : matcher.group(2));
        }
        return found;
    }

    private static String hash(Kind kind, String text) {
        try {
            var digest = MessageDigest.getInstance(kind.algorithm);
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has MD5 and SHA-256", e);
        }
    }
}
