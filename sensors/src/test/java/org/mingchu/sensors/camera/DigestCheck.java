package org.mingchu.sensors.camera;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/** The camera's side of a digest login, written apart from the client's. */
final class DigestCheck {
    private DigestCheck() {}

    /** Whether a request carries the right response for its own fields and this password. */
    static boolean holds(List<String> head, String password) {
        var header = head.stream().filter(h -> h.startsWith("Authorization: Digest ")).findFirst();
        return header.filter(h -> holds(h, head.getFirst().split(" ", 2)[0], password)).isPresent();
    }

    private static boolean holds(String header, String method, String password) {
        var algorithm = field(header, "algorithm");
        var a1 = field(header, "username") + ":" + field(header, "realm") + ":" + password;
        var a2 = method + ":" + field(header, "uri");
        var between =
                header.contains("qop=")
                        ? String.join(
                                ":",
                                field(header, "nonce"),
                                field(header, "nc"),
                                field(header, "cnonce"),
                                field(header, "qop"))
                        : field(header, "nonce");
        var expected =
                hex(algorithm, hex(algorithm, a1) + ":" + between + ":" + hex(algorithm, a2));
        return expected.equals(field(header, "response"));
    }

    private static String field(String header, String name) {
        var match = Pattern.compile("[ ,]" + name + "=\"?([^\",]*)").matcher(header);
        return match.find() ? match.group(1) : "";
    }

    private static String hex(String algorithm, String text) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance(algorithm)
                                    .digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
