package org.mingchu.sensors.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mingchu.config.Quantity;
import org.mingchu.sensors.Fault;
import org.mingchu.sensors.Flag;
import org.mingchu.sensors.HandClock;
import org.mingchu.sensors.Reading;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;

/** Payloads as the projects' documentation and logs show them; only the times are of today. */
final class ProfileTest {
    private static final long NOW_MS = HandClock.START_WALL_MS;

    @ParameterizedTest
    @CsvSource({
        "zigbee2mqtt/fridge, ZIGBEE2MQTT",
        "zigbee2mqtt/kitchen/fridge 1, ZIGBEE2MQTT",
        "zigbee2mqtt-cold/0x00158d00029c076d, ZIGBEE2MQTT",
        "zigbee2mqtt/bridge/state, OTHER",
        "cold-room/sensor/fridge_1/state, ESPHOME",
        "a/b/binary_sensor/door/state, ESPHOME",
        "tele/tasmota_9CF9D1/SENSOR, TASMOTA",
        "tele/tasmota_9CF9D1/STATE, TASMOTA",
        "fridge/tele/SENSOR, TASMOTA",
        "tele/tasmota_9CF9D1/LWT, OTHER",
        "application/8f1/device/0101010101010101/event/up, CHIRPSTACK",
        "v3/app1@ttn/devices/dev1/up, THE_THINGS_STACK",
        "remote/v3/app1/devices/dev1/up, THE_THINGS_STACK",
        "kitchen/1, OTHER"
    })
    void a_topic_tells_its_profile(String topic, Profile profile) {
        assertThat(Profile.of(topic)).isEqualTo(profile);
    }

    @Test
    void each_profile_names_the_topics_of_presence() {
        assertThat(presences("zigbee2mqtt/kitchen/fridge"))
                .containsExactly(
                        "zigbee2mqtt/kitchen/fridge/availability", "zigbee2mqtt/bridge/state");
        assertThat(presences("cold/sensor/t/state")).containsExactly("cold/status");
        assertThat(presences("tele/cold/SENSOR")).containsExactly("tele/cold/LWT");
        assertThat(presences("cold/tele/SENSOR")).containsExactly("cold/tele/LWT");
        assertThat(presences("application/1/device/2/event/up")).isEmpty();
        assertThat(presences("v3/a/devices/b/up")).isEmpty();
    }

    private static List<String> presences(String topic) {
        return Profile.of(topic).presences(topic);
    }

    @Test
    void zigbee2mqtt_gives_temperature_battery_and_link() {
        var topic = "zigbee2mqtt/fridge";
        var said =
                say(
                        topic,
                        "zigbee2mqtt.json",
                        Room.probe("t", Quantity.TEMPERATURE, topic, "/temperature"),
                        Room.probe("h", Quantity.HUMIDITY, topic, "/humidity"),
                        Room.probe("b", Quantity.BATTERY, topic, ""),
                        Room.probe("v", Quantity.BATTERY, topic, "/voltage"),
                        Room.probe("l", Quantity.LINK, topic, ""));
        assertThat(value(said, "t")).isEqualTo(4_340);
        assertThat(value(said, "h")).isEqualTo(44_720);
        assertThat(value(said, "b")).isEqualTo(86_000);
        assertThat(value(said, "l")).isEqualTo(38_039);
        assertThat(reading(said, "v"))
                .isInstanceOfSatisfying(
                        Reading.Silent.class, s -> assertThat(s.detail()).contains("volts"));
        assertThat(((Reading.Measured) reading(said, "t")).ageNs()).isEqualTo(30_000_000_000L);
    }

