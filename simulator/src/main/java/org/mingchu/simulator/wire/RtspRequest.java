package org.mingchu.simulator.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The head of one RTSP request. Immutable.
 *
 * @param uri as it was sent, which is what a digest covers
 * @param headers names in lower case
 */
record RtspRequest(String method, String uri, Map<String, String> headers) {
    RtspRequest {
        headers = Map.copyOf(headers);
    }

    /**
     * The next request, or nothing when the caller has hung up.
     *
     * @throws IOException when it is longer than {@code maxBytes} or no RTSP
     */
    static Optional<RtspRequest> read(InputStream in, int maxBytes) throws IOException {
        var head = readHead(in, maxBytes);
        if (head.isBlank()) {
            return Optional.empty();
        }
        var lines = head.split("\r\n", -1);
        var words = lines[0].split(" ", -1);
        if (words.length != 3 || !words[2].equals("RTSP/1.0")) {
            throw new IOException("no RTSP request: " + lines[0]);
        }
        var headers = new TreeMap<String, String>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            if (colon > 0) {
                var name = lines[i].substring(0, colon).toLowerCase(Locale.ROOT);
                headers.put(name, lines[i].substring(colon + 1).strip());
            }
        }
        return Optional.of(new RtspRequest(words[0], words[1], headers));
    }

    private static String readHead(InputStream in, int maxBytes) throws IOException {
        var head = new ByteArrayOutputStream();
        int last4 = 0;
        while (last4 != 0x0d0a0d0a) {
            int next = in.read();
            if (next < 0) {
                return "";
            }
            head.write(next);
            last4 = last4 << 8 | next;
            if (head.size() > maxBytes) {
                throw new IOException("request head longer than " + maxBytes + " bytes");
            }
        }
        return head.toString(StandardCharsets.UTF_8);
    }

    String sequence() {
        return headers.getOrDefault("cseq", "0");
    }

    String path() {
        return Optional.ofNullable(URI.create(uri).getPath()).orElse("");
    }

    Optional<String> authorization() {
        return Optional.ofNullable(headers.get("authorization"));
    }
}
