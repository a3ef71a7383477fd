package org.mingchu.gateway.show;

import static java.nio.charset.StandardCharsets.UTF_8;

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
    private static final String HTML = "text/html; charset=utf-8";
    private static final String STYLE = "text/css; charset=utf-8";
    private static final String PICTURE = "image/svg+xml";

    /** Files of the page's first load, by name; what is not here or below cannot be asked for. */
    private static final Map<String, String> TYPES =
            Map.ofEntries(
                    Map.entry("index.html", HTML),
                    Map.entry("page.css", STYLE),
                    Map.entry("icon.svg", PICTURE),
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
                    Map.entry("ask.js", SCRIPT),
                    Map.entry("correct.js", SCRIPT),
                    Map.entry("night.js", SCRIPT),
                    Map.entry("dress.js", SCRIPT),
                    Map.entry("status.js", SCRIPT));

    /** What is asked for only when somebody wants it. */
    private static final Map<String, String> LATER =
            Map.ofEntries(
                    Map.entry("acts.js", SCRIPT),
                    Map.entry("newpin.js", SCRIPT),
                    Map.entry("picture-hear.svg", PICTURE),
                    Map.entry("picture-press.svg", PICTURE),
                    Map.entry("picture-shut.svg", PICTURE),
                    Map.entry("technician.html", HTML),
                    Map.entry("technician.js", SCRIPT),
                    Map.entry("places.js", SCRIPT),
                    Map.entry("technician.css", STYLE),
                    Map.entry("trend.js", SCRIPT),
                    Map.entry("trend.css", STYLE),
                    Map.entry("vendor/uPlot.esm.js", SCRIPT),
                    Map.entry("vendor/uPlot.min.css", STYLE));

    /** The public wall and the page of a visitor; served at a port of their own. */
    private static final Map<String, String> WALL =
            Map.ofEntries(
                    Map.entry("wall/wall.html", HTML),
                    Map.entry("wall/visit.html", HTML),
                    Map.entry("wall/wall.css", STYLE),
                    Map.entry("wall/visit.css", STYLE),
                    Map.entry("wall/wall.js", SCRIPT),
                    Map.entry("wall/visit.js", SCRIPT),
                    Map.entry("wall/told.js", SCRIPT),
                    Map.entry("wall/zh-CN.json", TEXTS),
                    Map.entry("wall/en.json", TEXTS),
                    Map.entry("parts.js", SCRIPT),
                    Map.entry("words.js", SCRIPT),
                    Map.entry("icon.svg", PICTURE));

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

    /** All files of the page by the path they are asked for. */
    static Map<String, Asset> all() {
        var assets = new HashMap<>(firstLoad());
        assets.putAll(loaded(LATER));
        assets.put("/", load("index.html", HTML));
        assets.put("/technician", load("technician.html", HTML));
        return Map.copyOf(assets);
    }

    /** All files of the wall by the path they are asked for. */
    static Map<String, Asset> wall() {
        var assets = new HashMap<>(loaded(WALL));
        assets.put("/", load("wall/wall.html", HTML));
        assets.put("/visit", load("wall/visit.html", HTML));
        return Map.copyOf(assets);
    }

    /** Something that was made while the program runs. */
    static Asset of(String type, byte[] plain) {
        try {
            return new Asset(type, plain);
        } catch (IOException e) {
            throw new AssertionError("nothing is written to a disk", e);
        }
    }

    static Asset of(String type, String text) {
        return of(type, text.getBytes(UTF_8));
    }

    /** Answers a GET with it. */
    Web.Route route() {
        return new Web.Route.Get(exchange ->
                reply(
                        Web.header(exchange, "If-None-Match"),
                        Web.header(exchange, "Accept-Encoding")));
    }

    /** Those that come before anything is shown. */
    static Map<String, Asset> firstLoad() {
        return loaded(TYPES);
    }

    private static Map<String, Asset> loaded(Map<String, String> types) {
        return types.entrySet().stream()
                .collect(
                        Collectors.toMap(
                                e -> "/" + e.getKey(), e -> load(e.getKey(), e.getValue())));
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