    @Test
    void a_zigbee_contact_that_is_true_is_a_closed_door() {
        var topic = "zigbee2mqtt/door";
        var door = Room.probe("d", Quantity.DOOR, topic, "/contact");
        var inverted = Room.probe("i", Quantity.DOOR, topic, "/contact", true);
        var leak = Room.probe("w", Quantity.WATER, topic, "/water_leak");
        var said = sayText(topic, "{\"contact\":true,\"water_leak\":false}", door, inverted, leak);
        assertThat(value(said, "d")).isZero();
        assertThat(value(said, "i")).isEqualTo(1000);
        assertThat(((Reading.Measured) reading(said, "i")).rawMilli()).isZero();
        assertThat(value(said, "w")).isZero();
        said = sayText(topic, "{\"contact\":false,\"water_leak\":true}", door, inverted, leak);
        assertThat(value(said, "d")).isEqualTo(1000);
        assertThat(value(said, "i")).isZero();
        assertThat(value(said, "w")).isEqualTo(1000);
    }

    @Test
    void esphome_says_bare_numbers_and_words() {
        var fridge = Room.probe("t", Quantity.TEMPERATURE, "cold/sensor/fridge/state", "");
        assertThat(value(sayText("cold/sensor/fridge/state", "-18.44", fridge), "t"))
                .isEqualTo(-18_440);
        assertThat(reading(sayText("cold/sensor/fridge/state", "nan", fridge), "t"))
                .isEqualTo(new Reading.Silent("t", Fault.DISCONNECTED, "the device has no value"));
        var door = Room.probe("d", Quantity.DOOR, "cold/binary_sensor/door/state", "");
        assertThat(value(sayText("cold/binary_sensor/door/state", "ON", door), "d"))
                .isEqualTo(1000);
        var signal = Room.probe("s", Quantity.SIGNAL, "cold/sensor/wifi_signal/state", "");
        assertThat(value(sayText("cold/sensor/wifi_signal/state", "-62", signal), "s"))
                .isEqualTo(-62_000);
    }

    @Test
    void tasmota_says_local_time_and_perhaps_fahrenheit() {
        var topic = "tele/cold/SENSOR";
        var said =
                say(
                        topic,
                        "tasmota-sensor.json",
                        Room.probe("t", Quantity.TEMPERATURE, topic, "/DS18B20-1/Temperature"),
                        Room.probe("f", Quantity.TEMPERATURE, topic, "/DS18B20-2/Temperature"),
                        Room.probe("h", Quantity.HUMIDITY, topic, "/SI7021/Humidity"));
        assertThat(value(said, "t")).isEqualTo(4_000);
        assertThat(reading(said, "f")).isInstanceOf(Reading.Silent.class);
        assertThat(value(said, "h")).isEqualTo(57_000);
        assertThat(((Reading.Measured) reading(said, "t")).ageNs()).isEqualTo(20_000_000_000L);
        var state = "tele/cold/STATE";
        said =
                say(
                        state,
                        "tasmota-state.json",
                        Room.probe("s", Quantity.SIGNAL, state, ""),
                        Room.probe("l", Quantity.LINK, state, ""));
        assertThat(value(said, "s")).isEqualTo(-78_000);
        assertThat(value(said, "l")).isEqualTo(44_000);
    }

    @Test
    void chirpstack_gives_the_decoded_object_and_the_best_gateway() {
        var topic = "application/8f1/device/0101010101010101/event/up";
        var said =
                say(
                        topic,
                        "chirpstack-up.json",
                        Room.probe("t", Quantity.TEMPERATURE, topic, "/object/temperatureSensor/1"),
                        Room.probe("s", Quantity.SIGNAL, topic, ""));
        assertThat(value(said, "t")).isEqualTo(-19_250);
        assertThat(value(said, "s")).isEqualTo(-36_000);
        assertThat(((Reading.Measured) reading(said, "t")).ageNs()).isEqualTo(4_225_000_000L);
        var status = "application/8f1/device/0101010101010101/event/status";
        said = say(status, "chirpstack-status.json", Room.probe("b", Quantity.BATTERY, status, ""));
        assertThat(value(said, "b")).isEqualTo(68_500);
    }

