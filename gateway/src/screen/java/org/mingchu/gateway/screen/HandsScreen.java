package org.mingchu.gateway.screen;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.BoundingBox;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Stray touches on the kitchen's panel: a drop, a sleeve, a finger that slips. Each is a contact of
 * 3 mm across, as the screen would tell the browser.
 */
@ExtendWith(Screens.class)
final class HandsScreen {
    private static final double RADIUS = 1.5 * Panel.PIXELS_A_MM;

    /** So far a slipping finger goes beyond what it was put on. */
    private static final double SLIP = 3 * Panel.PIXELS_A_MM;

    /** Two contacts in each finger's breadth. */
    private static final int STEP = 40;

    @TempDir private Path folder;
    private final List<String> acts = new ArrayList<>();
    private Stage stage;
    private Panel panel;
    private CDPSession screen;

    @BeforeEach
    void open(Browser browser) {
        stage = Stage.open(folder);
        panel = Panel.kitchen(browser, stage);
        Scene.ALARM.on(stage);
        panel.sees("alarm-banner .head", "留样柜");
        panel.page()
                .onRequest(request -> {
                    if (request.method().equals("POST")) {
                        acts.add(request.url());
                    }
                });
        screen = panel.page().context().newCDPSession(panel.page());
    }

    @AfterEach
    void close() {
        panel.close();
        stage.close();
    }

    @Test
    void between_what_can_be_pressed_a_stray_touch_does_nothing() {
        var gaps = gaps();
        assertThat(gaps).hasSizeGreaterThan(10);
        for (var at : gaps) {
            touch(at[0], at[1]);
            assertThat(view()).as("after a touch at %s, %s", at[0], at[1]).isEqualTo("units");
        }
        assertThat(acts).isEmpty();
    }

    @Test
    void no_single_touch_anywhere_on_the_panel_acknowledges_or_answers_anything() {
        for (var y = STEP / 2; y < Panel.KITCHEN.height; y += STEP) {
            for (var x = STEP / 2; x < Panel.KITCHEN.width; x += STEP) {
                touch(x, y);
                home();
            }
        }
        // It makes quiet for ten minutes at most, and says so; it takes nothing.
        assertThat(acts).allMatch(url -> url.endsWith("/api/silence") || url.endsWith("/sign-out"));
        var state = stage.state("/api/state");
        assertThat(state).contains("\"state\":\"unack-active\"").doesNotContain("\"takenMs\"");
    }

    @Test
    void a_finger_that_slips_off_has_pressed_nothing_nor_one_that_slips_on() {
        var take = box(panel.at("alarm-banner .take"));
        var middle = take.y + take.height / 2;
        slide(take.x + 4, middle, take.x - SLIP, middle);
        assertThat(view()).as("slipped off").isEqualTo("units");
        slide(take.x - SLIP, middle, take.x + SLIP, middle);
        assertThat(view()).as("slipped on").isEqualTo("units");
        // Where it stays it is a press: the screen is not deaf.
        touch(take.x + take.width / 2, middle);
        panel.sees(panel.at("name-tiles .tile").first());
        var tile = box(panel.at("name-tiles .tile").first());
        slide(tile.x + tile.width / 2, tile.y + 4, tile.x + tile.width / 2, tile.y - SLIP);
        assertThat(view()).as("still asked").isEqualTo("names");
        assertThat(acts).isEmpty();
    }

    @Test
    void one_press_that_bounces_is_one_act() {
        panel.tap("我来处理");
        var tile = box(panel.at("name-tiles .tile").first());
        for (var i = 0; i < 3; i++) {
            touch(tile.x + tile.width / 2, tile.y + tile.height / 2);
        }
        panel.sees("alarm-banner .head", "1号冷冻柜");
        assertThat(acts).hasSize(1).first().asString().endsWith("/api/acknowledge");
    }

    /** The middles of what lies between two neighbours in a row or a column. */
    private List<double[]> gaps() {
        var boxes =
                panel.at("button:visible, unit-tile:visible").all().stream()
                        .map(HandsScreen::box)
                        .toList();
        var gaps = new ArrayList<double[]>();
        for (var one : boxes) {
            for (var other : boxes) {
                var right = other.x - (one.x + one.width);
                var below = other.y - (one.y + one.height);
                if (right > 0 && right < SLIP && Math.abs(one.y - other.y) < 1) {
                    gaps.add(new double[] {other.x - right / 2, one.y + one.height / 2});
                } else if (below > 0 && below < SLIP && Math.abs(one.x - other.x) < 1) {
                    gaps.add(new double[] {one.x + one.width / 2, other.y - below / 2});
                }
            }
        }
        return gaps;
    }

    private String view() {
        return String.valueOf(
                panel.page().evaluate("() => document.querySelector('main').dataset.view"));
    }

    /** Away from wherever a touch has led. */
    private void home() {
        panel.page()
                .evaluate(
                        """
                        () => {
                          for (const back of document.querySelectorAll("main .back")) {
                            if (back.checkVisibility()) back.click();
                          }
                        }
                        """);
    }

    private void touch(double x, double y) {
        contact("touchStart", x, y);
        contact("touchEnd");
    }

    private void slide(double x, double y, double toX, double toY) {
        contact("touchStart", x, y);
        for (var i = 1; i <= 4; i++) {
            contact("touchMove", x + (toX - x) * i / 4, y + (toY - y) * i / 4);
        }
        contact("touchEnd");
    }

    private void contact(String type, double... at) {
        var points = new JsonArray();
        if (at.length > 0) {
            var point = new JsonObject();
            point.addProperty("x", at[0]);
            point.addProperty("y", at[1]);
            point.addProperty("radiusX", RADIUS);
            point.addProperty("radiusY", RADIUS);
            points.add(point);
        }
        var event = new JsonObject();
        event.addProperty("type", type);
        event.add("touchPoints", points);
        screen.send("Input.dispatchTouchEvent", event);
    }

    private static BoundingBox box(Locator what) {
        return what.boundingBox();
    }
}
