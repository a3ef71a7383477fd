package org.mingchu.config.board;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.mingchu.config.Source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The three parts lists: parts.csv is the data, parts.md is what it looks like. */
class PartsTest {
    private static final Path DOCS = Path.of("src/main/docs");

    private static final String HEAD =
            """
            # Parts

            What one kitchen needs, in three sizes that fit the samples of site files. Made from `parts.csv` beside it; \
            `PartsTest` holds the two together.

            Prices are in yuan for one piece, from least to most, as of 2026-11. **They are unverified**: orders of magnitude of \
            the market, no quotation, and nobody has bought these lists. Buy nothing on them without a look.
            """;

    private record Part(String name, int quantity, int low, int high, String note) {}

    @Test
    void the_document_shows_the_data() throws IOException {
        assertThat(Files.readString(DOCS.resolve("parts.md"))).isEqualTo(rendered());
    }

    @Test
    void every_price_is_a_range_and_every_part_is_wanted() throws IOException {
        assertThat(lists().keySet()).containsExactly("mini", "dining-hall", "central-kitchen");
        assertThat(lists().values())
                .allSatisfy(parts ->
                        assertThat(parts)
                                .allMatch(part -> part.quantity() > 0)
                                .allMatch(part -> part.low() > 0 && part.low() <= part.high()));
    }

    /** A list is bought before the sample is wired. */
    @Test
    void there_are_probes_contacts_and_lamps_for_the_sample_of_the_same_name() throws IOException {
        for (var list : lists().entrySet()) {
            var plan = Boards.plan(Boards.SAMPLES.resolve(list.getKey() + ".toml"));
            var sensors = plan.site().units().stream().flatMap(u -> u.sensors().stream()).toList();
            var probes = sensors.stream().filter(s -> s.source() instanceof Source.W1).count();
            var contacts = sensors.stream().filter(s -> s.source() instanceof Source.Gpio).count();

            assertThat(count(list.getValue(), "DS18B20")).isGreaterThanOrEqualTo(probes);
            assertThat(count(list.getValue(), "Reed")).isGreaterThanOrEqualTo(contacts);
            assertThat(count(list.getValue(), "4.7 kΩ"))
                    .isEqualTo(plan.site().board().oneWire().size());
            assertThat(count(list.getValue(), "UPS")).isEqualTo(1);
            assertThat(count(list.getValue(), "pSLC")).isEqualTo(1);
            plan.site()
                    .annunciator()
                    .buzzer()
                    .ifPresent(_ -> assertThat(count(list.getValue(), "Siren")).isEqualTo(1));
        }
    }

    private static long count(List<Part> parts, String word) {
        return parts.stream().filter(p -> p.name().contains(word)).mapToInt(Part::quantity).sum();
    }

    private static String rendered() throws IOException {
        var out = new StringBuilder(HEAD);
        for (var list : lists().entrySet()) {
            out.append("\n## ").append(list.getKey()).append("\n\n");
            out.append("| part | pieces | CNY each, unverified | remark |\n|---|---:|---:|---|\n");
            for (var part : list.getValue()) {
                out.append(
                        "| %s | %d | %d–%d | %s |\n"
                                .formatted(
                                        part.name(),
                                        part.quantity(),
                                        part.low(),
                                        part.high(),
                                        part.note()));
            }
            out.append(
                    "| **in all** | | **%d–%d** | |\n"
                            .formatted(
                                    list.getValue().stream()
                                            .mapToInt(p -> p.quantity() * p.low())
                                            .sum(),
                                    list.getValue().stream()
                                            .mapToInt(p -> p.quantity() * p.high())
                                            .sum()));
        }
        return out.toString();
    }

    private static Map<String, List<Part>> lists() throws IOException {
        var lists = new LinkedHashMap<String, List<Part>>();
        var lines = Files.readAllLines(DOCS.resolve("parts.csv"));
        for (var line : lines.subList(1, lines.size())) {
            var cells = cells(line);
            lists.computeIfAbsent(cells.getFirst(), _ -> new ArrayList<>())
                    .add(
                            new Part(
                                    cells.get(1),
                                    Integer.parseInt(cells.get(2)),
                                    Integer.parseInt(cells.get(3)),
                                    Integer.parseInt(cells.get(4)),
                                    cells.get(5)));
        }
        return lists;
    }

    /** Of RFC 4180, but for line feeds in a cell. */
    private static List<String> cells(String line) {
        var cells = new ArrayList<String>();
        for (var cell : line.split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", -1)) {
            cells.add(
                    cell.startsWith("\"")
                            ? cell.substring(1, cell.length() - 1).replace("\"\"", "\"")
                            : cell);
        }
        return cells;
    }
}
