package org.mingchu.gateway.show;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mingchu.config.CameraVerdict;
import org.mingchu.config.HostPort;
import org.mingchu.config.Quantity;
import org.mingchu.gateway.judge.AlarmEvent;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.LinkState;
import org.mingchu.sensors.Fault;
import org.mingchu.sensors.Reading;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The page in a real Chromium over a real server. */
class BrowserTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    @TempDir static Path folder;
    private static Optional<Chromium> browser = Optional.empty();

    private final Kitchen kitchen = new Kitchen();
    private final List<String> taken = new ArrayList<>();
    private Optional<AlarmEvent> raised = Optional.empty();
    private Optional<Page> page = Optional.empty();

    @BeforeAll
    static void start() throws Exception {
        browser = Optional.of(Chromium.open(folder.resolve("profile")));
    }

    @AfterAll
    static void end() {
        browser.ifPresent(Chromium::close);
    }

    @BeforeEach
    void serve() {
        page = Optional.of(kitchen.page(kitchen.verbs(this::take, this::silence)));
        chromium().size(800, 480);
        chromium().scheme("light");
    }

    @AfterEach
    void stop() {
        page().close();
    }

    @Test
    void an_alarm_is_on_the_screen_within_two_seconds_and_two_taps_take_it() {
        show();
        raiseFreezer();
        var shown =
                chromium()
                        .until(
                                Duration.ofSeconds(2),
                                "document.querySelector('alarm-banner:not([hidden]) .head')"
                                        + ".textContent.includes('2号冷冻柜 温度过高')");
        assertThat(shown).isLessThan(Duration.ofSeconds(2));
        assertThat(text("alarm-banner")).contains("关好", "上限 −12 °C", "35分钟", "−9.4");
        assertThat(height("alarm-banner .take")).isGreaterThanOrEqualTo(64);

        chromium().tap("alarm-banner .take");
        chromium().until(SOON, "document.querySelectorAll('name-tiles .tile').length === 4");
        assertThat(height("name-tiles .tile")).isGreaterThanOrEqualTo(64);
        assertThat(text("name-tiles")).contains("陈阿姨").doesNotContain("赵检查");
        chromium().tap("name-tiles .tile:nth-child(3)");
        chromium()
                .until(
                        SOON,
                        "/陈阿姨 \\d\\d:\\d\\d 来处理/.test("
                                + "document.querySelector('alarm-banner .facts').textContent)");
        assertThat(taken).containsExactly(raised.orElseThrow().id() + " p-03");
        assertThat(evaluate("document.querySelector('alarm-banner .take').hidden"))
                .isEqualTo("true");
    }

    @Test
    void nothing_covers_the_alarm_while_its_taker_is_asked_for() {
        show();
        raiseFreezer();
        chromium().until(SOON, "!document.querySelector('alarm-banner').hidden");
        chromium().tap("alarm-banner .take");
        chromium().until(SOON, "!document.querySelector('name-tiles').hidden");
        assertThat(
                        evaluate(
                                """
                                (() => {
                                  const head = document.querySelector('alarm-banner .head');
                                  const box = head.getBoundingClientRect();
                                  return document.elementFromPoint(box.x + 20, box.y + 10) === head;
                                })()\
                                """))
                .isEqualTo("true");
    }

    @Test
    void a_refused_tap_is_said_in_words_and_nothing_looks_taken() {
        show();
        raiseFreezer();
        chromium().until(SOON, "!document.querySelector('alarm-banner').hidden");
        raised = Optional.empty(); // the desk no longer knows it
        chromium().tap("alarm-banner .take");
        chromium().until(SOON, "document.querySelectorAll('name-tiles .tile').length === 4");
        chromium().tap("name-tiles .tile:nth-child(1)");
        chromium()
                .until(
                        SOON,
                        "document.querySelector('alarm-banner .word').textContent"
                                + " === '这个报警已经结束'");
        assertThat(evaluate("document.querySelector('alarm-banner .take').hidden"))
                .isEqualTo("false");
    }

    @Test
    void silence_is_no_acknowledgement() {
        show();
        raiseFreezer();
        chromium().until(SOON, "!document.querySelector('alarm-banner').hidden");
        chromium().tap("alarm-banner .silence");
        chromium()
                .until(
                        SOON,
                        "document.querySelector('top-line .sound').textContent.includes('静音')");
        assertThat(evaluate("document.querySelector('alarm-banner .take').hidden"))
                .isEqualTo("false");
        assertThat(evaluate("document.querySelector('alarm-banner').dataset.waits"))
                .isEqualTo("true");
    }

    @Test
    void the_page_greys_out_within_five_seconds_of_a_dead_stream_and_comes_back_by_itself() {
        show();
        var port = page().port();
        page().close();
        var grey =
                chromium()
                        .until(
                                Duration.ofSeconds(5),
                                "document.documentElement.dataset.dead === 'true'"
                                        + " && document.body.innerText.includes('连接中断')");
        assertThat(grey).isLessThan(Duration.ofSeconds(5));
        page =
                Optional.of(
                        new Page(
                                new HostPort("127.0.0.1", port),
                                kitchen.plan,
                                Kitchen.advice(),
                                kitchen.verbs(this::take, this::silence),
                                kitchen::now,
                                new Fact.Started("0.1.0", true)));
        chromium()
                .until(
                        Duration.ofSeconds(6),
                        "document.documentElement.dataset.dead === 'false'"
                                + " && !document.body.innerText.includes('连接中断')");
    }

    @Test
    void what_is_not_known_never_looks_fine() {
        kitchen.silent("u1-air", Fault.CRC);
        kitchen.doubt("u4");
        kitchen.hear(new Reading.Seen("cam-cut", CameraVerdict.NO_ANSWER, 0));
        show();
        assertThat(text("unit-tile[data-id=u1]")).contains("校验错误", "✖", "探头故障");
        assertThat(evaluate("document.querySelector('unit-tile[data-id=u1]').dataset.stale"))
                .isEqualTo("true");
        assertThat(text("unit-tile[data-id=u4]")).contains("未证实");
        assertThat(text("camera-line")).contains("切配间：没有应答");
        kitchen.push(Duration.ofSeconds(60));
        page().changed();
        chromium().until(SOON, "document.body.innerText.includes('网关没有在记录')");
        assertThat(text("unit-tile[data-id=u7]")).contains("?", "1分钟前");
        assertThat(
                        evaluate(
                                "getComputedStyle(document.querySelector("
                                        + "'unit-tile[data-id=u7] .digits')).textDecorationLine"))
                .isEqualTo("line-through");
    }

    @Test
    void the_simulated_kitchen_says_so_in_both_languages() {
        show();
        assertThat(text(".simulated")).contains("模拟 SIMULATED");
        chromium().tap("[data-name=language]");
        chromium().until(SOON, "document.documentElement.lang === 'en'");
        assertThat(text(".simulated")).contains("模拟 SIMULATED");
        assertThat(text("unit-tile[data-id=u1]")).contains("normal", "door shut");
        assertThat(text("link-line")).contains("connected, 132 saved");
    }

    @ParameterizedTest
    @CsvSource({
        "800,480,1,false",
        "800,480,1,true",
        "1920,1080,1,true",
        "390,844,1,true",
        "390,844,1.25,true",
        "390,844,1.5,true",
        "800,480,1.25,true",
        "800,480,1.5,true"
    })
    void everything_fits_the_screen(int width, int height, String type, boolean alarm)
            throws IOException {
        chromium().size(width, height);
        open("1");
        evaluate("document.documentElement.dataset.type = '" + type + "'");
        if (alarm) {
            raiseFreezer();
            chromium().until(SOON, "!document.querySelector('alarm-banner').hidden");
        }
        var name = "%dx%d-%s-%s.png".formatted(width, height, type, alarm ? "alarm" : "normal");
        photograph(name);
        assertThat(evaluate(overflow("scrollWidth", "clientWidth"))).as("sideways").isEqualTo("");
        if (type.equals("1") && width >= 800) {
            assertThat(
                            evaluate(
                                    "(() => { const p = document.querySelector('kitchen-page');"
                                            + " return p.scrollHeight - p.clientHeight; })()"))
                    .as("downwards, in pixels")
                    .isEqualTo("0");
        }
        assertThat(size("unit-tile .digits")).isGreaterThanOrEqualTo(40);
    }

    @Test
    void twelve_units_fit_one_glance_at_the_kitchen_panel() throws IOException {
        var many = new Kitchen(12);
        try (var wide = many.page(many.verbs((_, _) -> Optional.empty(), Optional::empty))) {
            chromium().open("http://127.0.0.1:" + wide.port() + "/");
            chromium().until(SOON, "document.querySelectorAll('unit-tile').length === 12");
            photograph("800x480-12-units.png");
            assertThat(
                            evaluate(
                                    "(() => { const p = document.querySelector('kitchen-page');"
                                            + " return p.scrollHeight - p.clientHeight; })()"))
                    .isEqualTo("0");
        }
    }

    @Test
    void every_state_is_photographed() throws IOException {
        kitchen.silent("u1-air", Fault.DISCONNECTED);
        kitchen.measured("u4-air", Quantity.TEMPERATURE, 5_200);
        kitchen.doubt("u4");
        kitchen.link(LinkState.REFUSED, "0x87 not authorized");
        raiseFreezer();
        kitchen.raise(
                "u6-air", Optional.of("u6"), "hot-low", org.mingchu.config.Priority.P1, 60_000);
        show();
        photograph("800x480-troubles-zh.png");
        chromium().scheme("dark");
        photograph("800x480-troubles-dark.png");
        chromium().tap("alarm-banner .take");
        chromium().until(SOON, "document.querySelectorAll('name-tiles .tile').length === 4");
        photograph("800x480-who.png");
        chromium().size(390, 844);
        chromium().tap("name-tiles .back");
        photograph("390x844-troubles-dark.png");
        chromium().size(800, 480);
        chromium().scheme("light");
        chromium().tap("[data-name=language]");
        chromium().until(SOON, "document.documentElement.lang === 'en'");
        photograph("800x480-troubles-en.png");
        assertThat(text("alarm-banner")).contains("1 more", "NOW");
    }

    @Test
    void a_record_at_risk_is_an_alarm_like_any_other_in_both_languages() throws IOException {
        raised = Optional.of(kitchen.raiseStorage());
        show();
        chromium().until(SOON, "document.querySelector('alarm-banner').innerText.includes('记录')");
        assertThat(text("alarm-banner")).contains("记录没有存稳", "叫技术员");
        assertThat(evaluate(overflow("scrollWidth", "clientWidth"))).isEqualTo("");
        photograph("800x480-storage-zh.png");
        chromium().tap("[data-name=language]");
        chromium().until(SOON, "document.documentElement.lang === 'en'");
        assertThat(text("alarm-banner")).contains("record is not safe", "call the technician");
        photograph("800x480-storage-en.png");
    }

    private Optional<String> take(String alarm, By by) {
        var person = by.person();
        if (raised.filter(event -> event.id().toString().equals(alarm)).isEmpty()) {
            return Optional.of("no-such-alarm");
        }
        taken.add(alarm + " " + person);
        kitchen.acknowledged(raised.get(), person);
        page().changed();
        return Optional.empty();
    }

    private Optional<String> silence() {
        kitchen.silenced(Duration.ofMinutes(10));
        page().changed();
        return Optional.empty();
    }

    private void raiseFreezer() {
        raised = Optional.of(kitchen.raiseFreezer());
        page().changed();
    }

    private void show() {
        open("1");
    }

    /** A fresh look: what an earlier test switched is forgotten. */
    private void open(String type) {
        var address = "http://127.0.0.1:" + page().port() + "/";
        chromium().open(address);
        chromium().until(SOON, "document.querySelectorAll('unit-tile').length === 8");
        assertThat(evaluate("document.documentElement.dataset.type")).isEqualTo(type);
    }

    private static void photograph(String name) throws IOException {
        chromium().photograph(Path.of("target", "page", name));
    }

    /** The texts of elements that are cut off at their right edge. */
    private static String overflow(String inner, String outer) {
        return """
        [...document.querySelectorAll('kitchen-page, kitchen-page *')]
          .filter((e) => e.checkVisibility() && getComputedStyle(e).display !== 'inline')
          .filter((e) => e.%s > e.%s + 1)
          .map((e) => e.tagName + '.' + e.className + ':' + e.textContent)
          .join(' | ')\
        """
                .formatted(inner, outer);
    }

    private static String text(String selector) {
        return evaluate("document.querySelector('" + selector + "').innerText");
    }

    private static double height(String selector) {
        return Double.parseDouble(
                evaluate(
                        "document.querySelector('"
                                + selector
                                + "').getBoundingClientRect().height"));
    }

    private static double size(String selector) {
        return Double.parseDouble(
                evaluate(
                        "parseFloat(getComputedStyle(document.querySelector('"
                                + selector
                                + "')).fontSize)"));
    }

    private static String evaluate(String script) {
        return chromium().evaluate(script);
    }

    private static Chromium chromium() {
        return browser.orElseThrow();
    }

    private Page page() {
        return page.orElseThrow();
    }
}
