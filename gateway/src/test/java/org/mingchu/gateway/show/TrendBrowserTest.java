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

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Trends in a real Chromium over a real server. */
class TrendBrowserTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final String DRAWN =
            "document.querySelector('trend-view .canvas canvas') && "
                    + "document.querySelectorAll('trend-view .sums li').length > 0";

    @TempDir static Path folder;
    private static Optional<Chromium> browser = Optional.empty();

    private final Kitchen kitchen = new Kitchen();
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
        page = Optional.of(kitchen.page(kitchen.verbs(new DrawnTrends(kitchen::now))));
        chromium().size(800, 480);
        chromium().scheme("light");
        chromium().open("http://127.0.0.1:" + page.orElseThrow().port() + "/");
        chromium().until(SOON, "document.querySelectorAll('unit-tile').length === 8");
    }

    @AfterEach
    void stop() {
        page.orElseThrow().close();
    }

    @Test
    void a_tap_on_a_unit_draws_its_trend_and_says_it_in_words() {
        assertThat(evaluate("performance.getEntriesByType('resource').map((r) => r.name).join()"))
                .doesNotContain("uPlot", "trend.js");
        chromium().tap("unit-tile[data-id=u1]");
        chromium().until(SOON, DRAWN);
        assertThat(text("trend-view h2")).isEqualTo("1号冷藏柜");
        assertThat(text("trend-view .sums"))
                .contains("最低 2.1", "最高 11.4 °C", "高于 8 °C 共 1小时", "无数据 2小时3分（2 段）");
        assertThat(evaluate("document.querySelector('trend-view .canvas').ariaLabel"))
                .contains("1号冷藏柜", "最高 11.4 °C");
        assertThat(evaluate("document.querySelector('unit-grid').hidden")).isEqualTo("true");
        assertThat(text("trend-view .lanes")).contains("报警", "开门", "除霜", "作业");
        chromium().tap("trend-view .back");
        chromium().until(SOON, "!document.querySelector('unit-grid').hidden");
        assertThat(evaluate("document.querySelector('trend-view').hidden")).isEqualTo("true");
    }

    @Test
    void an_alarm_stays_above_the_trend() {
        chromium().tap("unit-tile[data-id=u1]");
        chromium().until(SOON, DRAWN);
        kitchen.raiseFreezer();
        page.orElseThrow().changed();
        chromium().until(SOON, "!document.querySelector('alarm-banner').hidden");
        assertThat(evaluate("document.querySelector('trend-view').hidden")).isEqualTo("false");
        chromium().tap("alarm-banner .take");
        chromium().until(SOON, "!document.querySelector('name-tiles').hidden");
        assertThat(evaluate("document.querySelector('trend-view').hidden")).isEqualTo("true");
    }

    @Test
    void where_nobody_saw_anything_the_line_has_a_gap() {
        chromium().tap("unit-tile[data-id=u1]");
        chromium().until(SOON, DRAWN);
        var gap =
                evaluate(
                        "document.querySelector('trend-view').chart.data[3]"
                                + ".filter((v) => v === null).length");
        assertThat(Integer.parseInt(gap)).isEqualTo(60);
    }

    @ParameterizedTest
    @CsvSource({
        "800,480,24h,light,1",
        "800,480,7d,light,2",
        "800,480,30d,dark,1",
        "390,844,24h,light,1",
        "1920,1080,7d,light,1"
    })
    void every_trend_fits_the_screen(int width, int height, String span, String scheme, int unit)
            throws IOException {
        chromium().size(width, height);
        chromium().scheme(scheme);
        chromium().tap("unit-tile[data-id=u" + unit + "]");
        chromium().until(SOON, DRAWN);
        chromium().tap("trend-view [data-span='" + span + "']");
        chromium()
                .until(SOON, "document.querySelector('trend-view').drawn?.span === '" + span + "'");
        chromium()
                .photograph(
                        Path.of(
                                "target",
                                "page",
                                "trend-%dx%d-%s-%s.png".formatted(width, height, span, scheme)));
        assertThat(
                        evaluate(
                                """
                                [...document.querySelectorAll('trend-view, trend-view *')]
                                  .filter((e) => e.checkVisibility() && getComputedStyle(e).display !== 'inline')
                                  .filter((e) => !e.closest('.uplot, .canvas, .bars') && e.scrollWidth > e.clientWidth + 1)
                                  .map((e) => e.tagName + '.' + e.className).join(' | ')\
                                """))
                .as("sideways")
                .isEqualTo("");
        assertThat(
                        evaluate(
                                "document.querySelector('trend-view canvas').getBoundingClientRect()"
                                        + ".width <= document.querySelector('trend-view .canvas')"
                                        + ".clientWidth"))
                .as("the chart is not cut off")
                .isEqualTo("true");
        assertThat(
                        evaluate(
                                "document.querySelector('kitchen-page').scrollWidth"
                                        + " - document.querySelector('kitchen-page').clientWidth"))
                .isEqualTo("0");
    }

    @Test
    void the_words_follow_the_language() {
        chromium().tap("unit-tile[data-id=u1]");
        chromium().until(SOON, DRAWN);
        chromium().tap("[data-name=language]");
        chromium()
                .until(
                        SOON,
                        "document.querySelector('trend-view .sums').textContent"
                                + ".includes('1 h above 8')");
        chromium().tap("[data-name=language]");
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
