package org.mingchu.gateway.screen;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;

/** An alarm without a finger and without eyes: keys alone, and what a screen reader is told. */
@ExtendWith(Screens.class)
final class EarsScreen {
    /** More stops than there are on the way. */
    private static final int STOPS_MAX = 30;

    @TempDir private Path folder;

    @Test
    void an_alarm_is_taken_and_seen_to_with_the_keys_alone(Browser browser) {
        try (var stage = Stage.open(folder);
                var panel = Panel.kitchen(browser, stage)) {
            stage.temperature(Unit.FREEZER_1, -5_000);
            panel.sees("alarm-banner .head", "1号冷冻柜 温度过高");
            press(panel, panel.button("我来处理"), "Enter");
            assertThat(panel.at("name-tiles h2")).isFocused();
            press(panel, panel.at("name-tiles .tile", Who.COOK), "Space");
            panel.sees("alarm-banner .facts", "陈阿姨");

            press(panel, panel.button("做了什么"), "Enter");
            for (var choice : new String[] {"门没关好", "关好门", "检查过, 保留", "没有测量"}) {
                assertThat(panel.at("correct-panel h2")).isFocused();
                press(panel, panel.button(choice), "Enter");
            }
            press(panel, panel.button("保存"), "Enter");
            press(panel, panel.at("name-tiles .tile", Who.COOK), "Enter");
            panel.seesNo("alarm-banner .did");

            press(panel, panel.at("unit-tile[data-id=freezer-1]"), "Space");
            panel.sees(panel.at("trend-view .canvas canvas"));
            press(panel, panel.button("登录"), "Enter");
            press(panel, panel.at("pin-pad .tile", Who.OFFICER), "Enter");
            for (var digit : Who.OFFICER.digits()) {
                press(panel, panel.at("pin-pad .key", digit), "Enter");
            }
            panel.sees("top-line", "李志强 退出");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"zh-CN", "en"})
    void what_is_told_of_an_alarm_is_what_is_seen(String language, Browser browser) {
        var chinese = language.equals("zh-CN");
        try (var stage = Stage.open(folder);
                var panel = Panel.kitchen(browser, stage)) {
            if (!chinese) {
                panel.tap("English");
            }
            stage.temperature(Unit.FREEZER_1, -5_000);
            panel.sees(panel.at("alarm-banner .head"));
            assertThat(panel.at("alarm-banner"))
                    .matchesAriaSnapshot(
                            chinese
                                    ? """
                                    - region "报警":
                                      - alert: ▲ 1号冷冻柜 温度过高
                                      - paragraph: /尽快处理 · −5\\.0 °C · 上限 −12 °C/
                                      - button "我来处理"
                                      - button "静音10分钟"
                                    """
                                    : """
                                    - region "ALARM":
                                      - alert: ▲ 1号冷冻柜 too warm
                                      - paragraph: /SOON · −5\\.0 °C · limit −12 °C/
                                      - button "I am on it"
                                      - button "Silence 10 min"
                                    """);
            assertThat(panel.at("kitchen-page"))
                    .matchesAriaSnapshot(
                            """
                            - status: /SIMULATED/
                            - banner:
                              - heading "逢源街长者饭堂" [level=1]
                            - main:
                              - button /1号冷库 .*3\\.5/
                              - button /▲ 1号冷冻柜 .*−5\\.0/
                            - region
                            - contentinfo: /market-regulation/
                            """);
            panel.tap(panel.at("alarm-banner .take"));
            assertThat(panel.at("main"))
                    .matchesAriaSnapshot(
                            chinese
                                    ? """
                                    - main:
                                      - heading "谁来处理？1号冷冻柜 温度过高" [level=2]
                                      - button "返回"
                                      - button "王秀英 负责人"
                                    """
                                    : """
                                    - main:
                                      - heading "Who is on it? 1号冷冻柜 too warm" [level=2]
                                      - button "Back"
                                      - button "王秀英 manager"
                                    """);
        }
    }

    /** From where the keys are to the next that is meant, and no farther than needed. */
    private static void press(Panel panel, Locator what, String key) {
        assertThat(what).isVisible();
        for (var i = 0; i < STOPS_MAX; i++) {
            if (Boolean.TRUE.equals(what.evaluate("(e) => e === document.activeElement"))) {
                panel.page().keyboard().press(key);
                return;
            }
            panel.page().keyboard().press("Tab");
        }
        throw new AssertionError(what + " is not reached with the keys");
    }
}
