package org.mingchu.gateway.show;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.mingchu.config.Checked;
import org.mingchu.config.HostPort;
import org.mingchu.config.Plan;
import org.mingchu.config.PlanReader;
import org.mingchu.config.Site;
import org.mingchu.config.Wall;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.show.Week.Deviation;
import org.mingchu.gateway.show.Week.Standing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;

/** The kitchen with papers on its wall; its certificates run out relative to its own clock. */
final class WallKitchen {
    /** A grey picture of 400 x 300 dots. */
    static final byte[] PNG =
            Base64.getDecoder()
                    .decode(
                            "iVBORw0KGgoAAAANSUhEUgAAAZAAAAEsCAIAAABi1XKVAAAC90lEQVR42u3UMQ0AAAzDsP"
                                    + "JH1mechmOTJSPIkbQDcEIkAAwLwLAAwwIwLADDAgwLwLAADAswLADDAjAswLAADAvAsADD"
                                    + "AjAsAMMCDAvAsAAMCzAsAMMCMCzAsAAMC8CwAMMCMCzAsFQADAvAsADDAjAsAMMCDAvAsA"
                                    + "AMCzAsAMMCMCzAsAAMC8CwAMMCMCwAwwIMC8CwAAwLMCwAwwIwLMCwAAwLwLAAwwIwLMCw"
                                    + "VAAMC8CwAMMCMCwAwwIMC8CwAAwLMCwAwwIwLMCwAAwLwLAAwwIwLADDAgwLwLAADAswLA"
                                    + "DDAjAswLAADAvAsADDAjAswLAADAvAsADDAjAsAMMCDAvAsAAMCzAsAMMCMCzAsAAMC8Cw"
                                    + "AMMCMCwAwwIMC8CwAAwLMCwAwwIwLMCwAAwLwLAAwwIwLMCwAAwLwLAAwwIwLADDAgwLwL"
                                    + "AADAswLADDAjAswLAADAvAsADDAjAsAMMCDAvAsAAMCzAsAMMCMCzAsAAMC8CwAMMCMCzA"
                                    + "sAAMC8CwAMMCMCwAwwIMC8CwAAwLMCwAwwIwLMCwAAwLwLAAwwIwLADDAgwLwLAADAswLA"
                                    + "DDAjAswLAADAvAsADDAjAswLAADAvAsADDAjAsAMMCDAvAsAAMCzAsAMMCMCzAsAAMC8Cw"
                                    + "AMMCMCwAwwIMC8CwAAwLMCwAwwIwLMCwAAwLwLAAwwIwLMCwAAwLwLAAwwIwLADDAgwLwL"
                                    + "AADAswLADDAjAswLAADAvAsADDAjAsAMMCDAvAsAAMCzAsAMMCMCzAsAAMC8CwAMMCMCzA"
                                    + "sAAMC8CwAMMCMCwAwwIMC8CwAAwLMCwAwwIwLMCwAAwLwLAAwwIwLADDAgwLwLAADAswLA"
                                    + "DDAjAswLAADAswLAkAwwIwLMCwAAwLwLAAwwIwLADDAgwLwLAADAswLADDAjAswLAADAvA"
                                    + "sADDAjAsAMMCDAvAsAAMCzAsAMMCMCzAsAAMCzAsFQDDAjAswLAADAvAsADDAjAsAMMCDA"
                                    + "vAsAAMC/hsAfnRCq1f1bfXAAAAAElFTkSuQmCC");

    static final String CODE =
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 8 8\"><path"
                    + " d=\"M0,0h3v3h-3zM5,0h3v3h-3zM0,5h3v3h-3zM4,4h2v2h-2z\"/></svg>";

    /** What somebody writes into a site file for the wall. */
    private static final List<String> TEXTS =
            List.of("良好", "荔湾区市场监管局", "食品经营许可证", "管理制度", "承诺书", "排水许可证", "厨师");

    final Kitchen kitchen;
    final Plan plan;
    private Optional<Week> week;

    WallKitchen() {
        this(UnaryOperator.identity());
    }

