package org.mingchu.sensors.mqtt;

import org.mingchu.config.Quantity;

import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * How a project's devices speak, told by the form of their topic. It says where a payload dates
 * itself, where battery and radio stand when a source names no pointer, and which topics say that a
 * device is gone. Immutable.
 */
@SuppressWarnings("ImmutableEnumChecker") // places and the lists of them are immutable
enum Profile {
    /**
     * Zigbee2MQTT, {@code zigbee2mqtt/NAME}; the name may have slashes. Availability in {@code
     * NAME/availability} and, for all devices at once, in {@code bridge/state}; {@code last_seen}
     * as ISO 8601 or milliseconds when {@code advanced.last_seen} is set. {@code contact} is true
     * when closed. Source: zigbee2mqtt.io, guide/usage/mqtt_topics_and_messages and
     * guide/configuration/device-availability.
     */
    ZIGBEE2MQTT(
            "(zigbee2mqtt[^/]*)/(?!bridge/)(.+)",
            List.of(Place.at("last_seen")),
            Optional.of(Place.at("battery")),
            Optional.empty(),
            Optional.of(Place.at("linkquality"))) {
        @Override
        List<String> presences(MatchResult topic) {
            return List.of(topic.group() + "/availability", topic.group(1) + "/bridge/state");
        }
    },
    /**
     * ESPHome, {@code PREFIX/sensor/NAME/state} and {@code PREFIX/binary_sensor/NAME/state}: a bare
     * number or ON/OFF, {@code nan} for none, never dated. Birth and last will in {@code
     * PREFIX/status}. Source: esphome.io, components/mqtt.
     */
    ESPHOME(
            "(.+)/(?:sensor|binary_sensor)/[^/]+/state",
            List.of(),
            Optional.of(Place.WHOLE),
            Optional.of(Place.WHOLE),
            Optional.empty()) {
        @Override
        List<String> presences(MatchResult topic) {
            return List.of(topic.group(1) + "/status");
        }
    },
    /**
     * Tasmota, {@code tele/NAME/SENSOR} and {@code tele/NAME/STATE}; last will in {@code
     * tele/NAME/LWT}. {@code Time} is local to the device, whose zone must therefore be the site's;
     * {@code TempUnit} may be F. {@code Wifi.RSSI} is a percentage, {@code Wifi.Signal} is dBm.
     * Source: tasmota.github.io/docs, MQTT and Peripherals.
     */
    TASMOTA(
            "((?:.+/)?tele/.+|.+/tele)/(?:SENSOR|STATE)",
            List.of(Place.at("Time")),
            Optional.empty(),
            Optional.of(Place.at("Wifi", "Signal")),
            Optional.of(Place.at("Wifi", "RSSI"))) {
        @Override
        List<String> presences(MatchResult topic) {
            return List.of(topic.group(1) + "/LWT");
        }
    },
    /**
     * ChirpStack v4, {@code application/ID/device/EUI/event/up}: {@code time} of reception, the
     * decoded payload in {@code object}, the best of {@code rxInfo[].rssi}; the battery in the
     * event {@code status}. Nothing says that a device is gone. Source: chirpstack.io/docs,
     * integrations/events.
     */
    CHIRPSTACK(
            "(?:.+/)?application/[^/]+/device/[^/]+/event/[^/]+",
            List.of(Place.at("time")),
            Optional.of(Place.at("batteryLevel")),
            Optional.of(Place.at("rxInfo").each("rssi")),
            Optional.empty()) {
        @Override
        List<String> presences(MatchResult topic) {
            return List.of();
        }
    },
    /**
     * The Things Stack v3, {@code v3/APP/devices/ID/up}, brought to the kitchen's broker by a
     * bridge: {@code received_at}, the decoded payload in {@code uplink_message.decoded_payload}.
     * Fields that are 0 or false are left out of the payload. Source: thethingsindustries.com/docs,
     * integrations/mqtt and concepts/data-formats.
     */
    THE_THINGS_STACK(
            "(?:.+/)?v3/[^/]+/devices/[^/]+/up",
            List.of(Place.at("uplink_message", "received_at"), Place.at("received_at")),
            Optional.of(Place.at("uplink_message", "last_battery_percentage", "value")),
            Optional.of(Place.at("uplink_message", "rx_metadata").each("rssi")),
            Optional.empty()) {
        @Override
        List<String> presences(MatchResult topic) {
            return List.of();
        }
    },
    /**
     * Anything else: a pointer, or the whole payload. {@code last_seen} dates it if it is there.
     */
    OTHER(
            ".*",
            List.of(Place.at("last_seen")),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()) {
        @Override
        List<String> presences(MatchResult topic) {
            return List.of();
        }
    };

    /** Where Tasmota names the unit of its temperatures. */
    static final Place TEMPERATURE_UNIT = Place.at("TempUnit");

    /** Where a presence that is an object says "online" or "offline". */
    static final Place PRESENCE_STATE = Place.at("state");

    private static final Pattern VOLTS =
            Pattern.compile("(?i).*volt.*|.*_mv|mv|v?bat_?(v|mv)|vbat|battery_?mv");

    private final Pattern form;
    private final List<Place> times;
    private final Optional<Place> battery;
    private final Optional<Place> signal;
    private final Optional<Place> link;

    Profile(
            String form,
            List<Place> times,
            Optional<Place> battery,
            Optional<Place> signal,
            Optional<Place> link) {
        this.form = Pattern.compile(form);
        this.times = times;
        this.battery = battery;
        this.signal = signal;
        this.link = link;
    }

    /** The profile that a topic has the form of. */
    static Profile of(String topic) {
        for (var profile : values()) {
            if (profile.form.matcher(topic).matches()) {
                return profile;
            }
        }
        return OTHER;
    }

    /** The topics that say whether the device behind {@code topic} is there. */
    final List<String> presences(String topic) {
        var match = form.matcher(topic);
        return match.matches() ? presences(match.toMatchResult()) : List.of();
    }

    abstract List<String> presences(MatchResult topic);

    /** Where the payload dates itself, the most telling place first. */
    List<Place> times() {
        return times;
    }

    /**
     * Where a value stands: where the source says, else where this project puts such a quantity.
     */
    Place place(Quantity quantity, Place pointed) {
        if (!pointed.whole()) {
            return pointed;
        }
        return switch (quantity) {
            case BATTERY -> battery.orElse(pointed);
            case SIGNAL -> signal.orElse(pointed);
            case LINK -> link.orElse(pointed);
            case TEMPERATURE, HUMIDITY, DOOR, MAINS, SMOKE, GAS, WATER, DEFROST -> pointed;
        };
    }

    /** How the number there is written. */
    Gauge.Scale scale(Quantity quantity, Place place) {
        return switch (quantity) {
            case LINK -> linkScale(place);
            case BATTERY ->
                    VOLTS.matcher(place.lastName()).matches() ? Gauge.Scale.VOLTS : Gauge.Scale.OWN;
            case DOOR, MAINS, SMOKE, GAS, WATER, DEFROST ->
                    place.lastName().equals("contact")
                            ? Gauge.Scale.TRUE_IS_CLOSED
                            : Gauge.Scale.OWN;
            case TEMPERATURE, HUMIDITY, SIGNAL -> Gauge.Scale.OWN;
        };
    }

    private Gauge.Scale linkScale(Place place) {
        if (place.lastName().equals("linkquality")) {
            return Gauge.Scale.OF_255;
        }
        return this == TASMOTA && link.filter(place::equals).isPresent()
                ? Gauge.Scale.OF_100
                : Gauge.Scale.OWN;
    }
}
