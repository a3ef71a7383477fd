package org.mingchu.gateway.doctor;

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

/** What findings say to people in one language; a file of texts for each. Any thread. */
public final class Wording {
    /** The languages there are, the first one first. */
    public static final List<String> LANGUAGES = List.of("zh-CN", "en");

    /** Texts of outcomes that any check can have. */
    private static final String ANY = "any";

    private static final String REMEDY = ".do";

    /** What is filled in: as it is, or with an {@code @}, in the language's own word for it. */
    private static final Pattern FILLED = Pattern.compile("\\{(@?)(\\w+)}");

    private static final String WORD = "word.";

    private final Properties texts;

    private Wording(Properties texts) {
        this.texts = texts;
    }

    /** In this language, or in English where there is no file of it. */
    public static Wording in(String language) {
        var file = (LANGUAGES.contains(language) ? language : "en") + ".properties";
        try (var in = Wording.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new AssertionError("the program lacks the doctor's " + file);
            }
            var texts = new Properties();
            texts.load(new InputStreamReader(in, UTF_8));
            return new Wording(texts);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What was looked at. */
    public String title(Finding finding) {
        var title = text(finding.id()).orElse(finding.id());
        return finding.of().isEmpty() ? title : title + " " + finding.of();
    }

    /** What was found. */
    public String cause(Finding finding) {
        return said(finding, "").orElse(finding.why());
    }

    /** What is to be done about it; empty where nothing is. */
    public Optional<String> remedy(Finding finding) {
        return said(finding, REMEDY);
    }

    /** A line of the report about all findings. */
    public String line(String key, Map<String, String> words) {
        return filled(text(key).orElse(key), words);
    }

    private Optional<String> said(Finding finding, String suffix) {
        return text(finding.id() + "." + finding.why() + suffix)
                .or(() -> text(ANY + "." + finding.why() + suffix))
                .map(text -> filled(text, finding.words()));
    }

    private Optional<String> text(String key) {
        return Optional.ofNullable(texts.getProperty(key));
    }

    private String filled(String text, Map<String, String> words) {
        return FILLED.matcher(text)
                .replaceAll(found -> {
                    var word = words.getOrDefault(found.group(2), "?");
                    var said = found.group(1).isEmpty() ? word : text(WORD + word).orElse(word);
                    return Matcher.quoteReplacement(said);
                });
    }

    /** For the test that both languages say the same. */
    Set<String> keys() {
        return texts.stringPropertyNames();
    }

    String raw(String key) {
        return texts.getProperty(key, "");
    }
}
