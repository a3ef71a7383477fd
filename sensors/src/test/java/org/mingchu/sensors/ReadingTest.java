package org.mingchu.sensors;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.mingchu.config.Quantity;

import java.util.Set;

class ReadingTest {
    @Test
    void an_age_is_told_in_whole_milliseconds() {
        assertThat(aged(0, 499_999)).isZero();
        assertThat(aged(0, 500_000)).isEqualTo(1_000_000);
        assertThat(aged(3_000_000, 1_400_000)).isEqualTo(4_000_000);
        assertThat(aged(0, 0)).isZero();
    }

    private static long aged(long ageNs, long waitedNs) {
        var reading = new Reading.Measured("s", Quantity.TEMPERATURE, 1, 2, ageNs, Set.of());
        return ((Reading.Measured) reading.older(waitedNs)).ageNs();
    }
}
