package org.mingchu.gateway.show;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mingchu.config.CameraVerdict;
import org.mingchu.sensors.Fault;
import org.mingchu.sensors.Reading;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The public wall and the visitor's page in a real Chromium over a real server. */
class WallBrowserTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    @TempDir static Path folder;
    private static Optional<Chromium> browser = Optional.empty();

    private final WallKitchen walls = new WallKitchen();
    private final Kitchen kitchen = walls.kitchen;
    private final PublicWall wall = walls.open();

    @BeforeAll
    static void start() throws Exception {
        browser = Optional.of(Chromium.open(folder.resolve("profile")));
    }

    @AfterAll
    static void end() {
        browser.ifPresent(Chromium::close);
    }

    @AfterEach
    void stop() {
        wall.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"zh-CN", "en"})
    void every_page_of_the_wall_is_readable_from_a_bench_and_nothing_is_cut_off(String language)
            throws IOException {
        kitchen.raiseFreezer();
        kitchen.silent("u1-air", Fault.CRC);
        kitchen.hear(new Reading.Seen("cam-cut", CameraVerdict.NO_ANSWER, 0));
        openWall(language);
        var pages =
                Integer.parseInt(evaluate("document.querySelector('public-wall').pages().length"));
        assertThat(pages).isGreaterThanOrEqualTo(8);
        for (var i = 0; i < pages; i++) {
            evaluate("document.querySelector('public-wall').show(" + i + ")");
            var title = text("h1");
            chromium()
                    .photograph(
                            Path.of("target", "page", "wall-%s-%02d.png".formatted(language, i)));
            assertThat(
                            number(
                                    "parseFloat(getComputedStyle(document.querySelector('h1')).fontSize)"))
                    .as(title)
                    .isGreaterThanOrEqualTo(48);
            assertThat(
                            evaluate(
                                    """
                                    [...document.querySelectorAll('public-wall *')]
                                      .filter((e) => e.checkVisibility() && e.childElementCount === 0 && e.textContent.trim())
                                      .filter((e) => parseFloat(getComputedStyle(e).fontSize) < 32)
                                      .map((e) => e.tagName + '.' + e.className + ':' + e.textContent).join(' | ')\
                                    """))
                    .as("smaller than 32 px on " + title)
                    .isEqualTo("");
            assertThat(
                            evaluate(
                                    """
                                    [...document.querySelectorAll('main, main *')]
                                      .filter((e) => e.checkVisibility() && getComputedStyle(e).display !== 'inline')
                                      .filter((e) => e.scrollHeight > e.clientHeight + 2 || e.scrollWidth > e.clientWidth + 2)
                                      .map((e) => e.tagName + '.' + e.className + ':' + e.textContent).join(' | ')\
                                    """))
                    .as("cut off on " + title)
                    .isEqualTo("");
            assertThat(text("footer")).contains("12315", "020-8123 4567");
            assertThat(number("document.querySelector('.code').getBoundingClientRect().height"))
                    .isGreaterThanOrEqualTo(1080 * 0.05);
            assertThat(number("document.querySelector('.call').getBoundingClientRect().height"))
                    .isGreaterThanOrEqualTo(1080 * 0.05);
        }
        assertThat(evaluate("document.body.innerText")).doesNotContain("安全的", "safe");
    }

    @Test
    void it_turns_its_pages_at_least_every_twelve_seconds() {
        openWall("zh-CN");
        var first = text("h1");
        chromium()
                .until(
                        Duration.ofSeconds(12),
                        "document.querySelector('h1').innerText !== '" + first + "'");
    }

    @Test
    void a_deviation_is_being_handled_by_shape_and_word_too() {
        kitchen.raiseFreezer();
        openWall("zh-CN");
        chromium()
                .until(
                        SOON,
                        "document.querySelector('.unit[data-id=u2] .state').innerText === '▲ 处理中'");
        assertThat(text(".unit[data-id=u3] .state")).isEqualTo("● 在限值内");
    }

    @Test
    void data_that_no_longer_come_are_said_within_seven_seconds_and_counted_in_minutes()
            throws IOException {
        openWall("zh-CN");
        wall.close();
        chromium()
                .until(
                        Duration.ofSeconds(7),
                        "document.querySelector('.interrupted').innerText === '数据中断 不到 1 分钟'");
        assertThat(evaluate("document.documentElement.dataset.interrupted")).isEqualTo("true");
        evaluate("document.querySelector('public-wall').draw(3 * 60000 + 5000)");
        assertThat(text(".interrupted")).isEqualTo("数据中断 3 分钟");
        chromium().photograph(Path.of("target", "page", "wall-interrupted.png"));
        assertThat(
                        evaluate(
                                "getComputedStyle(document.querySelector('.unit b'))"
                                        + ".textDecorationLine"))
                .isEqualTo("line-through");
    }

    @Test
    void a_gateway_that_records_nothing_is_an_interruption_too() {
        openWall("zh-CN");
        kitchen.push(Duration.ofMinutes(4));
        chromium().until(SOON, "document.querySelector('.interrupted').innerText === '数据中断 4 分钟'");
    }

    @Test
    void everything_moves_a_little_so_that_nothing_burns_in() {
        openWall("zh-CN");
        var before = number("document.querySelector('h1').getBoundingClientRect().x");
        evaluate("document.querySelector('public-wall').shift()");
        assertThat(number("document.querySelector('h1').getBoundingClientRect().x"))
                .isBetween(before + 1, before + 12);
        assertThat(number("document.querySelector('footer').getBoundingClientRect().bottom"))
                .isLessThanOrEqualTo(1080);
    }

    @Test
    void it_asks_nobody_but_the_gateway() {
        openWall("zh-CN");
        evaluate("document.querySelector('public-wall').show(7)");
        assertThat(
                        evaluate(
                                "performance.getEntriesByType('resource').map((r) => r.name)"
                                        + ".filter((n) => !n.startsWith(location.origin)).join()"))
                .isEqualTo("");
    }

    @ParameterizedTest
    @ValueSource(strings = {"zh-CN", "en"})
    void a_visitor_reads_on_a_telephone_what_is_measured_and_what_happened(String language)
            throws IOException {
        kitchen.raiseFreezer();
        kitchen.hear(new Reading.Seen("cam-cut", CameraVerdict.NO_ANSWER, 0));
        chromium().size(390, 844);
        chromium().open("http://127.0.0.1:" + wall.port() + "/visit");
        chromium().until(SOON, "document.querySelectorAll('.now li').length === 8");
        if (language.equals("en")) {
            chromium().tap(".language");
        }
        chromium().photograph(Path.of("target", "page", "visit-" + language + ".png"));
        evaluate("document.querySelector('.happened').scrollIntoView()");
        chromium().photograph(Path.of("target", "page", "visit-" + language + "-2.png"));
        assertThat(text(".now")).contains("2号冷冻柜", "−9.4 °C");
        assertThat(text("kitchen-visit"))
                .contains(
                        language.equals("en")
                                ? new String[] {"being handled", "not recorded here", "offline"}
                                : new String[] {"处理中", "这里没有记录", "离线", "已过期"});
        // Nothing to push sideways; the scroll bar is not part of it.
        assertThat(
                        evaluate(
                                "document.documentElement.scrollWidth"
                                        + " - document.documentElement.clientWidth"))
                .isEqualTo("0");
    }

    private void openWall(String language) {
        chromium().size(1920, 1080);
        chromium().open("http://127.0.0.1:" + wall.port() + "/?lang=" + language);
        chromium().until(SOON, "document.querySelectorAll('.unit').length === 8");
    }

    private static double number(String script) {
        return Double.parseDouble(evaluate(script));
    }

    private static String text(String selector) {
        return evaluate("document.querySelector('" + selector + "').innerText");
    }

    private static String evaluate(String script) {
        return chromium().evaluate(script);
    }

    private static Chromium chromium() {
        return browser.orElseThrow();
    }
}