    @Test
    void the_things_stack_gives_the_decoded_payload_and_the_battery() {
        var topic = "v3/app1@ttn/devices/dev1/up";
        var said =
                say(
                        topic,
                        "the-things-stack-up.json",
                        Room.probe(
                                "t",
                                Quantity.TEMPERATURE,
                                topic,
                                "/uplink_message/decoded_payload/temperature"),
                        Room.probe("s", Quantity.SIGNAL, topic, ""),
                        Room.probe("b", Quantity.BATTERY, topic, ""));
        assertThat(value(said, "t")).isEqualTo(1_000);
        assertThat(value(said, "s")).isEqualTo(-35_000);
        assertThat(value(said, "b")).isEqualTo(94_881);
        assertThat(((Reading.Measured) reading(said, "t")).ageNs()).isEqualTo(10_000_000_000L);
    }

    @ParameterizedTest
    @CsvSource({
        "zigbee2mqtt/a, zigbee2mqtt/a/availability, offline, true",
        "zigbee2mqtt/a, zigbee2mqtt/a/availability, '{\"state\":\"offline\"}', true",
        "zigbee2mqtt/a, zigbee2mqtt/a/availability, '{\"state\":\"online\"}', false",
        "zigbee2mqtt/a, zigbee2mqtt/bridge/state, '{\"state\":\"offline\"}', true",
        "zigbee2mqtt/a, zigbee2mqtt/a/availability, '{\"state\":', false",
        "x/sensor/a/state, x/status, offline, true",
        "x/sensor/a/state, x/status, online, false",
        "tele/a/SENSOR, tele/a/LWT, Offline, true",
        "tele/a/SENSOR, tele/a/LWT, Online, false"
    })
    void who_is_offline_is_silent_at_once(
            String topic, String presence, String word, boolean silent) {
        var roster =
                new Roster(
                        List.of(
                                Room.probe("1", Quantity.TEMPERATURE, topic, ""),
                                Room.probe("2", Quantity.DOOR, topic, "")),
                        Room.ZONE);
        assertThat(roster.topics()).contains(topic, presence);
        assertThat(roster.listen(publish(presence, word), live()))
                .extracting(Said::reading)
                .hasSize(silent ? 2 : 0)
                .allSatisfy(reading ->
                        assertThat(((Reading.Silent) reading).fault()).isEqualTo(Fault.SILENT));
    }

    @Test
    void an_own_time_of_long_ago_is_backfilled_and_one_ahead_is_not_believed() {
        var topic = "zigbee2mqtt/fridge";
        var probe = Room.probe("t", Quantity.TEMPERATURE, topic, "/temperature");
        var roster = new Roster(List.of(probe), Room.ZONE);
        var old = measured(roster, topic, seen(4.1, NOW_MS - 121_000));
        assertThat(old.ageNs()).isEqualTo(121_000_000_000L);
        assertThat(old.flags()).containsExactly(Flag.BACKFILLED);
        assertThat(measured(roster, topic, seen(4.1, NOW_MS - 119_000)).flags()).isEmpty();
        var ahead = measured(roster, topic, seen(4.1, NOW_MS + 119_000));
        assertThat(ahead.ageNs()).isZero();
        assertThat(ahead.flags()).isEmpty();
        var far = measured(roster, topic, seen(4.1, NOW_MS + 3_600_000));
        assertThat(far.ageNs()).isEqualTo(1_000_000_000L);
        assertThat(far.flags()).isEmpty();
        assertThat(Objects.requireNonNull(roster.ears().get("t")).heard().note()).contains("ahead");
        var wrong = roster.listen(publish(topic, seen(4.1, NOW_MS + 3_600_000)), live()).getFirst();
        wrong.ear().keep(wrong, 1);
        assertThat(wrong.mark()).isEmpty();
        assertThat(measured(roster, topic, seen(4.1, NOW_MS - 1_000)).flags()).isEmpty();
    }

