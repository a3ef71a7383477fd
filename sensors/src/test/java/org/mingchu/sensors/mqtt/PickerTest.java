package org.mingchu.sensors.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;

final class PickerTest {
    private static final Place A = Place.at("a");

    @Test
    void of_several_places_each_is_picked_in_one_pass() throws Exception {
        var deep = Place.at("b", "c");
        var picked =
                new Picker(List.of(A, deep, Place.at("none")))
                        .pick(utf8("{\"x\":[1,{}],\"b\":{\"d\":{},\"c\":\"2.5\"},\"a\":true}"));
        assertThat(picked)
                .containsOnly(
                        java.util.Map.entry(A, new Scalar.Truth(true)),
                        java.util.Map.entry(deep, new Scalar.Num(new BigDecimal("2.5"))));
    }

    @Test
    void of_the_items_of_an_array_the_largest_number_counts() throws Exception {
        var rssi = Place.at("rx").each("rssi");
        var picked =
                new Picker(List.of(rssi))
                        .pick(utf8("{\"rx\":[{\"rssi\":-97},{\"rssi\":-36},{\"rssi\":-120},{}]}"));
        assertThat(picked.get(rssi)).isEqualTo(new Scalar.Num(new BigDecimal("-36")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "{\"a\":1",
                "{\"a\":1}}",
                "{\"a\":1} x",
                "{\"a\":1,\"a\":2}",
                "{\"a\":01}",
                "{\"a\":NaN}",
                "{'a':1}",
                "\u0000",
                "{\"a\":1e}"
            })
    void what_is_not_json_is_unreadable(String payload) {
        assertThatThrownBy(() -> new Picker(List.of(A)).pick(utf8(payload)))
                .isInstanceOf(Picker.Unreadable.class)
                .hasMessageNotContaining("\"a\"");
    }

    @Test
    void sixteen_levels_are_read_and_seventeen_are_not() throws Exception {
        assertThat(new Picker(List.of(A)).pick(nested(15))).containsKey(A);
        assertThatThrownBy(() -> new Picker(List.of(A)).pick(nested(16)))
                .isInstanceOf(Picker.Unreadable.class);
    }

    @Test
    void sixty_four_kibibytes_are_read_and_one_byte_more_is_not() throws Exception {
        var full = "{\"a\":1,\"b\":\"" + "x".repeat(Picker.BYTES_MAX - 14) + "\"}";
        assertThat(utf8(full)).hasSize(Picker.BYTES_MAX);
        assertThat(new Picker(List.of(A)).pick(utf8(full))).containsKey(A);
        assertThatThrownBy(() -> new Picker(List.of(A)).pick(utf8(full + " ")))
                .isInstanceOf(Picker.Unreadable.class);
    }

    /** Arrays below one object. */
    private static byte[] nested(int arrays) {
        return utf8("{\"a\":1,\"b\":" + "[".repeat(arrays) + "]".repeat(arrays) + "}");
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