    /**
     * @param naming what becomes of each text that somebody writes into a site file
     */
    WallKitchen(UnaryOperator<String> naming) {
        kitchen = new Kitchen(8, naming);
        var wall = wall(LocalDate.ofInstant(now(), kitchen.plan.site().timeZone()), naming);
        plan = new Plan(with(kitchen.plan.site(), wall), kitchen.plan.pack(), "00");
        week = Optional.of(week(kitchen.now().wallMs()));
    }

    private Instant now() {
        return Instant.ofEpochMilli(kitchen.now().wallMs());
    }

    PublicWall open() {
        return new PublicWall(
                new HostPort("127.0.0.1", 0),
                plan,
                new PublicWall.Facts(kitchen::state, () -> week, Optional.of(CODE)),
                kitchen::now,
                new Fact.Started("0.1.0", true));
    }

    void forgetWeek() {
        week = Optional.empty();
    }

    /** As the reader gives it: only there can a picture come from. */
    private static Wall wall(LocalDate today, UnaryOperator<String> naming) {
        try {
            var folder = Files.createTempDirectory("wall");
            Files.write(folder.resolve("licence.png"), PNG);
            Files.writeString(folder.resolve("rules.txt"), "一、食品安全管理制度第几条\n".repeat(60), UTF_8);
            var site = folder.resolve("site.toml");
            var text = text(today);
            for (var words : TEXTS) {
                text = text.replace('"' + words + '"', '"' + naming.apply(words) + '"');
            }
            Files.writeString(site, text, UTF_8);
            return switch (PlanReader.read(site, Path.of("src/main/etc/rules"))) {
                case Checked.Good<Plan>(var plan, _) -> plan.site().wall();
                case Checked.Bad<Plan>(var problems) ->
                        throw new AssertionError(problems.toString());
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(LocalDate today) {
        return """
        schema = 1
        [site]
        id = "a"
        area = "a"
        gateway = "a"
        name = "a"
        kind = "mini"
        time_zone = "Asia/Shanghai"
        language = "zh-CN"
        rules = "cn-catering"
        [[unit]]
        id = "a"
        name = "a"
        kind = "chilled"
          [[unit.sensor]]
          id = "b"
          measures = "temperature"
          source = "w1:28-0316a2795dff"
        [console]
        wall = "127.0.0.1:8081"
        [wall]
        phone = "020-8123 4567"
        form = "https://platform.example/complain?site=gz-liwan-0042"
        inspection = { date = 2026-10-12, result = "良好", by = "荔湾区市场监管局" }
        by_hand = ["receiving", "samples", "morning-check"]
          [[wall.paper]]
          kind = "licence"
          title = "食品经营许可证"
          file = "licence.png"
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
        id = "drain"
        name = "排水许可证"
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
                        today,
                        today.minusDays(1),
                        today.plusDays(7),
                        today.plusDays(30));
    }

    static Site with(Site s, Wall wall) {
        return new Site(
                s.schema(),
                s.identity(),
                s.name(),
                s.kind(),
                s.timeZone(),
                s.language(),
                s.operator(),
                s.hours(),
                s.meals(),
                s.contacts(),
                s.samplingPeriod(),
                s.units(),
                s.lines(),
                s.broker(),
                s.coap(),
                s.video(),
                s.annunciator(),
                s.console(),
                s.platforms(),
                s.journalBudgetMib(),
                wall,
                s.board(),
                s.network());
    }

    private static Week week(long nowMs) {
        var hour = Duration.ofHours(1).toMillis();
        return new Week(
                nowMs,
                List.of(
                        new Week.OfUnit("u1", 167 * hour, 0, hour),
                        new Week.OfUnit("u2", 160 * hour, 4 * hour, 4 * hour),
                        new Week.OfUnit("u5", 100 * hour, 0, 68 * hour)),
                List.of(
                        new Deviation("u2", nowMs - hour, OptionalLong.empty(), Standing.OPEN),
                        new Deviation(
                                "u2",
                                nowMs - 30 * hour,
                                OptionalLong.of(nowMs - 29 * hour),
                                Standing.HANDLED),
                        new Deviation(
                                "u1",
                                nowMs - 50 * hour,
                                OptionalLong.of(nowMs - 49 * hour),
                                Standing.OVER)),
                List.of());
    }
}
