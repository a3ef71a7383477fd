package org.mingchu.gateway.screen;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ViewportSize;

import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Every page in every state, in both languages, on the kitchen's panel, a telephone and the wall:
 * looked at, and photographed where somebody wants to look as well.
 */
@ExtendWith(Screens.class)
final class GlanceScreen {
    /** Where the pictures go; none are made when it is not told. */
    private static final Optional<Path> PICTURES =
            Optional.ofNullable(System.getProperty("mingchu.screen.pictures"))
                    .filter(folder -> !folder.isEmpty())
                    .map(Path::of);

    /** Without pictures, what no scene changes is looked at in one of them: minutes of CI. */
    private static final boolean WHOLE = PICTURES.isPresent();

    /** Pages of the wall that say how things stand; the rest are papers. */
    private static final int WALL_LIVE = 3;

    private static final List<ViewportSize> SIZES = List.of(Panel.KITCHEN, Panel.PHONE, Panel.WALL);
    private static final String KITCHEN = "kitchen-";
    private static final String LANGUAGE = "[data-name=language]";
    private static final String TYPE = "[data-name=type]";
    private static final String THEME = "[data-name=theme]";

    @TempDir private Path folder;

    private final Map<String, List<String>> faults = new LinkedHashMap<>();
    private int looks;

    @ParameterizedTest
    @EnumSource(Scene.class)
    void every_page_can_be_read_reached_and_heard(Scene scene, Browser browser) {
        try (var stage = Stage.open(folder)) {
            scene.on(stage);
            var open = open(scene, browser, stage);
            open.forEach((name, panel) -> note(scene + " " + name, panel.faults()));
            if (scene == Scene.OFFLINE) {
                stage.freeze(true);
                open.forEach(
                        (name, panel) -> panel.sees(panel.at(".notice, .interrupted").first()));
            }
            open.forEach((name, panel) -> look(scene, name, panel));
            if (scene == Scene.OFFLINE) {
                stage.freeze(false);
            }
            open.values().forEach(Panel::close);
        }
        System.out.printf(
                "event=looked scene=%s looks=%d faults=%d%n", scene, looks, faults.size());
        assertThat(faults).isEmpty();
    }

    private static Map<String, Panel> open(Scene scene, Browser browser, Stage stage) {
        var open = new LinkedHashMap<String, Panel>();
        for (var view : View.in(scene)) {
            var panel = Panel.kitchen(browser, stage);
            view.on(panel);
            open.put(KITCHEN + view.name().toLowerCase(Locale.ROOT), panel);
        }
        for (var language : List.of("zh-CN", "en")) {
            open.put("wall-" + language, wall(browser, stage, language));
        }
        open.put("technician", Panel.technician(browser, stage));
        var visit = Panel.touched(browser);
        visit.page().navigate(stage.wall() + "/visit");
        visit.sees(visit.at(".now li").first());
        open.put("visit", visit);
        return open;
    }

    private static Panel wall(Browser browser, Stage stage, String language) {
        var wall = Panel.touched(browser);
        wall.page().navigate(stage.wall() + "/?lang=" + language);
        wall.sees(wall.at(".unit").first());
        // It turns when we say so.
        wall.page().evaluate("document.querySelector('public-wall').turn = () => {}");
        return wall;
    }

    private void look(Scene scene, String name, Panel panel) {
        var page = panel.page();
        if (name.startsWith("wall")) {
            var pages = (int) page.evaluate("document.querySelector('public-wall').pages().length");
            var shown = WHOLE || scene == Scene.NORMAL ? pages : WALL_LIVE;
            for (var i = 0; i < shown; i++) {
                page.evaluate("(i) => document.querySelector('public-wall').show(i)", i);
                sizes(scene, name + "-" + i, page);
            }
            return;
        }
        var other = name.equals("visit") ? ".language" : LANGUAGE;
        sizes(scene, name + "-zh-CN", page);
        press(page, other);
        assertThat(page.evaluate("document.documentElement.lang")).isEqualTo("en");
        sizes(scene, name + "-en", page);
        press(page, other);
        if (name.startsWith(KITCHEN) || name.equals("technician")) {
            dark(scene, name, page);
            if (WHOLE || scene == Scene.ALARM || scene == Scene.NOT_PROVEN) {
                large(scene, name, page);
            }
        }
    }

    private void sizes(Scene scene, String name, Page page) {
        for (var size : SIZES) {
            page.setViewportSize(size.width, size.height);
            see("%s-%s-%dx%d".formatted(scene, name, size.width, size.height), page, Look::at);
        }
        page.setViewportSize(Panel.KITCHEN.width, Panel.KITCHEN.height);
    }

    private void dark(Scene scene, String name, Page page) {
        press(page, THEME);
        press(page, THEME);
        assertThat(page.evaluate("document.documentElement.dataset.theme")).isEqualTo("dark");
        see(scene + "-" + name + "-dark", page, Look::at);
        press(page, THEME);
    }

    /** In both languages, as English needs more room and Chinese more height. */
    private void large(Scene scene, String name, Page page) {
        press(page, TYPE);
        press(page, TYPE);
        assertThat(page.evaluate("document.documentElement.dataset.type")).isEqualTo("1.5");
        for (var language : List.of("zh-CN", "en")) {
            for (var size : SIZES) {
                page.setViewportSize(size.width, size.height);
                see(
                        "%s-%s-%s-large-%dx%d"
                                .formatted(scene, name, language, size.width, size.height),
                        page,
                        Look::unaided);
            }
            press(page, LANGUAGE);
        }
        press(page, TYPE);
    }

    /** No finger: where it lies is looked at elsewhere, and the page below may stand still. */
    private static void press(Page page, String selector) {
        page.evaluate("(selector) => document.querySelector(selector).click()", selector);
    }

    private void see(String shot, Page page, Function<Page, List<String>> look) {
        stands(shot, page);
        note(shot, look.apply(page));
        photograph(shot, page);
    }

    /** A page looks like the one it was opened for; names are taken away after half a minute. */
    private static void stands(String shot, Page page) {
        for (var view : View.values()) {
            if (shot.contains("-" + KITCHEN + view.name().toLowerCase(Locale.ROOT) + "-")) {
                var shown = page.locator(view.shows).first();
                if (view == View.NAMES && !shown.isVisible()) {
                    press(page, "alarm-banner .take");
                }
                PlaywrightAssertions.assertThat(shown).isVisible();
            }
        }
    }

    private void note(String where, List<String> found) {
        looks++;
        if (!found.isEmpty()) {
            faults.computeIfAbsent(where, _ -> new ArrayList<>()).addAll(found);
        }
    }

    private static void photograph(String name, Page page) {
        PICTURES.ifPresent(to ->
                page.screenshot(new Page.ScreenshotOptions().setPath(to.resolve(name + ".png"))));
    }
}
