package org.mingchu.gateway.screen;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

/** What the public sees of an alarm, from its beginning to its end. */
@ExtendWith(Screens.class)
final class WallScreen {
    @TempDir private Path folder;

    @Test
    void the_wall_and_the_visitor_s_page_follow_the_kitchen_and_name_nobody(Browser browser) {
        try (var stage = Stage.open(folder);
                var kitchen = Panel.kitchen(browser, stage);
                var wall = Panel.touched(browser);
                var visit = Panel.touched(browser)) {
            wall.page().navigate(stage.wall());
            visit.page().navigate(stage.wall() + "/visit");
            var freezer = ".unit[data-id=freezer-1]";
            wall.sees(freezer, "在限值内");
            // It turns its pages every ten seconds; this one is looked at for longer.
            wall.page()
                    .evaluate(
                            "const wall = document.querySelector('public-wall');"
                                    + " wall.turn = () => {}; wall.show(0)");
            visit.sees(".now", "1号冷冻柜  −18.5 °C");

            stage.temperature(Unit.FREEZER_1, -5_000);
            wall.sees(freezer, "▲ 处理中");
            wall.sees(freezer, "−5.0 °C");
            visit.sees(".now", "▲ 1号冷冻柜  −5.0 °C");
            kitchen.tap("我来处理");
            kitchen.tap(Who.COOK);
            kitchen.sees("alarm-banner .facts", "陈阿姨");

            stage.temperature(Unit.FREEZER_1, Unit.FREEZER_1.goodMilli);
            wall.sees(freezer, "● 在限值内");
            visit.sees(".now", "● 1号冷冻柜  −18.5 °C");
            // The certificate of one who has agreed bears a surname; nobody who acts is named.
            for (var page : new Panel[] {wall, visit}) {
                assertThat(page.page().content()).doesNotContain("陈阿姨", "王秀英", Who.COOK.id);
                assertThat(page.faults()).isEmpty();
                assertThat(page.at("button:not(.language), input, form").count()).isZero();
            }
            visit.tap("English");
            visit.sees(".now h2", "Temperatures now");
        }
    }
}
