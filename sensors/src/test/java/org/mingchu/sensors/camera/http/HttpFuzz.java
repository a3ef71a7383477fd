package org.mingchu.sensors.camera.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/**
 * Any bytes a camera may answer by HTTP: an answer within its caps, or an exception of the wire.
 */
public final class HttpFuzz {
    private static final int CAP = 4096;

    private HttpFuzz() {}

    public static void fuzzerTestOneInput(byte[] bytes) {
        var whole = read(new WireReader(new ByteArrayInputStream(bytes)));
        var dripped = read(new WireReader(new Dripping(bytes)));
        if (whole.isPresent() != dripped.isPresent()
                || !Arrays.equals(body(whole), body(dripped))) {
            throw new AssertionError("an answer depends on how the network cuts it");
        }
    }

    private static byte[] body(Optional<HttpOutcome.Answer> answer) {
        return answer.map(HttpOutcome.Answer::body).orElseGet(() -> new byte[0]);
    }

    private static Optional<HttpOutcome.Answer> read(WireReader in) {
        try {
            var answer = new AnswerReader(in, CAP).read();
            check(answer.body().length <= CAP);
            check(answer.status() >= 200 && answer.status() <= 999);
            Digest.strongest(answer.head().header("WWW-Authenticate"))
                    .ifPresent(d -> login(d.answer("GET", "/", new Digest.Login("u", "p"), "c")));
            return Optional.of(answer);
        } catch (IOException e) {
            // not HTTP, or not all of it
            return Optional.empty();
        }
    }

    /** Nothing a peer says may begin a header of its own. */
    private static void login(String authorization) {
        check(!authorization.contains("\n"));
    }

    private static void check(boolean holds) {
        if (!holds) {
            throw new AssertionError("an answer beyond its caps");
        }
    }
}
