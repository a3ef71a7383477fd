package org.mingchu.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** What a site file says about cameras, recorders and radio probes, as values. */
final class VideoReaderTest {
    private static final String CAMERAS =
            """
            [gb28181]
            listen = "192.168.1.20:5060"
            id     = "34020000002000000001"
            realm  = "3402000000"

            [[nvr]]
            id          = "nvr-1"
            name        = "录像机"
            rtsp        = "rtsp://192.168.1.50:554/Streaming/Channels/{channel}02"
            snapshot    = "http://192.168.1.50/ISAPI/Streaming/channels/{channel}01/picture"
            onvif       = "http://192.168.1.50/onvif/device_service"
            isapi       = "http://192.168.1.50/ISAPI"
            credentials = "nvr-1"

            [[camera]]
            id      = "cam-hot"
            name    = "热加工间"
            nvr     = "nvr-1"
            channel = 3

            [[camera]]
            id            = "cam-cold"
            name          = "粗加工间"
            rtsp          = "rtsp://192.168.1.60:554/stream2"
            snapshot      = "http://192.168.1.60/snap.jpg"
            onvif         = "http://192.168.1.60/onvif/device_service"
            credentials   = "cam-cold"
            keep_pictures = true
            off           = ["Mon-Fri 00:00-05:00", "Sun 00:00-23:59"]
            gb28181       = { device = "34020000001320000001", credentials = "sip-1", heartbeat = "30s", misses = 5 }
            """;

    @TempDir Path folder;

    @Test
    void every_key_of_cameras_and_recorders_becomes_a_value() throws IOException {
        var video = site(CAMERAS).video();

        assertThat(video.door())
                .contains(
                        new Gb28181.Door(
                                new HostPort("192.168.1.20", 5060),
                                "34020000002000000001",
                                "3402000000"));
        var recorder = video.recorders().getFirst();
        assertThat(recorder.stream(12))
                .isEqualTo(URI.create("rtsp://192.168.1.50:554/Streaming/Channels/1202"));
        assertThat(recorder.picture(3))
                .contains(URI.create("http://192.168.1.50/ISAPI/Streaming/channels/301/picture"));
        assertThat(recorder.onvif()).isPresent();
        assertThat(recorder.isapi()).isPresent();
        assertThat(recorder.credentials()).contains("nvr-1");
        var camera = video.cameras().get(1);
        assertThat(camera.gb28181())
                .contains(
                        new Gb28181(
                                "34020000001320000001",
                                Optional.of("sip-1"),
                                Optional.of(Duration.ofSeconds(30)),
                                OptionalInt.of(5)));
        assertThat(camera.off())
                .contains(
                        new Hours.Opening(
                                Set.of(DayOfWeek.SUNDAY),
                                LocalTime.MIDNIGHT,
                                LocalTime.of(23, 59)));
        assertThat(camera.keepsPictures()).isTrue();
        assertThat(video.recorder(video.cameras().getFirst())).contains(recorder);
        assertThat(video.recorder(camera)).isEmpty();
    }

    @Test
    void each_level_that_can_be_asked_is_an_eye_of_its_own() throws IOException {
        assertThat(site(CAMERAS).video().eyes())
                .extracting(Video.Eye::subject)
                .containsExactly(
                        "nvr-1",
                        "nvr-1-recording",
                        "nvr-1-clock",
                        "cam-hot",
                        "cam-hot-picture",
                        "cam-hot-recording",
                        "cam-cold",
                        "cam-cold-picture",
                        "cam-cold-registration",
                        "cam-cold-clock");
    }

    @Test
    void the_network_is_watched_from_three_hosts_on() throws IOException {
        var third =
                """

                [[camera]]
                id   = "cam-3"
                name = "留样间"
                rtsp = "rtsp://192.168.1.61/stream2"
                """;

        assertThat(site(CAMERAS).video().watchesNetwork()).isFalse();
        assertThat(site(CAMERAS + third).video().watchesNetwork()).isTrue();
        assertThat(site(CAMERAS + third).video().eyes().getLast().subject()).isEqualTo("cameras");
    }

    @Test
    void rules_are_bound_to_the_levels_they_are_about() throws IOException {
        var watches =
                plan(CAMERAS).watches().stream()
                        .filter(w -> w.rule().scope() == Scope.CAMERA)
                        .map(w -> w.subject() + " " + w.rule().id())
                        .toList();

        assertThat(watches)
                .contains(
                        "nvr-1 camera-lost",
                        "nvr-1-recording camera-recording",
                        "nvr-1-clock camera-clock",
                        "cam-hot camera-lost",
                        "cam-hot-picture camera-picture",
                        "cam-hot-recording camera-recording-short",
                        "cam-cold-registration camera-unregistered")
                .doesNotContain("cam-hot camera-picture", "cameras cameras-lost")
                .doesNotHaveDuplicates();
    }

    @Test
    void a_probe_that_is_not_asked_has_minutes_to_speak_and_hours_for_its_battery()
            throws IOException {
        var sensors = site(CAMERAS).units().getFirst().sensors();

        assertThat(sensors)
                .extracting(SensorPlan::period)
                .containsExactly(
                        Optional.empty(),
                        Optional.of(Duration.ofMinutes(5)),
                        Optional.of(Duration.ofHours(6)),
                        Optional.of(Duration.ofHours(12)));
    }

    @Test
    void no_rule_without_a_quantity_is_about_what_a_probe_says_of_itself() throws IOException {
        assertThat(plan(CAMERAS).watches())
                .extracting(w -> w.subject() + " " + w.rule().id())
                .contains("box-air sensor-silent", "box-battery battery-low")
                .doesNotContain("box-battery sensor-silent")
                .noneMatch(watched -> watched.startsWith("box-signal"));
    }

    private Site site(String cameras) throws IOException {
        return plan(cameras).site();
    }

    private Plan plan(String cameras) throws IOException {
        var file = folder.resolve("site.toml");
        Files.writeString(file, HEAD + cameras);
        return switch (PlanReader.read(file, Fixture.RULES)) {
            case Checked.Good<Plan>(var plan, _) -> plan;
            case Checked.Bad<Plan>(var problems) -> throw new AssertionError(problems.toString());
        };
    }

    private static final String HEAD =
            """
            schema = 1

            [site]
            id        = "gz-liwan-0042"
            area      = "gz-liwan"
            gateway   = "gw-1"
            name      = "逢源街长者饭堂"
            kind      = "dining-hall"
            time_zone = "Asia/Shanghai"
            language  = "zh-CN"
            rules     = "cn-catering"

            [coap]
            listen = "192.168.1.20:5684"

            [broker]
            url = "mqtt://127.0.0.1:1883"

            [[unit]]
            id   = "box-1"
            name = "1号转运箱"
            kind = "transit-box"

              [[unit.sensor]]
              id       = "box-wired"
              measures = "temperature"
              source   = "w1:28-0316a2795e00"

              [[unit.sensor]]
              id       = "box-air"
              measures = "temperature"
              source   = "coap:probe-7//3303/0/5700"

              [[unit.sensor]]
              id       = "box-battery"
              measures = "battery"
              source   = "coap:probe-7//3/0/9"

              [[unit.sensor]]
              id       = "box-signal"
              measures = "signal"
              source   = "mqtt:zigbee2mqtt/box#/rssi"
              period   = "12h"

            """;
}
