package org.mingchu.gateway.judge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.UUID;

/** The name of one alarm for ever. */
class AlarmIdTest {
    @Test
    void it_is_made_as_rfc_9562_says_and_never_changes() {
        // printf '9f2c61d07b3a4e55\nfreezer-1-air\nfreezer-high\n17980' | sha256sum, then
        // version 8 and variant 10 set by hand
        var id = AlarmId.of("9f2c61d07b3a4e55", "freezer-1-air", "freezer-high", 17_980);
        assertThat(id)
                .isEqualTo(new AlarmId(UUID.fromString("eda49b0f-0ec1-8a17-97c9-f89f3cb07235")));
        assertThat(id).hasToString("eda49b0f-0ec1-8a17-97c9-f89f3cb07235");
        assertThat(id.value().version()).isEqualTo(8);
        assertThat(id.value().variant()).isEqualTo(2);
    }

    @Test
    void each_part_makes_another_id() {
        var id = AlarmId.of("9f2c61d07b3a4e55", "freezer-1-air", "freezer-high", 17_980);
        assertThat(id)
                .isNotEqualTo(
                        AlarmId.of("9f2c61d07b3a4e56", "freezer-1-air", "freezer-high", 17_980))
                .isNotEqualTo(
                        AlarmId.of("9f2c61d07b3a4e55", "freezer-2-air", "freezer-high", 17_980))
                .isNotEqualTo(
                        AlarmId.of("9f2c61d07b3a4e55", "freezer-1-air", "freezer-low", 17_980))
                .isNotEqualTo(
                        AlarmId.of("9f2c61d07b3a4e55", "freezer-1-air", "freezer-high", 17_981));
    }
}
