package org.mingchu.sensors.camera.onvif;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mingchu.sensors.camera.http.Mutated;

final class XmlFuzzTest {
    @Test
    @Timeout(1200)
    void any_document_is_read_or_is_nothing() {
        assertThat(Mutated.feed("xml", 8259, XmlFuzz::fuzzerTestOneInput)).isGreaterThan(20);
    }
}
