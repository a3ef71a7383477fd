package org.mingchu.config.board;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.util.TreeMap;
import java.util.regex.Pattern;

class HeaderTest {
    @Test
    void every_pin_is_where_the_published_table_has_it() throws IOException {
        var published = new TreeMap<Integer, String>();
        var row = Pattern.compile("\\s*(\\w+)\\s+\\((\\d+)\\) \\((\\d+)\\)\\s+(\\w+)");
        for (var line : Files.readAllLines(Boards.RESOURCES.resolve("board/header.txt"))) {
            var match = row.matcher(line);
            if (match.matches()) {
                published.put(Integer.valueOf(match.group(2)), match.group(1));
                published.put(Integer.valueOf(match.group(3)), match.group(4));
            }
        }

        var ours = new TreeMap<Integer, String>();
        Header.pins()
                .forEach(pin -> ours.put(pin.number(), (pin.isGpio() ? "GPIO" : "") + pin.name()));
        assertThat(published).hasSize(40);
        assertThat(ours).isEqualTo(published);
    }

    @Test
    void a_wire_finds_the_ground_beside_its_pin() {
        assertThat(Header.of(17).number()).isEqualTo(11);
        assertThat(Header.groundNear(Header.of(17)).number()).isEqualTo(9);
        assertThat(Header.groundNear(Header.of(21)).number()).isEqualTo(39);
        assertThat(Header.supplyNear(Header.of(4)).number()).isEqualTo(1);
    }
}
