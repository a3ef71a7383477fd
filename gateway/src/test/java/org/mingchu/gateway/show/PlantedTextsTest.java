package org.mingchu.gateway.show;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mingchu.config.Quantity;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Cross-site scripting: every text that somebody can write into a site file stays a text on every
 * page, in a real browser. Names of people are tried at the panel; what a probe calls itself is no
 * text of any page.
 */
class PlantedTextsTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final String PROGRAM =
            "'><img src=x onerror=document.title=`owned`><script>document.title=`owned`</script>";

    @TempDir private static Path folder;
    private static Optional<Chromium> browser = Optional.empty();

    @BeforeAll
    static void start() throws Exception {
        browser = Optional.of(Chromium.open(folder.resolve("profile")));
    }

    @AfterAll
    static void end() {
        browser.ifPresent(Chromium::close);
    }

    private static String planted(String text) {
        return text + PROGRAM;
    }

    @Test
    void no_name_of_the_site_file_becomes_a_program_on_the_kitchen_s_page() {
        var kitchen = new Kitchen(8, PlantedTextsTest::planted);
        kitchen.raiseFreezer();
        // What no plan knows and no rule watches is on no page at all.
        kitchen.measured("probe" + PROGRAM, Quantity.TEMPERATURE, 4_000);
        try (var page = kitchen.page(kitchen.verbs((_, _) -> Optional.empty(), Optional::empty))) {
            open(page.port(), "/");
            until("document.querySelectorAll('unit-tile').length === 8");
            assertPlanted(List.of("逢源街长者饭堂", "1号冷藏柜", "热加工间"));
            chromium().tap("unit-tile");
            until("document.querySelector('trend-view h2') !== null");
            assertPlanted(List.of("1号冷藏柜"));
        }
    }

    @Test
    void no_text_of_the_site_file_becomes_a_program_on_the_wall() {
        var walls = new WallKitchen(PlantedTextsTest::planted);
        walls.kitchen.raiseFreezer();
        try (var wall = walls.open()) {
            open(wall.port(), "/");
            until("document.querySelector('public-wall').pages().length > 7");
            var pages =
                    Integer.parseInt(
                            evaluate("document.querySelector('public-wall').pages().length"));
            for (var i = 0; i < pages; i++) {
                evaluate("document.querySelector('public-wall').show(" + i + ")");
                assertNobodyOwnsIt();
            }
            open(wall.port(), "/visit");
            until("document.body.innerText.includes('1号冷藏柜')");
            assertPlanted(List.of("逢源街长者饭堂", "良好", "厨师"));
        }
    }

    private static void assertPlanted(List<String> texts) {
        for (var text : texts) {
            until("document.body.innerText.includes(\"%s'><img\")".formatted(text));
        }
        assertNobodyOwnsIt();
    }

    private static void assertNobodyOwnsIt() {
        assertThat(evaluate("document.querySelectorAll('img[src=x], body script').length"))
                .isEqualTo("0");
        assertThat(evaluate("document.title")).doesNotContain("owned");
    }

    private static void open(int port, String path) {
        chromium().size(1920, 1080);
        chromium().open("http://127.0.0.1:" + port + path);
        until("document.readyState === 'complete'");
    }

    private static void until(String script) {
        chromium().until(SOON, script);
    }

    private static String evaluate(String script) {
        return chromium().evaluate(script);
    }

    private static Chromium chromium() {
        return browser.orElseThrow();
    }
}
