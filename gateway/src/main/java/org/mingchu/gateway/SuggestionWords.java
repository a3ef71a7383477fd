package org.mingchu.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Properties;

/** What a {@link Suggestion} says to people, in one language; a file for each. Any thread. */
final class SuggestionWords {
    private static final String CHINESE = "zh-CN";
    private static final String ENGLISH = "en";
    private static final String NOTHING_CHANGED = "nothing-changed";

    private final Properties words;

    private SuggestionWords(Properties words) {
        this.words = words;
    }

    /** In the site's language, or in English where there is no file of it. */
    static SuggestionWords in(Optional<String> language) {
        var file =
                "suggestions/%s.properties"
                        .formatted(language.filter(CHINESE::equals).orElse(ENGLISH));
        try (var in = SuggestionWords.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new AssertionError("the program lacks " + file);
            }
            var words = new Properties();
            words.load(new InputStreamReader(in, UTF_8));
            return new SuggestionWords(words);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One line. */
    String of(Suggestion suggestion) {
        return line(suggestion.word());
    }

    /** That the report has left every limit as it was. */
    String nothingChanged() {
        return line(NOTHING_CHANGED);
    }

    private String line(String key) {
        return Optional.ofNullable(words.getProperty(key))
                .orElseThrow(() -> new AssertionError("no words for " + key));
    }
}