    @Test
    void one_older_than_what_was_heard_is_backfilled() {
        var topic = "zigbee2mqtt/fridge";
        var roster =
                new Roster(
                        List.of(Room.probe("t", Quantity.TEMPERATURE, topic, "/temperature")),
                        Room.ZONE);
        var newest = roster.listen(publish(topic, seen(4.1, NOW_MS - 5_000)), live()).getFirst();
        newest.ear().keep(newest, 1);
        assertThat(measured(roster, topic, seen(4.2, NOW_MS - 6_000)).flags())
                .containsExactly(Flag.BACKFILLED);
        assertThat(measured(roster, topic, seen(4.2, NOW_MS - 5_000)).flags()).isEmpty();
    }

    @Test
    void while_our_own_clock_is_not_set_no_payload_is_dated() {
        var topic = "zigbee2mqtt/fridge";
        var roster =
                new Roster(
                        List.of(Room.probe("t", Quantity.TEMPERATURE, topic, "/temperature")),
                        Room.ZONE);
        var unset =
                new Timing(OptionalLong.empty(), OptionalLong.empty(), 1_000_000_000L, true, false);
        var said = roster.listen(publish(topic, seen(4.1, NOW_MS - 500_000)), unset).getFirst();
        assertThat(((Reading.Measured) said.reading()).flags()).isEmpty();
        var retained =
                new Timing(OptionalLong.empty(), OptionalLong.empty(), 1_000_000_000L, false, true);
        assertThat(roster.listen(publish(topic, seen(4.1, NOW_MS)), retained)).isEmpty();
    }

    @Test
    void a_pointer_that_is_none_costs_its_own_sensor_only() {
        var roster =
                new Roster(
                        List.of(
                                Room.probe("bad", Quantity.TEMPERATURE, "kitchen/1", "/~"),
                                Room.probe("good", Quantity.TEMPERATURE, "kitchen/1", "/t")),
                        Room.ZONE);
        assertThat(roster.listen(publish("kitchen/1", "{\"t\":4}"), live()))
                .extracting(said -> said.reading().subject())
                .containsExactly("good");
    }

    private static String seen(double celsius, long ms) {
        return "{\"temperature\":" + celsius + ",\"last_seen\":" + ms + "}";
    }

    private static Reading.Measured measured(Roster roster, String topic, String payload) {
        return (Reading.Measured)
                roster.listen(publish(topic, payload), live()).getFirst().reading();
    }

    /** Came one second ago. */
    private static Timing live() {
        return new Timing(
                OptionalLong.empty(), OptionalLong.of(NOW_MS), 1_000_000_000L, true, false);
    }

    private static Delivery.Publish publish(String topic, String payload) {
        return new Delivery.Publish(topic, payload.getBytes(StandardCharsets.UTF_8), 1, 1, false);
    }

    private static List<Said> sayText(String topic, String payload, KitchenBroker.Probe... probes) {
        return new Roster(List.of(probes), Room.ZONE).listen(publish(topic, payload), live());
    }

    /** A sample file, whose times are written as @seconds before now. */
    private static List<Said> say(String topic, String file, KitchenBroker.Probe... probes) {
        return sayText(topic, dated(sample(file)), probes);
    }

    static String sample(String file) {
        try (var in = ProfileTest.class.getResourceAsStream("/mqtt/" + file)) {
            return new String(
                    Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String dated(String text) {
        var now = Instant.ofEpochMilli(NOW_MS);
        return text.replace("@LOCAL-20", local(now.minusSeconds(20)))
                .replace("@UTC-10", now.minusSeconds(10).toString())
                .replace("\"@MS-30\"", Long.toString(NOW_MS - 30_000))
                .replace("@NANO-5", now.minusSeconds(5).toString().replace("Z", ""));
    }

    private static String local(Instant time) {
        return time.atZone(Room.ZONE).toLocalDateTime().toString();
    }

    private static Reading reading(List<Said> said, String id) {
        return said.stream()
                .map(Said::reading)
                .filter(reading -> reading.subject().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static long value(List<Said> said, String id) {
        return ((Reading.Measured) reading(said, id)).milli();
    }
}
