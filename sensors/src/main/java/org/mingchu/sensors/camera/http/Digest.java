package org.mingchu.sensors.camera.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A digest challenge (RFC 7616, and RFC 2069 where no {@code qop} is offered) and the answer to it.
 * Basic is never answered: on plain RTSP it would show the password to the kitchen's network.
 * Immutable.
 */
public final class Digest {
    /** {@code name=value}, {@code name="value"}, or the name of a scheme. */
    private static final Pattern PART =
            Pattern.compile(
                    "([A-Za-z][\\w-]*+)\\s*+=\\s*+(?:\"((?:[^\"\\\\]++|\\\\.)*+)\"|([^\\s,\"]++))"
                            + "|([A-Za-z][\\w-]*+)");

    private static final int SCHEME = 4;
    private static final String FIRST_USE = "00000001";

    private final Map<String, String> challenge;
    private final Hash hash;

    /** Strongest first. */
    private enum Hash {
        SHA256("SHA-256"),
        MD5("MD5");

        private final String word;

        Hash(String word) {
            this.word = word;
        }
    }

    private Digest(Map<String, String> challenge, Hash hash) {
        this.challenge = challenge;
        this.hash = hash;
    }

    /**
     * The strongest challenge that can be answered.
     *
     * @param headers all values of {@code WWW-Authenticate}
     */
    public static Optional<Digest> strongest(List<String> headers) {
        var digests = headers.stream().flatMap(Digest::digests).toList();
        return Stream.of(Hash.values())
                .flatMap(hash -> digests.stream().filter(d -> d.hash == hash))
                .findFirst();
    }

    private static Stream<Digest> digests(String header) {
        return challenges(header).stream()
                .filter(c -> c.containsKey("realm") && c.containsKey("nonce"))
                .filter(c -> !c.containsKey("qop") || offersAuth(c))
                .flatMap(c -> hash(c).map(h -> new Digest(c, h)).stream());
    }

    /** One header may hold several challenges; only digests are kept. */
    private static List<Map<String, String>> challenges(String header) {
        var found = new ArrayList<Map<String, String>>();
        Map<String, String> current = new HashMap<>();
        var part = PART.matcher(header);
        while (part.find()) {
            var scheme = part.group(SCHEME);
            if (scheme == null) {
                var quoted = part.group(2);
                current.putIfAbsent(
                        part.group(1).toLowerCase(Locale.ROOT),
                        quoted == null ? part.group(3) : quoted.replaceAll("\\\\(.)", "$1"));
                continue;
            }
            current = new HashMap<>();
            if (scheme.equalsIgnoreCase("Digest")) {
                found.add(current);
            }
        }
        return found;
    }

    private static boolean offersAuth(Map<String, String> challenge) {
        return Stream.of(challenge.getOrDefault("qop", "").split(","))
                .anyMatch(q -> q.strip().equalsIgnoreCase("auth"));
    }

    private static Optional<Hash> hash(Map<String, String> challenge) {
        var word = challenge.getOrDefault("algorithm", Hash.MD5.word);
        return Stream.of(Hash.values()).filter(h -> h.word.equalsIgnoreCase(word)).findFirst();
    }

    /**
     * The value of {@code Authorization}.
     *
     * @param cnonce fresh for each answer
     */
    public String answer(String method, String uri, Login login, String cnonce) {
        var nonce = challenge.getOrDefault("nonce", "");
        var realm = challenge.getOrDefault("realm", "");
        var user = hash(login.user() + ":" + realm + ":" + login.password());
        var what = hash(method + ":" + uri);
        var head =
                "Digest username="
                        + quoted(login.user())
                        + ", realm="
                        + quoted(realm)
                        + ", nonce="
                        + quoted(nonce)
                        + ", uri="
                        + quoted(uri);
        var tail = given("algorithm", "", "") + given("opaque", "\"", "\"");
        if (!offersAuth(challenge)) {
            return head + response(hash(user + ":" + nonce + ":" + what)) + tail;
        }
        var once = nonce + ":" + FIRST_USE + ":" + cnonce + ":auth";
        return head
                + response(hash(user + ":" + once + ":" + what))
                + ", qop=auth, nc="
                + FIRST_USE
                + ", cnonce="
                + quoted(cnonce)
                + tail;
    }

    private static String response(String hex) {
        return ", response=" + quoted(hex);
    }

    private String given(String name, String before, String after) {
        return challenge.containsKey(name)
                ? ", " + name + "=" + before + challenge.getOrDefault(name, "") + after
                : "";
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    private String hash(String text) {
        try {
            var digest = MessageDigest.getInstance(hash.word);
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has MD5 and SHA-256", e);
        }
    }

    /** Who asks. */
    public record Login(String user, String password) {
        @Override
        public String toString() {
            return "Login[…]";
        }
    }
}
