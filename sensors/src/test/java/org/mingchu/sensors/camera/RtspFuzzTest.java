package org.mingchu.sensors.camera;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mingchu.sensors.camera.http.Mutated;

final class RtspFuzzTest {
    @Test
    @Timeout(1200)
    void any_bytes_are_an_answer_within_its_caps_or_an_exception_of_the_wire() {
        assertThat(Mutated.feed("rtsp", 2326, RtspFuzz::fuzzerTestOneInput)).isGreaterThan(20);
    }
}
