package org.mingchu.gateway.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.mingchu.config.CameraVerdict;

import java.io.IOException;
import java.util.List;
import java.util.Map;

final class WordingTest {
    static final List<String> LANGUAGES = Wording.LANGUAGES;

    @ParameterizedTest
    @FieldSource("LANGUAGES")
    void a_camera_is_called_what_the_kitchens_page_calls_it(String language) throws IOException {
        var wording = Wording.in(language);
        var page = page(language);
        for (var verdict : CameraVerdict.values()) {
            var finding =
                    new Finding(
                            "camera",
                            "cam-hot",
                            Status.FAIL,
                            "stream",
                            Map.of("word", verdict.word()));
            assertThat(page)
                    .contains(
                            "\"verdict."
                                    + verdict.word()
                                    + "\": \""
                                    + wording.cause(finding)
                                    + '"');
        }
    }

    private static String page(String language) throws IOException {
        try (var in = WordingTest.class.getResourceAsStream("../show/" + language + ".json")) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }
}
