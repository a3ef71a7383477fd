package org.mingchu.config.board;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The table of hardening promises nothing that no test of this tree stands for. */
class HardeningTest {
    /** How many provisions each clause of ETSI EN 303 645 V2.1.1 has. */
    private static final Map<String, Integer> CLAUSES =
            Map.ofEntries(
                    Map.entry("5.1", 5),
                    Map.entry("5.2", 3),
                    Map.entry("5.3", 16),
                    Map.entry("5.4", 4),
                    Map.entry("5.5", 8),
                    Map.entry("5.6", 9),
                    Map.entry("5.7", 2),
                    Map.entry("5.8", 3),
                    Map.entry("5.9", 3),
                    Map.entry("5.10", 1),
                    Map.entry("5.11", 4),
                    Map.entry("5.12", 3),
                    Map.entry("5.13", 1),
                    Map.entry("6", 5));

    private static final Pattern ROW =
            Pattern.compile("\\| (\\d[\\d.]*-\\d+|I\\d+) \\| ([^|]+) \\| ([^|]+) \\| ([^|]+) \\|");
    private static final Pattern PROOF = Pattern.compile("`(\\w+(?:Test|IT))\\.(\\w+)`");

    private record Row(String provision, String state, String why) {
        List<String[]> proofs() {
            return PROOF.matcher(why)
                    .results()
                    .map(proof -> new String[] {proof.group(1), proof.group(2)})
                    .toList();
        }
    }

    @Test
    void every_provision_stands_there_once() throws IOException {
        var all = new ArrayList<String>();
        CLAUSES.forEach((clause, count) ->
                IntStream.rangeClosed(1, count).forEach(n -> all.add(clause + "-" + n)));
        IntStream.rangeClosed(1, 10).forEach(n -> all.add("I" + n));

        assertThat(rows())
                .extracting(Row::provision)
                .containsExactlyInAnyOrderElementsOf(all)
                .hasSize(77);
    }

    @Test
    void what_is_met_names_its_test_and_everything_else_its_reason() throws IOException {
        assertThat(rows())
                .allSatisfy(row -> {
                    assertThat(row.state()).isIn("met", "in part", "open", "not applicable");
                    assertThat(row.why()).isNotBlank();
                    if (row.state().equals("met") || row.state().equals("in part")) {
                        assertThat(row.proofs()).as(row.provision()).isNotEmpty();
                    }
                    if (row.state().equals("open")) {
                        assertThat(row.proofs()).as(row.provision()).isEmpty();
                    }
                });
    }

    @Test
    void every_test_that_is_named_is_in_the_tree() throws IOException {
        var tests = tests();
        for (var row : rows()) {
            for (var proof : row.proofs()) {
                assertThat(tests.getOrDefault(proof[0], ""))
                        .as("%s: %s.%s", row.provision(), proof[0], proof[1])
                        .contains("void " + proof[1] + "(");
            }
        }
    }

    /** By class; of two with one name, both. */
    private static Map<String, String> tests() throws IOException {
        var tests = new HashMap<String, String>();
        for (var module : List.of("firmware-config", "sensors", "simulator", "gateway")) {
            try (Stream<Path> files = Files.walk(Path.of("..", module, "src/test/java"))) {
                for (var file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                    var name = file.getFileName().toString().replace(".java", "");
                    tests.merge(name, Files.readString(file), String::concat);
                }
            }
        }
        return tests;
    }

    private static List<Row> rows() throws IOException {
        return Files.readAllLines(Path.of("src/main/docs/hardening.md")).stream()
                .map(ROW::matcher)
                .filter(row -> row.matches())
                .map(row -> new Row(row.group(1), row.group(3).strip(), row.group(4)))
                .toList();
    }
}
