package org.mingchu.sensors.coap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.HexFormat;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

final class SenMlTest {
    @Test
    void the_example_of_two_values_with_base_fields_is_resolved() {
        // RFC 8428 section 5.1.2, its units and times
        var pack =
                json(
                        """
                        [{"bn":"urn:dev:ow:10e2073a01080063:","bt":1.276020076001e+09,"bu":"A",
                          "bver":5,"n":"voltage","u":"V","v":120.1},
                         {"n":"current","t":-5,"v":1.2},{"n":"current","t":-4,"v":1.3}]\
                        """
                                .replace("\"bver\":5", "\"bver\":10"));

        assertThat(pack.values())
                .containsExactly(
                        new SenMlValue(
                                "urn:dev:ow:10e2073a01080063:voltage",
                                "voltage",
                                "V",
                                new Said.Amount(120.1),
                                new When.Epoch(1_276_020_076_001L)),
                        new SenMlValue(
                                "urn:dev:ow:10e2073a01080063:current",
                                "current",
                                "A",
                                new Said.Amount(1.2),
                                new When.Epoch(1_276_020_071_001L)),
                        new SenMlValue(
                                "urn:dev:ow:10e2073a01080063:current",
                                "current",
                                "A",
                                new Said.Amount(1.3),
                                new When.Epoch(1_276_020_072_001L)));
    }

    @Test
    void the_example_in_cbor_says_the_same_as_in_json() {
        // RFC 8428 section 6, figure 2, without its third to seventh record
        var cbor =
                "83a721781b75726e3a6465763a6f773a3130653230373361303130383030363a22fb41d303a15b00"
                        + "106223614120050067766f6c7461676501615602fb405e066666666666a3006763757272"
                        + "656e74062402fb3ff3333333333333a3006763757272656e74062302fb3ff4cccccccccc"
                        + "cd";
        var bytes = HexFormat.of().parseHex(cbor);
        // its bver is 5, which stands before the standard
        bytes[bytes.length - 1] = (byte) 0xcd;
        assertThat(SenMl.read(SenMl.Form.CBOR, bytes))
                .isEqualTo(
                        new SenMl.Refused("bver is not 10: a version this gateway does not know"));

        var standard = HexFormat.of().parseHex(cbor.replace("2005006776", "200a006776"));
        assertThat(((SenMlPack) SenMl.read(SenMl.Form.CBOR, standard)).values())
                .containsExactlyElementsOf(
                        json("""
                        [{"bn":"urn:dev:ow:10e2073a0108006:",
                          "bt":1276020076.001,"bu":"A","n":"voltage","u":"V",
                          "v":120.1},
                         {"n":"current","t":-5,"v":1.2},
                         {"n":"current","t":-4,"v":1.3}]\
                        """)
                                .values());
    }

    @Test
    void a_time_below_two_to_the_28_counts_from_now_and_one_at_it_from_1970() {
        assertThat(json("[{\"n\":\"a\",\"v\":1},{\"n\":\"b\",\"t\":-60.5,\"v\":1}]").values())
                .extracting(SenMlValue::when)
                .containsExactly(new When.Ago(0), new When.Ago(60_500));
        assertThat(json("[{\"n\":\"a\",\"t\":268435455,\"v\":1}]").values().getFirst().when())
                .isEqualTo(new When.Ago(-268_435_455_000L));
        assertThat(json("[{\"n\":\"a\",\"t\":268435456,\"v\":1}]").values().getFirst().when())
                .isEqualTo(new When.Epoch(268_435_456_000L));
    }

    @Test
    void base_values_are_added_and_base_fields_live_until_they_change() {
        var pack =
                json(
                        """
                        [{"bn":"p/","bv":20,"bu":"Cel"},{"n":"a","v":1.5},
                         {"bn":"q/","n":"b","v":2},{"bv":0,"n":"c","v":3}]\
                        """);

        assertThat(pack.values())
                .extracting(SenMlValue::name, SenMlValue::said, SenMlValue::unit)
                .containsExactly(
                        tuple("p/a", new Said.Amount(21.5), "Cel"),
                        tuple("q/b", new Said.Amount(22), "Cel"),
                        tuple("q/c", new Said.Amount(3), "Cel"));
    }

    @Test
    void texts_bytes_and_sums_are_read_and_left_out() {
        var pack =
                json(
                        """
                        [{"n":"a","vs":"x"},{"n":"b","vd":"aGk"},{"n":"c","s":12.5},
                         {"n":"d","vb":true},{"n":"e","v":1,"ut":30,"bs":2}]\
                        """);

        assertThat(pack.values())
                .extracting(SenMlValue::said)
                .containsExactly(new Said.Switch(true), new Said.Amount(1));
    }

