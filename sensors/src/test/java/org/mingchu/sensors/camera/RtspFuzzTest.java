package org.mingchu.sensors.camera;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mingchu.sensors.camera.http.Mutated;
import org.mingchu.sensors.camera.http.WireReader;

import java.io.ByteArrayInputStream;
import java.io.IOException;

final class RtspFuzzTest {
    @Test
    @Timeout(1200)
    void any_bytes_are_an_answer_within_its_caps_or_an_exception_of_the_wire() {
        assertThat(Mutated.feed("rtsp", 2326, RtspFuzzTest::fuzz)).isGreaterThan(50);
    }

    /** Any bytes a camera may send. */
    static void fuzz(byte[] bytes) {
        try {
            var in = new WireReader(new ByteArrayInputStream(bytes));
            var answer = RtspConnection.answer(in);
            assertThat(answer.body().length()).isLessThanOrEqualTo(RtspConnection.BODY_BYTES_MAX);
            assertThat(RtspProbe.judged(answer).cause()).hasSizeLessThan(100);
        } catch (IOException e) {
            // not RTSP, or not all of it
        }
    }
}
