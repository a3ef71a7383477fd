package org.mingchu.simulator.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BrokerFilterTest {
    /** Most rows are the examples of MQTT 5 sections 4.7.1 and 4.7.2. */
    @ParameterizedTest
    @CsvSource({
        "sport/tennis/player1/#, sport/tennis/player1, true",
        "sport/tennis/player1/#, sport/tennis/player1/score/wimbledon, true",
        "sport/tennis/player1/#, sport/tennis/player2, false",
        "sport/#, sport, true",
        "#, sport, true",
        "sport/tennis/+, sport/tennis/player1, true",
        "sport/tennis/+, sport/tennis/player1/ranking, false",
        "sport/+, sport, false",
        "sport/+, sport/, true",
        "+/+, /finance, true",
        "/+, /finance, true",
        "+, /finance, false",
        "+/#, sport, true",
        "#, $SYS/uptime, false",
        "+/uptime, $SYS/uptime, false",
        "$SYS/#, $SYS/uptime, true",
        "a/b, a/b/c, false",
        "a/b/c, a/b, false",
    })
    void a_filter_matches_as_the_standard_says(String filter, String topic, boolean matches) {
        assertThat(BrokerFilter.matches(filter, topic)).isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource({
        "#, true",
        "+, true",
        "a/+/c, true",
        "a/#, true",
        "a/#/c, false",
        "a#, false",
        "a+/b, false",
    })
    void wildcards_stand_alone_in_their_level(String filter, boolean valid) {
        assertThat(BrokerFilter.isValid(filter)).isEqualTo(valid);
    }
}
