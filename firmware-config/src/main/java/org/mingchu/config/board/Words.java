package org.mingchu.config.board;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Properties;

/** What the wiring says to people, in one language; a file for each. Immutable. */
final class Words {
    private final Properties words;

    private Words(Properties words) {
        this.words = words;
    }

    /**
     * The words of a language.
     *
     * @param language {@code zh-CN} or {@code en}, as in a site file
     */
    static Words in(String language) {
        try (var in = Words.class.getResourceAsStream(language + ".properties")) {
            if (in == null) {
                throw new IllegalArgumentException("no words in " + language);
            }
            var words = new Properties();
            words.load(new InputStreamReader(in, UTF_8));
            return new Words(words);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The words of a key, with its gaps filled. */
    String of(String key, Object... gaps) {
        return Optional.ofNullable(words.getProperty(key))
                .orElseThrow(() -> new AssertionError("no words for " + key))
                .formatted(gaps);
    }
}
