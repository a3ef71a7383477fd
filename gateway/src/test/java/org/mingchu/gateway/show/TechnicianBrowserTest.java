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
import org.mingchu.config.Plan;
import org.mingchu.gateway.judge.LinkState;
import org.mingchu.sensors.Fault;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/** The technician's page, and the papers on the kitchen's, in a real Chromium. */
class TechnicianBrowserTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    @TempDir static Path folder;
    private static Optional<Chromium> browser = Optional.empty();

    private final Workbench bench = new Workbench();
    private Page page;

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
        bench.kitchen.silent("u1-air", Fault.CRC);
        bench.kitchen.link(LinkState.REFUSED, "0x87 not authorized");
        page = bench.open(planWithPapers());
        chromium().size(800, 480);
        chromium().scheme("light");
        open("/");
        evaluate("localStorage.clear()");
        evaluate(
                "fetch('/api/sign-out', { method: 'POST', body: '{}',"
                        + " headers: { 'Content-Type': 'application/json' } })");
    }

    @AfterEach
    void stop() {
        page.close();
    }

    @Test
    void who_signs_in_at_the_kitchens_page_goes_from_there_to_the_machine() {
        open("/");
        chromium().until(SOON, "document.querySelectorAll('unit-tile').length === 8");
        assertThat(evaluate("document.querySelector('top-line a').hidden")).isEqualTo("true");
        signIn("top-line [data-guest]", "周师傅");
        chromium().until(SOON, "!document.querySelector('top-line a').hidden");
        assertThat(evaluate(overflow())).isEmpty();
        chromium().tap("top-line a");
        chromium().until(SOON, "document.querySelectorAll('.sensors .row').length === 9");
        assertThat(text("h1")).contains("检修", "逢源街长者饭堂");
    }

    @Test
    void the_staff_see_no_way_to_it() {
        open("/");
        chromium().until(SOON, "document.querySelectorAll('unit-tile').length === 8");
        signIn("top-line [data-guest]", "陈阿姨");
        chromium().until(SOON, "document.querySelector('top-line').innerText.includes('陈阿姨')");
        assertThat(evaluate("document.querySelector('top-line a').hidden")).isEqualTo("true");
        open("/technician");
        chromium().until(SOON, "document.querySelector('.notice').textContent.includes('只给技术员')");
        assertThat(evaluate("document.querySelector('.sections').hidden")).isEqualTo("true");
    }

    @Test
    void what_is_wrong_comes_first_with_its_remedy_and_the_rest_is_there() {
        signedIn();
        assertThat(text(".list.wrong .row:nth-child(1)"))
                .contains("✖", "查 platform.tls", "2026-11-01 已过期", "→ 换一个");
        assertThat(text(".list.wrong .row:nth-child(2)")).contains("▲", "没有电池时钟");
        assertThat(text(".list.fine")).contains("剩 812 MiB", "没有安装");
        assertThat(text(".list.sensors .row:nth-child(1)"))
                .contains("1号冷藏柜", "校验错误 (crc)", "4.1", "原始 4.1", "w1:28-0316a2795df0");
        assertThat(text(".list.buses")).contains("1-Wire", "8 个探头，7 个有回应");
        assertThat(text(".list.platforms")).contains("拒收", "待上报 132 条");
        assertThat(text(".list.dated")).contains("2026-11-01");
        chromium().tap("[data-name=language]");
        chromium().until(SOON, "document.documentElement.lang === 'en'");
        assertThat(text(".list.wrong .row:nth-child(1)")).contains("has run out", "→ change it");
    }

    @Test
    void a_tap_tests_the_machine_and_says_what_came_out() {
        signedIn();
        chromium().tap(".run");
        chromium().until(SOON, "document.querySelector('.verdict').textContent.includes('自检通过')");
        assertThat(text(".list.test")).contains("响了五声");
        bench.refuse("test-busy");
        chromium().tap(".run");
        chromium().until(SOON, "document.querySelector('.verdict').textContent.includes('正在自检')");
    }

    @Test
    void a_gateway_that_is_gone_is_said_and_nothing_looks_new() {
        signedIn();
        page.close();
        chromium().until(SOON, "document.querySelector('.notice').textContent.includes('连接中断')");
    }

    @ParameterizedTest
    @CsvSource({
        "800,480,1",
        "800,480,1.5",
        "390,844,1",
        "390,844,1.5",
        "1920,1080,1",
        "1920,1080,1.5"
    })
    void it_fits_every_screen_by_day_and_by_night(int width, int height, String type)
            throws IOException {
        chromium().size(width, height);
        signedIn();
        evaluate("document.documentElement.dataset.type = '" + type + "'");
        for (var scheme : new String[] {"light", "dark"}) {
            chromium().scheme(scheme);
            chromium().until(SOON, "document.documentElement.dataset.shade === '" + scheme + "'");
            assertThat(evaluate(overflow())).isEmpty();
            photograph("technician-%dx%d-%s-%s.png".formatted(width, height, type, scheme));
        }
        assertThat(Double.parseDouble(evaluate("document.querySelector('.run').offsetHeight")))
                .isGreaterThanOrEqualTo(64);
        assertThat(
                        evaluate(
                                "document.querySelector('.sections').scrollWidth"
                                        + " <= document.documentElement.clientWidth"))
                .isEqualTo("true");
    }

    @ParameterizedTest
    @CsvSource({"800,480,1", "800,480,1.5", "390,844,1.5", "1920,1080,1.5"})
    void papers_stand_on_the_kitchens_page_and_make_no_alarm(int width, int height, String type)
            throws IOException {
        chromium().size(width, height);
        open("/");
        chromium().until(SOON, "document.querySelectorAll('paper-line .paper').length === 1");
        evaluate("document.documentElement.dataset.type = '" + type + "'");
        assertThat(text("paper-line")).contains("食品经营许可证：5天后到期");
        assertThat(evaluate("document.querySelector('alarm-banner').hidden")).isEqualTo("true");
        assertThat(evaluate(overflow())).isEmpty();
        photograph("papers-%dx%d-%s.png".formatted(width, height, type));
    }

    private Plan planWithPapers() {
        var plan = bench.kitchen.plan;
        var today =
                LocalDate.ofInstant(
                        Instant.ofEpochMilli(bench.kitchen.now().wallMs()), plan.site().timeZone());
        var wall = PapersTest.licence(today.plusDays(5));
        return new Plan(WallKitchen.with(plan.site(), wall), plan.pack(), "00");
    }

    private void signedIn() {
        open("/technician");
        chromium().until(SOON, "document.querySelector('.notice').textContent.includes('登录')");
        signIn(".switches button", "周师傅");
        chromium().until(SOON, "document.querySelectorAll('.sensors .row').length === 9");
    }

    private static void signIn(String button, String name) {
        chromium().until(SOON, "document.querySelector('" + button + "')");
        chromium().tap(button);
        chromium()
                .until(
                        SOON,
                        "[...document.querySelectorAll('pin-pad .tile')]"
                                + ".some((t) => t.textContent.includes('"
                                + name
                                + "'))");
        evaluate(
                "[...document.querySelectorAll('pin-pad .tile')]"
                        + ".find((t) => t.textContent.includes('"
                        + name
                        + "')).click()");
        chromium().until(SOON, "document.querySelector('pin-pad .key')?.checkVisibility()");
        for (var digit : Workbench.PIN.toCharArray()) {
            chromium().tap("pin-pad .key:nth-child(" + (digit == '0' ? 10 : digit - '0') + ")");
        }
    }

    /** The texts of elements that are cut off at their right edge. */
    private static String overflow() {
        return """
        [...document.querySelectorAll('body *')]
          .filter((e) => e.checkVisibility() && getComputedStyle(e).display !== 'inline')
          .filter((e) => e.scrollWidth > e.clientWidth + 1)
          .map((e) => e.tagName + '.' + e.className + ':' + e.textContent)
          .join(' | ')\
        """;
    }

    private void open(String path) {
        chromium().open("http://127.0.0.1:" + page.port() + path);
    }

    private static void photograph(String name) throws IOException {
        chromium().photograph(Path.of("target", "page", name));
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
