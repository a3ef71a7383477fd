package org.mingchu.gateway.screen;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;

/**
 * The files of the kitchen on stage: site, rules with short delays, papers of the wall.
 *
 * @param page the port of the kitchen's page
 * @param wall the port of the public wall
 * @param broker the port of the platform's broker
 */
record Props(int page, int wall, int broker) {
    static final int BUZZER = 22;
    static final int BUTTON = 5;
    static final int DOOR = 17;
    static final int MAINS = 27;
    static final String ZONE = "Asia/Shanghai";

    /** How long a condition holds before it is called. */
    static final Duration DELAY = Duration.ofSeconds(3);

    /** Longer than an outage must be to leave its mark. */
    static final Duration OUTAGE = Duration.ofSeconds(3);

    static final Duration PERIOD = Duration.ofSeconds(1);

    private static final String DRILL =
            """
            [[rule]]
            id = "drill"
            kind = "gateway"
            when = { drill = "asked" }
            delay = { plain = "0s", off = "10m" }
            priority = "P1"
            attention = "site"
            advice = "drill"
            """;

    void write(Path folder, LocalDate today) throws IOException {
        var packs = Files.createDirectories(folder.resolve("rules"));
        Files.writeString(packs.resolve("stage.toml"), rules(), UTF_8);
        Files.writeString(folder.resolve("rules.txt"), "一、食品安全管理制度第几条，人人都要遵守\n".repeat(60), UTF_8);
        Files.writeString(folder.resolve("site.toml"), site() + papers(today), UTF_8);
    }

    private String site() {
        var text =
                new StringBuilder(
                        """
                        schema = 1
                        [site]
                        id = "gz-liwan-0042"
                        area = "gz-liwan"
                        gateway = "gw-1"
                        name = "逢源街长者饭堂"
                        kind = "dining-hall"
                        time_zone = "%s"
                        language = "zh-CN"
                        rules = "stage"
                        [sampling]
                        period = "%ds"
                        [annunciator]
                        buzzer = "gpio:%d"
                        red = "gpio:23"
                        amber = "gpio:24"
                        green = "gpio:25"
                        button = "gpio:%d"
                        [console]
                        listen = "127.0.0.1:%d"
                        wall = "127.0.0.1:%d"
                        [[camera]]
                        id = "cam-hot"
                        name = "热加工间"
                        rtsp = "rtsp://127.0.0.1:1/stream"
                        [[platform]]
                        id = "market-regulation"
                        url = "mqtt://127.0.0.1:%d"
                        encoder = "native"
                        view = "full"
                        acknowledges = true
                        """
                                .formatted(
                                        ZONE,
                                        PERIOD.toSeconds(),
                                        BUZZER,
                                        BUTTON,
                                        page,
                                        wall,
                                        broker));
        for (var unit : Unit.values()) {
            text.append(
                    """
                    [[unit]]
                    id = "%s"
                    name = "%s"
                    kind = "%s"
                    place = "粗加工间"
                      [[unit.sensor]]
                      id = "%s-air"
                      measures = "temperature"
                      source = "w1:%s"
                    """
                            .formatted(unit.id, unit.label, unit.kind, unit.id, unit.rom()));
            if (unit == Unit.COLD_1) {
                text.append(
                        """
                          [[unit.sensor]]
                          id = "cold-1-door"
                          measures = "door"
                          source = "gpio:%d"
                        """
                                .formatted(DOOR));
            }
        }
        text.append(
                """
                [[unit]]
                id = "building"
                name = "配电箱"
                kind = "ambient"
                place = "走廊"
                  [[unit.sensor]]
                  id = "mains"
                  measures = "mains"
                  source = "gpio:%d"
                """
                        .formatted(MAINS));
        return text.toString();
    }

    private static String papers(LocalDate today) {
        return """
        [wall]
        phone = "020-8123 4567"
        form = "https://platform.example/complain?site=gz-liwan-0042"
        inspection = { date = 2026-10-12, result = "良好", by = "荔湾区市场监管局" }
        by_hand = ["receiving", "samples", "morning-check"]
          [[wall.paper]]
          kind = "rules"
          title = "管理制度"
          file = "rules.txt"
          [[wall.paper]]
          kind = "commitment"
          title = "承诺书"
          file = "none.txt"
        [[certificate]]
        id = "licence"
        name = "食品经营许可证"
        number = "JY34401030001234"
        valid_to = %s
        [[certificate]]
        id = "fire"
        name = "消防检查合格证"
        valid_to = %s
        [[health_certificate]]
        surname = "陈"
        job = "厨师"
        valid_to = %s
        consent = true
        [[health_certificate]]
        surname = "欧阳"
        job = "配餐员"
        valid_to = %s
        consent = false
        """
                .formatted(
                        today.plusDays(400),
                        today.minusDays(1),
                        today.plusDays(7),
                        today.plusDays(30));
    }

    /** The limits of the shipped pack; an outage of seconds leaves its mark for the whole story. */
    private static String rules() {
        return """
        pack = "stage"
        version = "1.0.0"
        legal = false
        [proof]
        outage_longer_than = "2s"
        check_longer_than = "2s"
        in_range_for = "1h"
        """
                + limit("freezer-high", "freezer", "{ above = -12.0, deadband = 1.0 }", "P2")
                + limit("chilled-high", "chilled", "{ above = 8.0, deadband = 0.5 }", "P2")
                + limit(
                        "sample-fridge-high",
                        "sample-fridge",
                        "{ above = 8.0, deadband = 0.5 }",
                        "P1")
                + limit("hot-holding-low", "hot-holding", "{ below = 60.0, deadband = 1.0 }", "P2")
                + rule("mains-lost", "any", "measures = \"mains\"\n", "{ contact = \"on\" }", "P2")
                + DRILL
                + rule("sensor-silent", "any", "", "{ silent_periods = 3 }", "P2")
                + rule("sensor-fault", "any", "", "{ faulty_periods = 3 }", "P2");
    }

    private static String limit(String id, String kind, String when, String priority) {
        return rule(id, kind, "measures = \"temperature\"\n", when, priority);
    }

    private static String rule(
            String id, String kind, String measures, String when, String priority) {
        return """
        [[rule]]
        id = "%s"
        kind = "%s"
        %swhen = %s
        delay = { plain = "%ds", off = "2s" }
        priority = "%s"
        attention = "site"
        advice = "%s"
        """
                .formatted(id, kind, measures, when, DELAY.toSeconds(), priority, id);
    }
}
