package org.mingchu.gateway.show;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;
import org.mingchu.config.CameraVerdict;
import org.mingchu.config.Priority;
import org.mingchu.gateway.desk.Answer;
import org.mingchu.gateway.doctor.StandIn;
import org.mingchu.gateway.judge.Light;
import org.mingchu.gateway.judge.LinkState;
import org.mingchu.gateway.judge.Role;
import org.mingchu.sensors.Fault;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The page's files as they are shipped: texts, scripts, weight. */
class WordsTest {
    /** First load of the page, all files pressed, in bytes. */
    private static final int FIRST_LOAD_MAX = 60 * 1024;

    private static final Pattern SAID = Pattern.compile("say\\(\\s*\"([^\"]+)\"");
    private static final Pattern FILLED = Pattern.compile("\\{\\w+}");
    private static final Map<String, Asset> FILES = Asset.all();

    @Test
    void both_languages_have_the_same_keys_and_fill_the_same_words_in() {
        var zh = texts("zh-CN");
        var en = texts("en");
        assertThat(zh.keySet()).isEqualTo(en.keySet());
        zh.forEach((key, text) ->
                assertThat(filled(en.getOrDefault(key, ""))).as(key).isEqualTo(filled(text)));
        assertThat(zh.values()).noneMatch(text -> text.toString().isBlank());
        assertThat(en.values()).noneMatch(text -> text.toString().isBlank());
    }

    @Test
    void every_word_the_gateway_can_say_has_a_text() {
        assertThat(texts("zh-CN").keySet())
                .containsAll(keys("fault.", Fault.values(), Fault::word))
                .containsAll(keys("verdict.", CameraVerdict.values(), CameraVerdict::word))
                .containsAll(keys("battery.", Battery.Stage.values(), Battery.Stage::word))
                .containsAll(
                        keys("battery.", Battery.Stage.values(), stage -> stage.word() + ".detail"))
                .containsAll(keys("standin.", StandIn.By.values(), StandIn.By::word))
                .containsAll(keys("light.", Light.values(), Light::word))
                .containsAll(keys("role.", Role.values(), Role::word))
                .containsAll(keys("link.", LinkState.values(), LinkState::word))
                .containsAll(keys("priority.", Priority.values(), Priority::word))
                .containsAll(TrendJson.KINDS.stream().map("trend.kind."::concat).toList())
                .containsAll(keys("refused.", Answer.Reason.values(), Answer.Reason::word));
    }

    @Test
    void every_text_a_script_asks_for_is_there() {
        var keys = texts("zh-CN").keySet();
        var asked =
                FILES.keySet().stream()
                        .filter(name -> name.endsWith(".js"))
                        .flatMap(name -> SAID.matcher(text(name)).results())
                        .map(found -> found.group(1))
                        .toList();
        assertThat(asked).hasSizeGreaterThan(20);
        assertThat(keys).containsAll(asked);
    }

    @Test
    void nothing_is_fetched_from_anywhere_else() {
        // A library's own file may name where it comes from; the guards keep it from going there.
        var ours = FILES.keySet().stream().filter(name -> !name.startsWith("/vendor/")).toList();
        for (var name : ours) {
            var own = text(name).replace("http://www.w3.org/2000/svg", "");
            assertThat(own).as(name).doesNotContainPattern("https?://|//[a-z0-9.-]+\\.[a-z]{2,}/");
        }
    }

    @Test
    void the_guards_leave_nothing_inline() {
        assertThat(text("/index.html"))
                .doesNotContainPattern("<script(?![^>]*src=)")
                .doesNotContainPattern("<style|style=| on[a-z]+=");
        FILES.keySet().stream()
                .filter(name -> name.endsWith(".js"))
                .forEach(name ->
                        assertThat(text(name))
                                .as(name)
                                .doesNotContain("innerHTML", "eval(", "insertAdjacent"));
    }

    @Test
    void the_first_load_is_light() {
        var weight =
                Asset.firstLoad().values().stream()
                        .mapToInt(file -> reply(file, "gzip").body().length)
                        .sum();
        assertThat(weight).isLessThan(FIRST_LOAD_MAX);
        assertThat(FILES).containsKey("/vendor/uPlot.esm.js");
        assertThat(Asset.firstLoad().keySet()).noneMatch(name -> name.startsWith("/vendor/"));
    }

    /** The sign is blank in WenQuanYi Micro Hei, the smallest Chinese font of Debian. */
    @Test
    void no_text_uses_the_celsius_sign_that_some_panels_leave_blank() {
        FILES.keySet().forEach(name -> assertThat(text(name)).as(name).doesNotContain("\u2103"));
    }

    @Test
    void a_cause_is_short_enough_to_be_read_from_the_door() {
        texts("zh-CN")
                .forEach((key, text) -> {
                    if (key.startsWith("cause.")) {
                        assertThat(text.toString().length()).as(key).isLessThan(16);
                    }
                });
    }

    private static <E> List<String> keys(String prefix, E[] all, Function<E, String> word) {
        return Arrays.stream(all).map(word).map(prefix::concat).toList();
    }

    private static Set<String> filled(Object text) {
        return Stream.of(String.valueOf(text))
                .flatMap(t -> FILLED.matcher(t).results())
                .map(found -> found.group())
                .collect(Collectors.toSet());
    }

    private static Map<String, Object> texts(String language) {
        return JsonTree.object(text("/" + language + ".json"));
    }

    private static String text(String name) {
        return new String(
                reply(Optional.ofNullable(FILES.get(name)).orElseThrow(), "").body(), UTF_8);
    }

    private static Reply reply(Asset asset, String encodings) {
        return asset.reply(Optional.empty(), Optional.of(encodings));
    }
}
