package org.mingchu.simulator.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One HTTP request with a small body. Immutable.
 *
 * @param headers names in lower case
 */
record RecorderRequest(String method, String target, Map<String, String> headers, String body) {
    private static final int HEAD_MAX = 8 * 1024;
    private static final int BODY_MAX = 64 * 1024;

    RecorderRequest {
        headers = Map.copyOf(headers);
    }

    /** Nothing when the caller has hung up. */
    static Optional<RecorderRequest> read(InputStream in) throws IOException {
        var lines = head(in).split("\r\n", -1);
        var words = lines[0].split(" ", -1);
        if (words.length != 3) {
            return Optional.empty();
        }
        var headers = new HashMap<String, String>();
        for (var line : lines) {
            var colon = line.indexOf(':');
            if (colon > 0) {
                headers.put(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
        }
        var length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        if (length > BODY_MAX) {
            throw new IOException("a body of " + length);
        }
        var body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
        return Optional.of(new RecorderRequest(words[0], words[1], headers, body));
    }

    private static String head(InputStream in) throws IOException {
        var head = new ByteArrayOutputStream();
        for (int last4 = 0; last4 != 0x0d0a0d0a; ) {
            int next = in.read();
            if (next < 0 || head.size() == HEAD_MAX) {
                return "";
            }
            head.write(next);
            last4 = last4 << 8 | next;
        }
        return head.toString(StandardCharsets.UTF_8);
    }

    String path() {
        var query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    /** A digest covers the same of HTTP as of RTSP. */
    RtspRequest guarded() {
        return new RtspRequest(method, target, headers);
    }
}
