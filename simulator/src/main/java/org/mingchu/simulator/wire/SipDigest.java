package org.mingchu.simulator.wire;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A camera's own answer to a challenge, in its dialect (RFC 2617, RFC 7616). Any thread. */
final class SipDigest {
    private static final String CNONCE = "0a4f113b";
    private static final String COUNT = "00000001";

    private SipDigest() {}

    /** The value of {@code Authorization}; empty when it understands none of the challenges. */
    static Optional<String> answer(
            SipDialect dialect, SipAccount account, String uri, List<String> challenges) {
        return chosen(dialect, challenges).map(c -> answer(dialect, account, uri, c));
    }

    private static Optional<String> chosen(SipDialect dialect, List<String> challenges) {
        return switch (dialect) {
            case EDITION_2016, TERSE ->
                    challenges.stream().filter(c -> "MD5".equals(algorithm(c))).findFirst();
            case EDITION_2022 ->
                    challenges.stream()
                            .filter(c -> "SHA-256".equals(algorithm(c)))
                            .findFirst()
                            .or(() -> challenges.stream().findFirst());
            case FIRST_AS_MD5 -> challenges.stream().findFirst();
            case FIRST_MD5_OR_NOTHING ->
                    challenges.stream().findFirst().filter(c -> "MD5".equals(algorithm(c)));
            case LAST_MD5_OR_NOTHING ->
                    Optional.of(challenges.getLast()).filter(c -> "MD5".equals(algorithm(c)));
        };
    }

    private static String algorithm(String challenge) {
        var named = field(challenge, "algorithm");
        return named.isEmpty() ? "MD5" : named;
    }

    private static String answer(
            SipDialect dialect, SipAccount account, String uri, String challenge) {
        var hash = dialect == SipDialect.EDITION_2022 ? algorithm(challenge) : "MD5";
        var realm = field(challenge, "realm");
        var nonce = field(challenge, "nonce");
        var counted = dialect == SipDialect.EDITION_2022 && !field(challenge, "qop").isEmpty();
        var who = hex(hash, account.id() + ":" + realm + ":" + account.password());
        var what = hex(hash, "REGISTER:" + uri);
        var between = counted ? nonce + ":" + COUNT + ":" + CNONCE + ":auth" : nonce;
        var head =
                "Digest username=\"%s\", realm=\"%s\", nonce=\"%s\", uri=\"%s\", response=\"%s\""
                        .formatted(
                                account.id(),
                                realm,
                                nonce,
                                uri,
                                hex(hash, who + ":" + between + ":" + what));
        var named = ", algorithm=" + algorithm(challenge);
        return counted
                ? head + named + ", qop=auth, nc=" + COUNT + ", cnonce=\"" + CNONCE + "\""
                : head + named;
    }

    private static String field(String challenge, String name) {
        var match = Pattern.compile("[ ,]" + name + "=\"?([^\",]*)").matcher(challenge);
        return match.find() ? match.group(1) : "";
    }

    private static String hex(String hash, String text) {
        try {
            var digest = MessageDigest.getInstance(hash);
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has MD5 and SHA-256", e);
        }
    }
}
