package org.mingchu.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a commissioning protocol says in one language; a file of texts for each. Any thread. */
final class ProtocolWords {
    /** The languages there are. */
    static final List<String> LANGUAGES = List.of("zh-CN", "en");

    private static final Pattern FILLED = Pattern.compile("\\{(\\w+)}");

    private final String language;
    private final Properties words;

    private ProtocolWords(String language, Properties words) {
        this.language = language;
        this.words = words;
    }

    /** In this language, or in English where there is no file of it. */
    static ProtocolWords in(String language) {
        var known = LANGUAGES.contains(language) ? language : "en";
        var file = "protocol/" + known + ".properties";
        try (var in = ProtocolWords.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new AssertionError("the program lacks " + file);
            }
            var words = new Properties();
            words.load(new InputStreamReader(in, UTF_8));
            return new ProtocolWords(known, words);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String language() {
        return language;
    }

    /** One line, filled in. */
    String say(String key, Map<String, String> with) {
        var text =
                Optional.ofNullable(words.getProperty(key))
                        .orElseThrow(() -> new AssertionError("no words for " + key));
        return FILLED.matcher(text)
                .replaceAll(
                        found -> Matcher.quoteReplacement(with.getOrDefault(found.group(1), "?")));
    }

    String say(String key) {
        return say(key, Map.of());
    }

    String raw(String key) {
        return words.getProperty(key, "");
    }

    /** For the test that both languages say the same. */
    Set<String> keys() {
        return words.stringPropertyNames();
    }
}
