package org.mingchu.sensors.mqtt;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;

import org.mingchu.config.Quantity;
import org.mingchu.sensors.Reading;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Whatever a payload holds, it becomes readings in range, silence with a reason, or nothing. */
public final class PayloadFuzz {
    private static final long MS_IN_ROOM = 1_795_392_000_000L;

    /** One topic of each profile, each quantity on it, with its pointers and with none. */
    private static final List<Roster> ROSTERS = rosters();

    private PayloadFuzz() {}

    private static List<Roster> rosters() {
        var rosters = new ArrayList<Roster>();
        for (var topic :
                List.of(
                        "zigbee2mqtt/a",
                        "a/sensor/b/state",
                        "tele/a/SENSOR",
                        "application/1/device/2/event/up",
                        "v3/a/devices/b/up",
                        "other")) {
            var probes = new ArrayList<KitchenBroker.Probe>();
            for (var quantity : Quantity.values()) {
                for (var pointer :
                        List.of("", "/temperature", "/DS18B20-1/Temperature", "/rxInfo/0/rssi")) {
                    probes.add(Room.probe("p" + probes.size(), quantity, topic, pointer));
                }
            }
            rosters.add(new Roster(probes, Room.ZONE));
        }
        return rosters;
    }

    /** Each change of each source is a line of the log, and here all is change. */
    public static void fuzzerInitialize() {
        ((Logger) LoggerFactory.getLogger("org.mingchu.sensors.mqtt")).setLevel(Level.OFF);
    }

    public static void fuzzerTestOneInput(byte[] payload) {
        for (var retained : List.of(false, true)) {
            for (var roster : ROSTERS) {
                for (var topic : roster.topics()) {
                    roster.listen(
                                    new Delivery.Publish(topic, payload, 1, 1, retained),
                                    new Timing(
                                            OptionalLong.empty(),
                                            OptionalLong.of(MS_IN_ROOM),
                                            1,
                                            !retained,
                                            retained))
                            .forEach(PayloadFuzz::holds);
                }
            }
        }
    }

    private static void holds(Said said) {
        switch (said.reading()) {
            case Reading.Measured m -> {
                if (m.milli() < -200_000 || m.milli() > 400_000 || m.ageNs() < 0) {
                    throw new AssertionError(m);
                }
            }
            case Reading.Silent s -> {
                if (s.detail().isEmpty()) {
                    throw new AssertionError(s);
                }
            }
            case Reading.Seen seen -> throw new AssertionError(seen);
        }
    }
}
