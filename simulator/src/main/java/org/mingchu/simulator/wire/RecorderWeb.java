package org.mingchu.simulator.wire;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/** The HTTP side of a recorder: snapshots, ISAPI and ONVIF. Any thread. */
final class RecorderWeb {
    /** Where the picture of channel 3 is: {@code /ISAPI/Streaming/channels/301/picture}. */
    private static final Pattern PICTURE =
            Pattern.compile("/ISAPI/Streaming/channels/([0-9]{1,3})0[12]/picture");

    private static final long SLOW_NS = TimeUnit.SECONDS.toNanos(2);
    private static final long DRIP_NS = TimeUnit.MILLISECONDS.toNanos(50);

    private final RecorderState state;
    private final RecorderIsapi isapi;
    private final OnvifDevice onvif;

    /** What is answered. */
    @SuppressWarnings("ArrayRecordComponent") // handed on as it is, never compared
    record Reply(String status, String type, byte[] body) {
        static Reply xml(String body) {
            return new Reply("200 OK", "application/xml", body.getBytes(StandardCharsets.UTF_8));
        }

        static Reply none(String status) {
            return new Reply(status, "text/plain", new byte[0]);
        }
    }

    RecorderWeb(RecorderState state) {
        this.state = state;
        this.isapi = new RecorderIsapi(state);
        this.onvif = new OnvifDevice(state);
    }

    void talk(InputStream raw, OutputStream out) throws IOException {
        var in = new BufferedInputStream(raw);
        var request = RecorderRequest.read(in);
        if (request.isPresent()) {
            answer(request.get(), in, out);
        }
    }

    private void answer(RecorderRequest request, InputStream in, OutputStream out)
            throws IOException {
        switch (state.web()) {
            case HEALTHY -> send(out, reply(request), "");
            case SLOW -> {
                LockSupport.parkNanos(SLOW_NS);
                send(out, reply(request), "");
            }
            case SILENT -> in.readAllBytes();
            case DRIPPING -> drip(out);
            case ENDLESS_HEADERS -> flood(out, "HTTP/1.1 200 OK\r\n", "X-More: and more\r\n");
            case HUGE_BODY -> flood(out, "HTTP/1.1 200 OK\r\n\r\n", "and more of it\r\n");
            case REDIRECT ->
                    send(out, Reply.none("302 Found"), "Location: http://198.51.100.1/\r\n");
            case BASIC ->
                    send(
                            out,
                            Reply.none("401 Unauthorized"),
                            "WWW-Authenticate: Basic realm=\"recorder\"\r\n");
            case GARBAGE -> out.write("220 FTP ready\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        }
    }

    private Reply reply(RecorderRequest request) {
        if (request.path().startsWith("/onvif/")) {
            return onvif(request);
        }
        if (!state.guard().lets(request.guarded(), DigestGuard.Kind.MD5)) {
            return Reply.none("401 Unauthorized");
        }
        var picture = PICTURE.matcher(request.path());
        if (picture.matches()) {
            return picture(Integer.parseInt(picture.group(1)));
        }
        return switch (state.tongue()) {
            case BOTH, ISAPI -> isapi.reply(request).orElseGet(() -> Reply.none("404 Not Found"));
            case ONVIF, GUARDED_ONVIF -> Reply.none("404 Not Found");
        };
    }

    private Reply onvif(RecorderRequest request) {
        return switch (state.tongue()) {
            case ISAPI -> Reply.none("404 Not Found");
            case BOTH, ONVIF, GUARDED_ONVIF -> onvif.reply(request);
        };
    }

    private Reply picture(int channel) {
        return Optional.of(channel)
                .filter(state::has)
                .map(c -> new Reply("200 OK", "image/jpeg", state.channel(c).jpeg()))
                .orElseGet(() -> Reply.none("404 Not Found"));
    }

    private void send(OutputStream out, Reply reply, String headers) throws IOException {
        var login =
                reply.status.startsWith("401") && headers.isEmpty()
                        ? "WWW-Authenticate: "
                                + state.guard().challenge(DigestGuard.Kind.MD5)
                                + "\r\n"
                        : headers;
        var head =
                "HTTP/1.1 %s\r\nDate: %s\r\nContent-Type: %s\r\nContent-Length: %d\r\n%sConnection: close\r\n\r\n"
                        .formatted(reply.status, date(), reply.type, reply.body.length, login);
        out.write(head.getBytes(StandardCharsets.US_ASCII));
        out.write(reply.body);
        out.flush();
    }

    private String date() {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(state.now().atOffset(ZoneOffset.UTC));
    }

    private static void drip(OutputStream out) throws IOException {
        out.write("HTTP/1.1 200 OK\r\nX: ".getBytes(StandardCharsets.US_ASCII));
        for (int bytes = 0; bytes < Camera.FLOOD_MAX; bytes++) {
            out.write('x');
            out.flush();
            LockSupport.parkNanos(DRIP_NS);
        }
    }

    private static void flood(OutputStream out, String first, String again) throws IOException {
        out.write(first.getBytes(StandardCharsets.US_ASCII));
        var more = again.repeat(512).getBytes(StandardCharsets.US_ASCII);
        for (int sent = 0; sent < Camera.FLOOD_MAX; sent += more.length) {
            out.write(more);
        }
    }
}
