package org.mingchu.gateway.judge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * No number of a rule stands in the code that judges time over food. What is searched for is taken
 * from the packs themselves, as it would have to be written in Java.
 */
class NoNumberTest {
    private static final Path JUDGE = Path.of("src/main/java/org/mingchu/gateway/judge");

    /** What judges time over food; the unit models have numbers of physics, and are no rules. */
    private static final List<String> SOURCES =
            List.of(
                    "Counting",
                    "Cooling",
                    "Cycles",
                    "Leaps",
                    "Meals",
                    "Timed",
                    "Foods",
                    "Food",
                    "FoodClock",
                    "Finding",
                    "Bound",
                    "Bounds",
                    "Timing",
                    "Recollection",
                    "Judge",
                    "Events",
                    "Doubts",
                    "Conduct",
                    "Ladder",
                    "Life");

    private static final Pattern WHEN = Pattern.compile("when += \\{(.*)}");
    private static final Pattern LIMIT = Pattern.compile("= (-?\\d+(?:\\.\\d+)?)(?=[, ])");
    private static final Pattern TIME = Pattern.compile("\"(\\d+)(s|m|h)\"");
    private static final Pattern LITERAL = Pattern.compile("(?<![\\w.\"])\\d[\\d_]*(?:\\.\\d+)?");
    private static final Pattern DURATION =
            Pattern.compile("Duration\\.of(Seconds|Minutes|Hours)\\((\\d+)\\)");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "src/main/etc/rules/cn-catering.toml",
                "src/test/resources/food/rules/fda-food-code.toml"
            })
    void no_limit_and_no_time_of_a_pack_is_a_literal_of_the_judge(String pack) {
        var numbers = numbers(read(Path.of(pack)));
        assertThat(numbers).hasSizeGreaterThan(15);

        for (var source : SOURCES) {
            var found = literals(code(read(JUDGE.resolve(source + ".java"))));
            found.retainAll(numbers);
            assertThat(found).as(source).isEmpty();
        }
    }

    @Test
    void a_number_that_does_stand_there_is_found() {
        var numbers = numbers(read(Path.of("src/main/etc/rules/cn-catering.toml")));
        var planted = "if (milli > 8_000 || held >= Duration.ofMinutes(90)) { /* 60_000 */ }";

        var found = literals(code(planted));
        found.retainAll(numbers);

        assertThat(found).containsExactlyInAnyOrder("8000", "5400s");
    }

    /** Limits in thousandths, and times in seconds, as far as they are no everyday small number. */
    private static Set<String> numbers(String pack) {
        var numbers = new TreeSet<String>();
        for (var line : pack.lines().filter(l -> !l.startsWith("#")).toList()) {
            var when = WHEN.matcher(line);
            if (when.find()) {
                LIMIT.matcher(when.group(1))
                        .results()
                        .map(m -> Math.abs(Math.round(Double.parseDouble(m.group(1)) * 1000)))
                        .filter(milli -> milli >= 500)
                        .forEach(milli -> numbers.add(Long.toString(milli)));
            }
            if (line.matches("(when|delay) .*")) {
                TIME.matcher(line)
                        .results()
                        .map(m -> seconds(Long.parseLong(m.group(1)), m.group(2)))
                        .filter(seconds -> seconds > 0)
                        .forEach(seconds -> numbers.add(seconds + "s"));
            }
        }
        return numbers;
    }

    private static long seconds(long n, String unit) {
        return switch (unit) {
            case "h" -> n * 3600;
            case "m" -> n * 60;
            default -> n;
        };
    }

    private static Set<String> literals(String code) {
        var found = new TreeSet<String>();
        DURATION.matcher(code)
                .results()
                .map(m ->
                        seconds(
                                Long.parseLong(m.group(2)),
                                m.group(1).substring(0, 1).toLowerCase(Locale.ROOT)))
                .forEach(seconds -> found.add(seconds + "s"));
        LITERAL.matcher(code).results().map(m -> m.group().replace("_", "")).forEach(found::add);
        return found;
    }

    /** Without comments, which name clauses. */
    private static String code(String source) {
        return source.replaceAll("(?s)/\\*.*?\\*/", "")
                .lines()
                .map(line -> line.replaceAll("//.*", ""))
                .collect(Collectors.joining("\n"));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
