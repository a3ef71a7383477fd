package org.mingchu.sensors.camera.onvif;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;

final class AlertTest {
    /** As firmware sends it every ten seconds, when all is well. */
    private static final String HEARTBEAT =
            """
            <EventNotificationAlert version="1.0" xmlns="http://www.hikvision.com/ver10/XMLSchema">
            <ipAddress>192.0.2.106</ipAddress>
            <portNo>80</portNo>
            <protocol>HTTP</protocol>
            <channelID>1</channelID>
            <dateTime>2019-02-20T15:22:34-8:00</dateTime>
            <activePostCount>0</activePostCount>
            <eventType>videoloss</eventType>
            <eventState>inactive</eventState>
            <eventDescription>videoloss alarm</eventDescription>
            </EventNotificationAlert>
            """;

    @Test
    void the_heartbeat_is_never_read_as_a_video_loss() {
        assertThat(read(HEARTBEAT)).isEqualTo(new Alert.Heartbeat());
        assertThat(read(HEARTBEAT.replace("<activePostCount>0", "<activePostCount>7")))
                .isEqualTo(new Alert.Heartbeat());
        assertThat(read(HEARTBEAT.replace("<eventState>inactive</eventState>", "")))
                .isEqualTo(new Alert.Heartbeat());
        assertThat(read(HEARTBEAT.replace("videoloss<", "VideoLoss<")))
                .isEqualTo(new Alert.Heartbeat());
    }

    @Test
    void an_active_one_is_a_loss_of_its_channel() {
        var active = HEARTBEAT.replace("inactive", "active");

        assertThat(read(active)).isEqualTo(new Alert.VideoLoss(1));
        assertThat(
                        read(
                                active.replace(
                                        "<channelID>1",
                                        "<dynChannelID>7</dynChannelID><channelID>33")))
                .isEqualTo(new Alert.VideoLoss(7));
        assertThat(read(active.replace("<channelID>1", "<channelID>-99999999999")))
                .isEqualTo(new Alert.VideoLoss(0));
    }

    @Test
    void other_events_are_told_by_their_names() {
        assertThat(read(HEARTBEAT.replace("videoloss<", "diskfull<").replace("inactive", "active")))
                .isEqualTo(new Alert.Other("diskfull", true));
    }

    @Test
    void what_is_no_notification_is_nothing() {
        assertThat(Alert.read("--boundary".getBytes(StandardCharsets.UTF_8))).isEmpty();
        assertThat(
                        Alert.read(
                                "<a><eventType>videoloss</eventType></a>"
                                        .getBytes(StandardCharsets.UTF_8)))
                .isEmpty();
        assertThat(Alert.read("<EventNotificationAlert/>".getBytes(StandardCharsets.UTF_8)))
                .isEmpty();
    }

    private static Alert read(String document) {
        return Alert.read(document.getBytes(StandardCharsets.UTF_8)).orElseThrow();
    }
}
