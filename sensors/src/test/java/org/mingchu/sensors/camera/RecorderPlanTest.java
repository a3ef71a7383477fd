package org.mingchu.sensors.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

final class RecorderPlanTest {
    @Test
    void a_channels_number_stands_where_the_pattern_says() {
        assertThat(plan("rtsp://nvr:554/cam?channel={channel}&subtype=1", 24).stream(7))
                .isEqualTo(URI.create("rtsp://nvr:554/cam?channel=7&subtype=1"));
        assertThat(plan("rtsp://nvr/Streaming/Channels/{channel}02", 24).stream(12).getPath())
                .isEqualTo("/Streaming/Channels/1202");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"rtsp://nvr/stream", "rtsp://nvr{channel}/stream", "rtsp://nvr{channel}"})
    void a_pattern_without_a_channel_in_its_path_is_refused(String rtsp) {
        assertThatThrownBy(() -> plan(rtsp, 24)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 14, 24 * 30})
    void a_limit_within_the_width_of_a_time_zone_is_refused(int nearHours) {
        assertThatThrownBy(() -> plan("rtsp://nvr/{channel}", nearHours))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void channels_are_counted_from_one() {
        assertThatThrownBy(() -> new RecorderPlan.Channel("cam", 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static RecorderPlan plan(String rtsp, int nearHours) {
        return new RecorderPlan(
                "nvr",
                URI.create("http://nvr"),
                rtsp,
                RecorderPlan.Language.ANY,
                List.of(),
                Duration.ofDays(30),
                Duration.ofHours(nearHours),
                Optional.empty());
    }
}
