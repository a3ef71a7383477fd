package org.mingchu.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.IntStream;

final class RecordingTest {
    private static final long MINUTE = Calendar.MINUTE_MS;
    private static final long HOUR = Calendar.HOUR_MS;

    @Test
    void a_line_has_its_time_with_offset_and_what_each_probe_showed() {
        var weather = Kitchens.eight(1);
        var same = Kitchens.eight(1);
        var lines = lines(Recording.of(weather, Duration.ofMinutes(15)), weather, HOUR);
        assertThat(lines).hasSize(6);
        assertThat(lines.getFirst())
                .isEqualTo(
                        "time,cold-1,cold-2,freezer-1,freezer-2,upright-1,samples-1,hot-1,hot-2");
        assertThat(lines).element(1).asString().startsWith("2026-01-05T00:00:00+08:00,");
        var last = lines.getLast().split(",", -1);
        assertThat(last[0]).isEqualTo("2026-01-05T01:00:00+08:00");
        same.advanceTo(HOUR);
        for (int i = 0; i < same.ids().size(); i++) {
            double shown = same.temperatureMilliCelsius(same.ids().get(i)) / 1000.0;
            assertThat(Double.parseDouble(last[i + 1])).isEqualTo(shown);
        }
    }

    @Test
    void sensors_have_the_names_and_the_order_they_are_given() {
        var columns = new LinkedHashMap<String, String>();
        columns.put("upright-1", "柜-air");
        columns.put("cold-1", "cold-1-air");
        var recording =
                new Recording(
                        Recording.A_MONDAY, Duration.ofMinutes(1), columns, Recording.Flaws.NONE);
        assertThat(lines(recording, Kitchens.eight(1), 0))
                .element(0)
                .isEqualTo("time,柜-air,cold-1-air");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 60, 900})
    void any_interval_gives_every_line_that_is_due(int seconds) {
        var weather = Kitchens.eight(1);
        var lines = lines(Recording.of(weather, Duration.ofSeconds(seconds)), weather, HOUR);
        assertThat(lines).hasSize(2 + 3600 / seconds);
        var times = lines.stream().skip(1).map(RecordingTest::time).toList();
        for (int i = 1; i < times.size(); i++) {
            assertThat(Duration.between(times.get(i - 1), times.get(i)))
                    .isEqualTo(Duration.ofSeconds(seconds));
        }
    }

    @Test
    void a_silent_sensor_is_an_empty_cell_and_a_lie_is_written_down() {
        var weather = Kitchens.eight(1);
        weather.obey(new Command.Probe("cold-1", ProbeState.UNPLUGGED));
        weather.obey(new Command.Probe("cold-2", ProbeState.POWER_ON));
        weather.obey(new Command.Probe("freezer-1", ProbeState.WEAK_POWER));
        var line = lines(Recording.of(weather, Duration.ofMinutes(1)), weather, 0).getLast();
        assertThat(line).startsWith("2026-01-05T00:00:00+08:00,,85.000,127.937,-1");
    }

    @Test
    void nothing_is_written_while_the_gateway_has_no_power() {
        var story =
                List.of(
                        new At(HOUR, new Command.GatewayOff()),
                        new At(3 * HOUR, new Command.GatewayOn()));
        var weather = Kitchens.eight(1, story);
        var lines = lines(Recording.of(weather, Duration.ofMinutes(1)), weather, 4 * HOUR);
        assertThat(lines).hasSize(1 + 241 - 120);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void gaps_and_jitter_come_from_a_seed_and_stay_within_their_bounds(long seed) {
        var flaws = new Recording.Flaws(seed, 6, Duration.ofMinutes(90), Duration.ofSeconds(20));
        var first = Kitchens.eight(1);
        var second = Kitchens.eight(1);
        var recording = Recording.of(first, Duration.ofMinutes(1)).with(flaws);
        var lines = lines(recording, first, 3 * Calendar.DAY_MS);
        assertThat(lines(recording, second, 3 * Calendar.DAY_MS)).isEqualTo(lines);
        var times = lines.stream().skip(1).map(RecordingTest::time).toList();
        var betweenMs =
                IntStream.range(1, times.size())
                        .mapToLong(i -> Duration.between(times.get(i - 1), times.get(i)).toMillis())
                        .boxed()
                        .toList();
        assertThat(betweenMs).allMatch(ms -> ms >= 40_000 && ms <= 92 * MINUTE * 2);
        assertThat(betweenMs).anyMatch(ms -> ms != MINUTE);
        assertThat(betweenMs.stream().filter(ms -> ms > 3 * MINUTE).count()).isBetween(6L, 30L);
    }

    @Test
    void what_cannot_be_recorded_is_refused() {
        var weather = Kitchens.eight(1);
        assertThatThrownBy(() -> Recording.of(weather, Duration.ofMillis(500)))
                .hasMessageContaining("1s to 1h");
        var flaws = new Recording.Flaws(1, 0, Duration.ZERO, Duration.ofMinutes(2));
        var recording = Recording.of(weather, Duration.ofMinutes(1));
        assertThatThrownBy(() -> recording.with(flaws)).hasMessageContaining("jitter");
        assertThatThrownBy(() -> new Recording.Flaws(1, -1, Duration.ZERO, Duration.ZERO))
                .hasMessageContaining("gaps");
    }

    @Test
    void a_warehouses_year_is_a_recording_like_any_other() {
        var warehouse = Warehouse.of(1, 7);
        var weather = warehouse.weather();
        var lines =
                lines(
                        Recording.of(weather, Duration.ofMillis(Warehouse.PERIOD_MS)),
                        weather,
                        7 * Calendar.DAY_MS);
        assertThat(lines).hasSize(2 + 7 * 96);
        assertThat(lines.getFirst()).startsWith("time,dock-1,dock-2,deep-1,deep-2,freezer-1,");
    }

    private static List<String> lines(Recording recording, Weather weather, long untilMs) {
        return recording.text(weather, untilMs).lines().toList();
    }

    private static OffsetDateTime time(String line) {
        return OffsetDateTime.parse(line.split(",", 2)[0]);
    }
}