    @Test
    void a_sequence_is_no_value() {
        var pack = json("[{\"bn\":\"p/\",\"n\":\"seq\",\"v\":17},{\"n\":\"a\",\"v\":1}]");

        assertThat(pack.sequence()).isEqualTo(OptionalLong.of(17));
        assertThat(pack.values()).extracting(SenMlValue::name).containsExactly("p/a");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "[]|the pack has no record",
                "{}|a pack is an array of records",
                "[1]|a pack is an array of records, each a map",
                "[{\"n\":\"a\",\"v\":1}] 1|something follows the pack",
                "[{\"v\":1}]|a record has no name",
                "[{\"n\":\"a\"}]|a record has neither a value nor a sum",
                "[{\"n\":\"a\",\"v\":1,\"vb\":true}]|a record has two values",
                "[{\"n\":\"a\",\"v\":1,\"v\":2}]|a record has v twice",
                "[{\"n\":\"a\",\"v\":\"1\"}]|v is not a number",
                "[{\"n\":\"a\",\"v\":1e400}]|v is not a finite number",
                "[{\"n\":\"a\",\"vb\":1}]|vb is neither true nor false",
                "[{\"n\":\"a b\",\"v\":1}]|a name has a character RFC 8428 does not allow",
                "[{\"n\":\"-a\",\"v\":1}]|a name has a character RFC 8428 does not allow",
                "[{\"n\":\"a\",\"v\":1,\"x_\":2}]|a label that ends in _ is not known here",
                "[{\"n\":\"a\",\"v\":1,\"bver\":11}]|bver is not 10: a version this gateway does"
                        + " not know",
                "[{\"n\":\"a\",\"v\":1},{\"n\":\"a\",\"v\":2}]|two records have the same name and"
                        + " time",
                "[{\"n\":\"a\",\"v\":1,\"t\":1e12}]|a time is too far away",
                "[{\"n\":\"seq\",\"v\":1.5}]|seq is not a whole number from 0 to 2^53",
                "[{\"n\":\"a\",\"v\":1e308,\"bv\":1e308}]|a value with its base value is too large"
            })
    void what_the_standard_forbids_is_refused_with_its_reason(String body, String why) {
        assertThat(SenMl.read(SenMl.Form.JSON, body.getBytes(UTF_8)))
                .isEqualTo(new SenMl.Refused(why));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{\"n\":\"a\",\"v\":NaN}]",
                "[{\"n\":\"a\",\"v\":1}",
                "[{\"n\":\"a\",\"v\":1}]}",
                "[{\"n\":\"a\",\"v\":1,\"x\":[[[1]]]}]",
                ""
            })
    void what_is_no_json_is_refused(String body) {
        assertThat(SenMl.read(SenMl.Form.JSON, body.getBytes(UTF_8)))
                .isInstanceOf(SenMl.Refused.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "81a2006161 02f97e00", // half NaN
                "81a2006161 02f97c00", // half infinity
                "81a2006161 02fa7f800000",
                "81a2006161 02fb7ff8000000000000",
                "81a2006161", // cut
                "9fa200616102 01", // without its break
                "81a300616102010201", // v twice
                "81bf", // endless map that ends
                "81a20061610281818181818101"
            })
    void cbor_that_is_no_number_or_no_pack_is_refused(String hex) {
        assertThat(SenMl.read(SenMl.Form.CBOR, HexFormat.of().parseHex(hex.replace(" ", ""))))
                .isInstanceOf(SenMl.Refused.class);
    }

    @Test
    void cbor_of_indefinite_length_and_decimal_fractions_is_read() {
        // [_ {_ 0: "a", 2: 4([-1, 45])}]
        var pack =
                SenMl.read(SenMl.Form.CBOR, HexFormat.of().parseHex("9fbf00616102c48220182dffff"));

        assertThat(((SenMlPack) pack).values().getFirst().said()).isEqualTo(new Said.Amount(4.5));
    }

    @Test
    void sixty_four_records_are_a_pack_and_one_more_is_not() {
        assertThat(SenMl.read(SenMl.Form.JSON, records(64))).isInstanceOf(SenMlPack.class);
        assertThat(SenMl.read(SenMl.Form.JSON, records(65)))
                .isEqualTo(new SenMl.Refused("a pack may have 64 records"));
        assertThat(SenMl.read(SenMl.Form.JSON, new byte[SenMl.BODY_BYTES_MAX + 1]))
                .isEqualTo(new SenMl.Refused("a body may have 8192 bytes"));
    }

    @Test
    void paths_of_lwm2m_may_begin_with_a_slash_and_nothing_else_may() {
        assertThat(
                        json("[{\"bn\":\"/3303/0/\",\"n\":\"5700\",\"v\":4}]")
                                .values()
                                .getFirst()
                                .name())
                .isEqualTo("/3303/0/5700");
        assertThat(SenMl.read(SenMl.Form.JSON, "[{\"n\":\"/etc\",\"v\":4}]".getBytes(UTF_8)))
                .isInstanceOf(SenMl.Refused.class);
    }

    private static byte[] records(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "{\"n\":\"a\",\"t\":-" + i + ",\"v\":1}")
                .collect(Collectors.joining(",", "[", "]"))
                .getBytes(UTF_8);
    }

    private static SenMlPack json(String text) {
        return (SenMlPack) SenMl.read(SenMl.Form.JSON, text.getBytes(UTF_8));
    }
}
