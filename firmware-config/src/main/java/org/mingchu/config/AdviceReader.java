package org.mingchu.config;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** Reads the instruction texts of one language. Any thread. */
public final class AdviceReader {
    /** Longest first step in Chinese, in characters: it must be read from three metres. */
    static final int FIRST_STEP_MAX = 30;

    /** An English word takes the room of two Chinese characters. */
    static final int FIRST_STEP_MAX_LATIN = 60;

    private static final String CHINESE = "zh-CN";
    private static final String ENDING = ".toml";

    private AdviceReader() {}

    /**
     * The instructions of a file that is named after its language, such as {@code zh-CN.toml}: one
     * table for each advice key, with {@code do} (one step a line), {@code who} and, if need be,
     * {@code then}.
     */
    public static Checked<Advice> read(Path file) {
        var problems = new Problems(file.toString(), Problems.Discretion.OPEN);
        var language = language(file);
        var advice = TomlFile.open(file, problems).map(toml -> advice(toml.root(), language));
        return advice.filter(_ -> !problems.hasErrors())
                .<Checked<Advice>>map(a -> new Checked.Good<>(a, problems.inOrder()))
                .orElseGet(() -> new Checked.Bad<>(problems.inOrder()));
    }

    private static String language(Path file) {
        var name = file.toAbsolutePath().getFileName().toString();
        return name.endsWith(ENDING) ? name.substring(0, name.length() - ENDING.length()) : name;
    }

    private static Advice advice(Table root, String language) {
        var max = language.equals(CHINESE) ? FIRST_STEP_MAX : FIRST_STEP_MAX_LATIN;
        var texts = new LinkedHashMap<String, Advice.Text>();
        for (var key : root.names()) {
            root.mayTable(key).ifPresent(table -> texts.put(key, text(table, steps(max))));
        }
        root.end();
        return new Advice(language, texts);
    }

    private static Advice.Text text(Table table, Form<List<String>> steps) {
        var text =
                new Advice.Text(
                        table.need("do", steps),
                        table.need("who", Form.TEXT),
                        table.may("then", Form.TEXT));
        table.end();
        return text;
    }

    private static Form<List<String>> steps(int firstMax) {
        return Form.words(
                List.of(),
                "what to do, one step a line, the first step 1 to " + firstMax + " characters",
                text ->
                        Optional.of(text.strip().lines().map(String::strip).toList())
                                .filter(lines -> isShort(lines, firstMax)));
    }

    private static boolean isShort(List<String> steps, int firstMax) {
        return !steps.isEmpty()
                && steps.stream().noneMatch(String::isEmpty)
                && steps.getFirst().codePointCount(0, steps.getFirst().length()) <= firstMax;
    }
}
