package org.mingchu.gateway.show;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;

/** One file of the page, read and pressed once at the start. Immutable. */
final class Asset {
    private static final String SCRIPT = "text/javascript; charset=utf-8";
    private static final String TEXTS = "application/json; charset=utf-8";

    /** Every file of the page, by name; what is not here cannot be asked for. */
    private static final Map<String, String> TYPES =
            Map.ofEntries(
                    Map.entry("index.html", "text/html; charset=utf-8"),
                    Map.entry("page.css", "text/css; charset=utf-8"),
                    Map.entry("icon.svg", "image/svg+xml"),
                    Map.entry("zh-CN.json", TEXTS),
                    Map.entry("en.json", TEXTS),
                    Map.entry("page.js", SCRIPT),
                    Map.entry("stream.js", SCRIPT),
                    Map.entry("words.js", SCRIPT),
                    Map.entry("parts.js", SCRIPT),
                    Map.entry("banner.js", SCRIPT),
                    Map.entry("units.js", SCRIPT),
                    Map.entry("people.js", SCRIPT),
                    Map.entry("signin.js", SCRIPT),
                    Map.entry("correct.js", SCRIPT),
                    Map.entry("night.js", SCRIPT),
                    Map.entry("status.js", SCRIPT));

    private final String type;
    private final byte[] plain;
    private final byte[] pressed;

    /** Names the bytes, so that a browser asks again only for what has changed. */
    private final String tag;

    private Asset(String type, byte[] plain) throws IOException {
        this.type = type;
        this.plain = plain;
        this.pressed = press(plain);
        this.tag = tag(plain);
    }

    /** All files by the path they are asked for. */
    static Map<String, Asset> all() {
        var assets =
                TYPES.entrySet().stream()
                        .collect(
                                Collectors.toMap(
                                        e -> "/" + e.getKey(),
                                        e -> load(e.getKey(), e.getValue())));
        assets.put("/", assets.get("/index.html"));
        return Map.copyOf(assets);
    }

    /** The file, pressed when the browser can unpress; or word that it has not changed. */
    Reply reply(Optional<String> known, Optional<String> encodings) {
        if (known.stream().flatMap(tags -> Arrays.stream(tags.split(","))).anyMatch(this::isMe)) {
            return new Reply(304, headers(Optional.empty()), new byte[0]);
        }
        return encodings.map(Asset::takesGzip).orElse(false)
                ? new Reply(200, headers(Optional.of("gzip")), pressed)
                : new Reply(200, headers(Optional.empty()), plain);
    }

    private boolean isMe(String candidate) {
        return candidate.strip().equals(tag);
    }

    private static boolean takesGzip(String encodings) {
        return List.of(encodings.replace(" ", "").split(",")).contains("gzip");
    }

    private Map<String, String> headers(Optional<String> encoding) {
        var headers = new HashMap<String, String>();
        headers.put("Content-Type", type);
        // no-cache: keep it, but ask each time; an update of the gateway shows at once.
        headers.put("Cache-Control", "no-cache");
        headers.put("ETag", tag);
        headers.put("Vary", "Accept-Encoding");
        encoding.ifPresent(e -> headers.put("Content-Encoding", e));
        return headers;
    }

    private static Asset load(String name, String type) {
        try (var in = Asset.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new AssertionError("not packed into the program: " + name);
            }
            return new Asset(type, in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the page's own file " + name, e);
        }
    }

    private static byte[] press(byte[] plain) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(plain);
        }
        return out.toByteArray();
    }

    private static String tag(byte[] plain) {
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(plain);
            return '"' + HexFormat.of().formatHex(hash, 0, 12) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }
}
