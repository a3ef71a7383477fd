package org.mingchu.sensors.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** The pointers of RFC 6901 section 5 over its own document. */
final class PlaceTest {
    private static final String DOCUMENT =
            """
            {"foo":["bar","baz"],"":0,"a/b":1,"c%d":2,"e^f":3,"g|h":4,"i\\\\j":5,"k\\"l":6,\
            " ":7,"m~n":8,"~1":9}\
            """;

    @ParameterizedTest
    @CsvSource({
        "/, 0",
        "/a~1b, 1",
        "/c%d, 2",
        "/e^f, 3",
        "/g|h, 4",
        "/i\\j, 5",
        "'/k\"l', 6",
        "'/ ', 7",
        "/m~0n, 8",
        "/~01, 9"
    })
    void the_pointers_of_the_rfc_find_their_values(String pointer, int value) throws Exception {
        assertThat(at(pointer)).isEqualTo(Scalar.ofText(Integer.toString(value)));
    }

    @Test
    void an_index_finds_an_item_and_the_whole_is_a_heap() throws Exception {
        assertThat(at("/foo/0")).isEqualTo(new Scalar.Word("bar"));
        assertThat(at("/foo")).isEqualTo(new Scalar.Heap());
        assertThat(at("")).isEqualTo(new Scalar.Heap());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/foo/2", "/foo/-", "/foo/00", "/foo/bar", "/nothing", "/a"})
    void what_is_not_there_is_not_found(String pointer) throws Exception {
        var place = Place.of(pointer).orElseThrow();
        assertThat(new Picker(List.of(place)).pick(bytes())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"foo", "/~", "/~2", "/a~"})
    void what_is_no_pointer_is_refused(String pointer) {
        assertThat(Place.of(pointer)).isEmpty();
    }

    private static Scalar at(String pointer) throws Picker.Unreadable {
        var place = Place.of(pointer).orElseThrow();
        var found = new Picker(List.of(place)).pick(bytes()).get(place);
        assertThat(found).isNotNull();
        return java.util.Objects.requireNonNull(found);
    }

    private static byte[] bytes() {
        return DOCUMENT.getBytes(StandardCharsets.UTF_8);
    }
}
