package org.mingchu.simulator.wire;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;

/**
 * How a project's devices write to a broker, after the examples in its documentation. Immutable.
 */
public enum LocalProbeForm {
    /** One object; dated by {@code last_seen} in milliseconds. */
    ZIGBEE2MQTT("zigbee2mqtt/%s", "/temperature", "/battery", "/linkquality") {
        @Override
        String payload(Word word) {
            return """
            {"battery":%d,"humidity":61.2,"last_seen":%d,"linkquality":%d,\
            "temperature":%s,"voltage":2950}\
            """
                    .formatted(word.batteryPercent, word.takenMs, word.link, celsius(word.milli));
        }

        @Override
        Optional<Presence> presence(String name) {
            return Optional.of(
                    new Presence(
                            "zigbee2mqtt/" + name + "/availability",
                            "{\"state\":\"online\"}",
                            "{\"state\":\"offline\"}"));
        }
    },
    /** A bare number, not dated; nothing else. */
    ESPHOME("%s/sensor/temperature/state", "", "-", "-") {
        @Override
        String payload(Word word) {
            return celsius(word.milli);
        }

        @Override
        Optional<Presence> presence(String name) {
            return Optional.of(new Presence(name + "/status", "online", "offline"));
        }
    },
    /** Dated by the local time, in whole seconds. */
    TASMOTA("tele/%s/SENSOR", "/DS18B20/Temperature", "-", "-") {
        @Override
        String payload(Word word) {
            return """
            {"Time":"%s","DS18B20":{"Id":"0316A2795DFF","Temperature":%s},"TempUnit":"C"}\
            """
                    .formatted(local(word), celsius(word.milli));
        }

        @Override
        Optional<Presence> presence(String name) {
            return Optional.of(new Presence("tele/" + name + "/LWT", "Online", "Offline"));
        }
    },
    /** Heard by two gateways; dated in UTC. */
    CHIRPSTACK("application/42/device/%s/event/up", "/object/temperature", "-", "-") {
        @Override
        String payload(Word word) {
            return """
            {"deduplicationId":"3ac7e3c4-4401-4b8d-9386-a5c902f9202d","time":"%s",\
            "deviceInfo":{"tenantName":"kitchen","deviceName":"probe","tags":{}},\
            "devAddr":"00189440","adr":true,"dr":1,"fCnt":%d,"fPort":2,"confirmed":false,\
            "data":"qg==","object":{"temperature":%s},\
            "rxInfo":[{"gatewayId":"0016c001f153a14c","rssi":-97,"snr":1.5},\
            {"gatewayId":"0016c001f153a14d","rssi":-36,"snr":10.5}]}\
            """
                    .formatted(utc(word), word.count, celsius(word.milli));
        }

        @Override
        Optional<Presence> presence(String name) {
            return Optional.empty();
        }
    },
    /** Dated by the network server in UTC. */
    THE_THINGS_STACK(
            "v3/kitchen@ttn/devices/%s/up",
            "/uplink_message/decoded_payload/temperature",
            "/uplink_message/last_battery_percentage/value",
            "-") {
        @Override
        String payload(Word word) {
            return """
            {"end_device_ids":{"device_id":"probe","application_ids":{"application_id":"kitchen"}},\
            "received_at":"%1$s","uplink_message":{"f_port":1,"f_cnt":%2$d,"frm_payload":"gkHs",\
            "decoded_payload":{"temperature":%3$s},"rx_metadata":[{"gateway_ids":\
            {"gateway_id":"gw"},"rssi":-91,"channel_rssi":-91,"snr":7.2}],"received_at":"%1$s",\
            "last_battery_percentage":{"f_cnt":1,"value":%4$d.5}}}\
            """
                    .formatted(utc(word), word.count, celsius(word.milli), word.batteryPercent / 2);
        }

        @Override
        Optional<Presence> presence(String name) {
            return Optional.empty();
        }
    };

    private static final DateTimeFormatter WHOLE_SECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss", Locale.ROOT);

    private final String topic;
    private final String temperature;
    private final String battery;
    private final String link;

    LocalProbeForm(String topic, String temperature, String battery, String link) {
        this.topic = topic;
        this.temperature = temperature;
        this.battery = battery;
        this.link = link;
    }

    /**
     * What one message tells.
     *
     * @param takenMs when the value was taken, milliseconds since 1970
     * @param link 0 to 255
     */
    record Word(long count, long milli, long takenMs, int batteryPercent, int link, ZoneId zone) {}

    /** The topic that tells whether a probe is there, and its words. */
    record Presence(String topic, String online, String offline) {}

    abstract String payload(Word word);

    abstract Optional<Presence> presence(String name);

    String topic(String name) {
        return topic.formatted(name);
    }

    /** JSON pointer of the temperature. */
    String temperature() {
        return temperature;
    }

    /** JSON pointer of the battery's percentage, where this form has one. */
    Optional<String> battery() {
        return Optional.of(battery).filter(pointer -> !pointer.equals("-"));
    }

    /** JSON pointer of the link quality, where this form has one. */
    Optional<String> link() {
        return Optional.of(link).filter(pointer -> !pointer.equals("-"));
    }

    private static String celsius(long milli) {
        var digits = "%d.%03d".formatted(Math.abs(milli) / 1000, Math.abs(milli) % 1000);
        return milli < 0 ? "-" + digits : digits;
    }

    private static String utc(Word word) {
        return Instant.ofEpochMilli(word.takenMs)
                .atOffset(ZoneOffset.UTC)
                .truncatedTo(ChronoUnit.MILLIS)
                .format(DateTimeFormatter.ISO_OFFSET_DATE_TIME);
    }

    private static String local(Word word) {
        return Instant.ofEpochMilli(word.takenMs).atZone(word.zone).format(WHOLE_SECONDS);
    }
}
