package org.mingchu.simulator.demo;

import org.mingchu.simulator.Fridge;
import org.mingchu.simulator.wire.Kitchen;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.OptionalInt;

/**
 * The files and the furniture of the demonstration: four units, one rule pack, one person.
 *
 * @param delayMs on-delay of the rules, in ms
 * @param offMs off-delay of the rules, in ms
 */
record Props(long delayMs, long offMs) {
    static final String FREEZER = "freezer-1";
    static final String FREEZER_PROBE = "freezer-1-air";
    static final String FREEZER_RULE = "freezer-high";
    static final long FREEZER_LIMIT_MILLI = -12_000;
    static final String PERSON = "p-03";
    static final String PERSON_NAME = "王师傅";
    static final int BUZZER_PIN = 22;
    static final int RED_PIN = 23;
    static final int AMBER_PIN = 24;
    static final int GREEN_PIN = 25;
    static final int BUTTON_PIN = 5;
    private static final int DOOR_PIN = 17;

    static List<Fridge> fridges() {
        return List.of(
                Fridge.freezer(FREEZER),
                Fridge.chilled("cold-1"),
                Fridge.sampleFridge("samples-1"),
                Fridge.hotHolding("hot-1"));
    }

    static List<Kitchen.Wire> wires() {
        return List.of(
                new Kitchen.Wire(FREEZER, "28-0316a2795e00", OptionalInt.empty()),
                new Kitchen.Wire("cold-1", "28-0316a2795dff", OptionalInt.of(DOOR_PIN)),
                new Kitchen.Wire("samples-1", "28-0316a2795e41", OptionalInt.empty()),
                new Kitchen.Wire("hot-1", "28-0316a2795f10", OptionalInt.empty()));
    }

    /** Writes site file, secrets and rule pack into a folder. */
    void write(Path folder, int consolePort, int brokerPort) throws IOException {
        Files.writeString(folder.resolve("site.toml"), site(consolePort, brokerPort));
        Files.createDirectories(folder.resolve("rules"));
        Files.writeString(folder.resolve("rules/demo.toml"), rules());
        var owner =
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        var secrets = Files.createFile(folder.resolve("secrets.toml"), owner);
        Files.writeString(secrets, "# The demonstration has no secrets.\n");
    }

    private static String site(int consolePort, int brokerPort) {
        return """
        schema = 1

        [site]
        id        = "demo-kitchen"
        area      = "gz-liwan"
        gateway   = "gw-1"
        name      = "示范厨房"
        kind      = "dining-hall"
        time_zone = "Asia/Shanghai"
        language  = "zh-CN"
        rules     = "demo"

        [operator]
        id         = "op-demo"
        name       = "示范餐饮有限公司"
        valid_from = 2026-03-01

        [hours]
        weekly = ["Mon-Sat 06:00-14:00"]

        [[contact]]
        person  = "%s"
        channel = "sms"
        duty    = "always"

        [sampling]
        period = "1s"

        [[unit]]
        id    = "freezer-1"
        name  = "1号冷冻柜"
        kind  = "freezer"
        place = "粗加工间"

          [[unit.sensor]]
          id       = "freezer-1-air"
          measures = "temperature"
          source   = "w1:28-0316a2795e00"

        [[unit]]
        id    = "cold-1"
        name  = "1号冷藏柜"
        kind  = "chilled"
        place = "粗加工间"

          [[unit.sensor]]
          id       = "cold-1-air"
          measures = "temperature"
          source   = "w1:28-0316a2795dff"

          [[unit.sensor]]
          id       = "cold-1-door"
          measures = "door"
          source   = "gpio:%d"

        [[unit]]
        id    = "samples-1"
        name  = "留样柜"
        kind  = "sample-fridge"
        place = "备餐间"

          [[unit.sensor]]
          id       = "samples-1-air"
          measures = "temperature"
          source   = "w1:28-0316a2795e41"

        [[unit]]
        id    = "hot-1"
        name  = "保温台"
        kind  = "hot-holding"
        place = "备餐间"

          [[unit.sensor]]
          id       = "hot-1-food"
          measures = "temperature"
          source   = "w1:28-0316a2795f10"

        [annunciator]
        buzzer = "gpio:%d"
        red    = "gpio:%d"
        amber  = "gpio:%d"
        green  = "gpio:%d"
        button = "gpio:%d"

        [console]
        listen = "127.0.0.1:%d"

        [[platform]]
        id           = "market-regulation"
        url          = "mqtt://127.0.0.1:%d"
        encoder      = "native"
        view         = "full"
        acknowledges = true
        """
                .formatted(
                        PERSON,
                        DOOR_PIN,
                        BUZZER_PIN,
                        RED_PIN,
                        AMBER_PIN,
                        GREEN_PIN,
                        BUTTON_PIN,
                        consolePort,
                        brokerPort);
    }

    private String rules() {
        return """
        # The limits of the real pack with delays as short as the demonstration's weather is fast.
        pack    = "demo"
        version = "1.0.0"
        legal   = false

        """
                + limit("freezer-high", "freezer", "{ above = -12.0, deadband = 1.0 }", "P2")
                + limit("chilled-high", "chilled", "{ above = 8.0, deadband = 0.5 }", "P2")
                + limit(
                        "sample-fridge-high",
                        "sample-fridge",
                        "{ above = 8.0, deadband = 0.5 }",
                        "P1")
                + limit("hot-holding-low", "hot-holding", "{ below = 60.0, deadband = 1.0 }", "P2")
                + other("door-open", "any", "{ door = \"open\" }", delayMs, "P3")
                + other("sensor-silent", "any", "{ silent_periods = 3 }", 0, "P2")
                + other("sensor-fault", "any", "{ faulty_periods = 3 }", 0, "P2")
                + other("uplink-lost", "gateway", "{ uplink = \"lost\" }", 60_000, "P3");
    }

    private String limit(String id, String kind, String when, String priority) {
        return rule(id, kind, "measures  = \"temperature\"\n", when, delayMs, priority);
    }

    private String other(String id, String kind, String when, long onMs, String priority) {
        var measures = id.equals("door-open") ? "measures  = \"door\"\n" : "";
        return rule(id, kind, measures, when, onMs, priority);
    }

    private String rule(
            String id, String kind, String measures, String when, long onMs, String priority) {
        return """
        [[rule]]
        id        = "%s"
        kind      = "%s"
        %swhen      = %s
        delay     = { plain = "%s", off = "%s" }
        priority  = "%s"
        attention = "site"
        basis     = { text = "示范", source = "demonstration", mark = "unverified" }
        advice    = "%s"

        """
                .formatted(id, kind, measures, when, text(onMs), text(offMs), priority, id);
    }

    /** Whole seconds where they are whole: the pack is read by people too. */
    private static String text(long ms) {
        return ms % 1000 == 0 ? ms / 1000 + "s" : ms + "ms";
    }
}
