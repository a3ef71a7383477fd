package org.mingchu.gateway.keep;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;

class CsvTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Csv csv = new Csv(out);

    CsvTest() throws IOException {}

    @Test
    void thousandths_are_written_as_people_write_them() throws Exception {
        csv.begin().decimal(-18_250).decimal(-5).decimal(0).decimal(4_007).decimal(123_456_789);
        csv.decimal(Long.MIN_VALUE).end();
        assertThat(lines())
                .containsExactly("-18.250,-0.005,0.000,4.007,123456.789,-9223372036854775.808");
    }

    @Test
    void numbers_have_all_their_digits() throws Exception {
        csv.begin().number(0).number(9).number(10).number(-10).number(Long.MAX_VALUE);
        csv.number(Long.MIN_VALUE).end();
        assertThat(lines()).containsExactly("0,9,10,-10,9223372036854775807,-9223372036854775808");
    }

    @Test
    void only_what_needs_quotes_has_them() throws Exception {
        csv.begin().text("plain").text("冷库").text("a,b").text("say \"冷\"").text("two\nlines");
        csv.end();
        assertThat(lines()).containsExactly("plain,冷库,\"a,b\",\"say \"\"冷\"\"\",\"two\nlines\"");
    }

    @Test
    void what_somebody_typed_is_no_formula() throws Exception {
        csv.begin().free("=1+1").free("-1").free("fine").free("").end();
        assertThat(lines()).containsExactly("'=1+1,'-1,fine,");
    }

    @Test
    void every_line_begins_with_the_prefix_whatever_its_length() throws Exception {
        csv.header(List.of("a 甲"), List.of("b", "c"));
        csv.prefix(() -> csv.text("x").number(7));
        csv.begin().text("long".repeat(1_000)).end();
        csv.begin().empty(1).end();
        assertThat(lines()).containsExactly("a 甲,b,c", "x,7," + "long".repeat(1_000), "x,7,");
    }

    private List<String> lines() {
        var text = out.toString(UTF_8);
        assertThat(text).startsWith("\ufeff").endsWith("\r\n");
        return List.of(text.substring(1).split("\r\n"));
    }
}
