package org.mingchu.sensors.camera.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.ByteArrayInputStream;
import java.io.IOException;

final class HttpFuzzTest {
    private static final int CAP = 4096;

    @Test
    @Timeout(1200)
    void any_bytes_are_an_answer_within_its_caps_or_an_exception_of_the_wire() {
        assertThat(Mutated.feed("http", 7616, HttpFuzzTest::fuzz)).isGreaterThan(50);
    }

    /** Any bytes a peer may send. */
    static void fuzz(byte[] bytes) {
        try {
            var in = new WireReader(new ByteArrayInputStream(bytes));
            var answer = new AnswerReader(in, CAP).read();
            assertThat(answer.body().length).isLessThanOrEqualTo(CAP);
            assertThat(answer.status()).isBetween(200, 999);
            Digest.strongest(answer.head().header("WWW-Authenticate"))
                    .ifPresent(d -> login(d.answer("GET", "/", new Digest.Login("u", "p"), "c")));
        } catch (IOException e) {
            // not HTTP, or not all of it
        }
    }

    /** Nothing a peer says may begin a header of its own. */
    private static void login(String authorization) {
        assertThat(authorization).doesNotContain("\n");
    }
}
