package org.mingchu.simulator.wire;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** The RTSP side of a recorder: {@code /Streaming/Channels/302} is channel 3. Any thread. */
final class RecorderRtsp {
    private static final Pattern PATH = Pattern.compile("/Streaming/Channels/([0-9]{1,3})0[12]");
    private static final String SESSION =
            "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=channel\r\nc=IN IP4 0.0.0.0\r\nt=0 0\r\n";
    private static final String VIDEO = "m=video 0 RTP/AVP 96\r\na=rtpmap:96 H265/90000\r\n";
    private static final String SOUND = "m=audio 0 RTP/AVP 8\r\na=rtpmap:8 PCMA/8000\r\n";

    private final RecorderState state;

    RecorderRtsp(RecorderState state) {
        this.state = state;
    }

    void talk(InputStream raw, OutputStream out) throws IOException {
        var in = new BufferedInputStream(raw);
        for (var request = RtspRequest.read(in, Camera.HEAD_MAX);
                request.isPresent();
                request = RtspRequest.read(in, Camera.HEAD_MAX)) {
            answer(request.get(), in, out);
        }
    }

    private void answer(RtspRequest request, InputStream in, OutputStream out) throws IOException {
        if (request.method().equals("OPTIONS")) {
            reply(out, request, "200 OK", "Public: OPTIONS, DESCRIBE, SETUP\r\n", "");
            return;
        }
        var guard = state.guard();
        if (!guard.lets(request, DigestGuard.Kind.MD5)) {
            var challenge = guard.challenge(DigestGuard.Kind.MD5);
            reply(out, request, "401 Unauthorized", "WWW-Authenticate: " + challenge + "\r\n", "");
            return;
        }
        describe(request, in, out);
    }

    private void describe(RtspRequest request, InputStream in, OutputStream out)
            throws IOException {
        var path = PATH.matcher(request.path());
        if (!path.matches() || !state.has(Integer.parseInt(path.group(1)))) {
            reply(out, request, "404 Not Found", "", "");
            return;
        }
        switch (state.channel(Integer.parseInt(path.group(1))).stream()) {
            case HEALTHY -> reply(out, request, "200 OK", "", SESSION + VIDEO + SOUND);
            case NO_VIDEO -> reply(out, request, "200 OK", "", SESSION + SOUND);
            case MISSING -> reply(out, request, "404 Not Found", "", "");
            case FAILING -> reply(out, request, "503 Service Unavailable", "", "");
            case HUNG -> {
                while (in.read() >= 0) {
                    // What the caller still says is not listened to.
                }
            }
        }
    }

    private static void reply(
            OutputStream out, RtspRequest request, String status, String headers, String body)
            throws IOException {
        var text =
                "RTSP/1.0 %s\r\nCSeq: %s\r\n%sContent-Length: %d\r\n\r\n%s"
                        .formatted(status, request.sequence(), headers, body.length(), body);
        out.write(text.getBytes(StandardCharsets.US_ASCII));
    }
}
