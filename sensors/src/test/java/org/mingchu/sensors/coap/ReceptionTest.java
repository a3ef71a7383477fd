package org.mingchu.sensors.coap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;
import org.mingchu.config.Calibration;
import org.mingchu.config.Quantity;
import org.mingchu.config.SensorPlan;
import org.mingchu.config.Source;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Correction;
import org.mingchu.sensors.Fault;
import org.mingchu.sensors.Flag;
import org.mingchu.sensors.HandClock;
import org.mingchu.sensors.Reading;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

final class ReceptionTest {
    private static final String PROBE = "probe-1";

    private final HandClock clock = new HandClock();
    private final Shelf shelf = new Shelf();
    private final List<Reading.Measured> told = new ArrayList<>();
    private final Reception reception =
            new Reception(
                    new Roster(
                            List.of(
                                    sensor("air", Quantity.TEMPERATURE, "temp"),
                                    sensor(
                                            "wet",
                                            Quantity.HUMIDITY,
                                            "urn:dev:mac:0024befffe804ff1:hum"),
                                    sensor("core", Quantity.TEMPERATURE, "3303/1/5700"),
                                    sensor("cell", Quantity.BATTERY, "3/0/9"),
                                    sensor("radio", Quantity.SIGNAL, "/4/0/2"),
                                    sensor("link", Quantity.LINK, "lqi"),
                                    inverted())),
                    shelf,
                    clock,
                    told::add);

    @Test
    void a_value_is_found_by_full_name_own_name_and_path() {
        assertThat(
                        post(
                                """
                                [{"bn":"urn:dev:mac:0024befffe804ff1:","n":"temp","u":"Cel","v":4.25},
                                 {"n":"hum","u":"%RH","v":81},
                                 {"bn":"/","n":"3303/1/5700","v":3.5},
                                 {"n":"3/0/9","u":"%","v":87},{"n":"4/0/2","v":-71},
                                 {"bn":"x/","n":"other","v":1}]\
                                """))
                .isInstanceOf(Answer.Kept.class);
        assertThat(shelf.values())
                .extracting(Reading.Measured::subject, Reading.Measured::milli)
                .containsExactly(
                        tuple("air", 4_250L),
                        tuple("wet", 81_000L),
                        tuple("core", 3_500L),
                        tuple("cell", 87_000L),
                        tuple("radio", -71_000L));
        assertThat(shelf.rounds()).as("one time, one round").hasSize(1);
        assertThat(told).as("for those who observe").hasSize(5);
    }

    @Test
    void kelvin_becomes_celsius_per_cent_a_part_of_one_and_a_contact_turns() {
        post(
                "[{\"n\":\"temp\",\"u\":\"K\",\"v\":277.4},{\"n\":\"lqi\",\"u\":\"%\",\"v\":40},{\"n\":\"door\",\"vb\":true}]");

        assertThat(shelf.values())
                .extracting(Reading.Measured::rawMilli, Reading.Measured::milli)
                .containsExactly(tuple(4_250L, 4_250L), tuple(40_000L, 40_000L), tuple(1_000L, 0L));
    }

    @Test
    void a_wrong_or_missing_unit_refuses_the_pack_whole() {
        assertThat(
                        post(
                                "[{\"n\":\"lqi\",\"u\":\"/\",\"v\":1},{\"n\":\"temp\",\"u\":\"degF\",\"v\":40}]"))
                .isEqualTo(new Answer.Refused("temp: temperature is in Cel, not in that"));
        assertThat(post("[{\"n\":\"temp\",\"v\":40}]"))
                .isEqualTo(
                        new Answer.Refused(
                                "temp: temperature is in Cel, and the record has no unit"));
        assertThat(post("[{\"n\":\"temp\",\"vb\":true}]"))
                .isEqualTo(new Answer.Refused("temp: temperature is a number, not true or false"));
        assertThat(shelf.rounds()).isEmpty();
    }

    @Test
    void a_value_that_cannot_be_is_silence_of_its_sensor_alone() {
        post("[{\"n\":\"temp\",\"u\":\"Cel\",\"v\":-300},{\"n\":\"lqi\",\"u\":\"/\",\"v\":0.5}]");

        assertThat(shelf.rounds().getFirst())
                .anySatisfy(r ->
                        assertThat(r)
                                .isInstanceOfSatisfying(
                                        Reading.Silent.class,
                                        s -> assertThat(s.fault()).isEqualTo(Fault.OUT_OF_RANGE)));
        assertThat(shelf.values()).hasSize(1);
    }

    @Test
    void names_that_nobody_reads_are_foreign() {
        assertThat(post("[{\"n\":\"pressure\",\"u\":\"Pa\",\"v\":1}]"))
                .isEqualTo(new Answer.Foreign("no sensor of this site reads pressure"));
        assertThat(take("nobody", "[{\"n\":\"temp\",\"v\":1}]", OptionalLong.empty()).join())
                .isInstanceOf(Answer.Foreign.class);
    }

    @Test
    void a_buffer_comes_in_rounds_of_its_own_times_the_oldest_first() {
        post(
                "[{\"bn\":\"temp\",\"bu\":\"Cel\"},{\"t\":0,\"v\":3},{\"t\":-600,\"v\":1},{\"t\":-300,\"v\":2}]");

        assertThat(shelf.rounds()).hasSize(3);
        assertThat(shelf.values())
                .extracting(
                        Reading.Measured::milli, Reading.Measured::ageNs, Reading.Measured::flags)
                .containsExactly(
                        tuple(1_000L, Duration.ofMinutes(10).toNanos(), Set.of(Flag.BACKFILLED)),
                        tuple(2_000L, Duration.ofMinutes(5).toNanos(), Set.of(Flag.BACKFILLED)),
                        tuple(3_000L, 0L, Set.of()));
    }

    @Test
    void what_is_older_than_the_newest_is_late_however_young_it_is() {
        post("[{\"n\":\"temp\",\"u\":\"Cel\",\"v\":3}]");
        clock.add(30_000);
        post("[{\"n\":\"temp\",\"u\":\"Cel\",\"t\":-45,\"v\":2}]");
        post("[{\"n\":\"temp\",\"u\":\"Cel\",\"t\":-10,\"v\":4}]");

        assertThat(shelf.values())
                .extracting(Reading.Measured::flags)
                .containsExactly(Set.of(), Set.of(Flag.BACKFILLED), Set.of());
    }

    @Test
    void three_days_arrive_at_their_own_times_and_again_store_nothing() {
        var packs = new ArrayList<String>();
        var newestS = HandClock.START_WALL_MS / 1_000;
        for (var from = 0; from < 3 * 24 * 60; from += 60) {
            var pack = new StringBuilder("[{\"bn\":\"temp\",\"bu\":\"Cel\"}");
            for (var i = from; i < from + 60; i++) {
                pack.append(",{\"t\":")
                        .append(newestS - 60L * i)
                        .append(",\"v\":")
                        .append(i % 10)
                        .append('}');
            }
            packs.add(pack.append(']').toString());
        }
        for (var round = 0; round < 2; round++) {
            // the second time at another moment: what was told is known by its own time
            packs.forEach(p -> assertThat(post(p)).isInstanceOf(Answer.Kept.class));
            clock.wall(HandClock.START_WALL_MS + 5_000, ClockState.SYNCED);
            clock.add(5_000);
            // the gateway remembers the last 4,096 records of a probe
            packs.subList(0, 5).clear();
        }

        assertThat(shelf.values()).hasSize(3 * 24 * 60);
        assertThat(shelf.values().stream().mapToLong(Reading.Measured::ageNs).max())
                .hasValue(Duration.ofMinutes(3 * 24 * 60 - 1).toNanos());
    }

    @Test
    void a_clock_ahead_by_more_than_two_minutes_is_refused_and_a_little_is_now() {
        var nowS = HandClock.START_WALL_MS / 1_000;

        assertThat(post("[{\"n\":\"temp\",\"u\":\"Cel\",\"t\":" + (nowS + 121) + ",\"v\":3}]"))
                .isEqualTo(
                        new Answer.Refused("a time is more than 2 minutes ahead: set the clock"));
        post("[{\"n\":\"temp\",\"u\":\"Cel\",\"t\":" + (nowS + 119) + ",\"v\":3}]");
        assertThat(shelf.values().getFirst().ageNs()).isZero();
        assertThat(post("[{\"n\":\"temp\",\"u\":\"Cel\",\"t\":946684800,\"v\":3}]"))
                .isEqualTo(new Answer.Refused("a time is more than 31 days ago: set the clock"));
    }

    @Test
    void without_a_clock_of_its_own_the_gateway_takes_ages_and_puts_off_times() {
        clock.wall(5_000, ClockState.UNSYNCED);

        assertThat(post("[{\"n\":\"temp\",\"u\":\"Cel\",\"t\":1795392000,\"v\":3}]"))
                .isEqualTo(new Answer.Busy("the gateway's clock is not set yet"));
        assertThat(post("[{\"n\":\"temp\",\"u\":\"Cel\",\"t\":-5,\"v\":3}]"))
                .isInstanceOf(Answer.Kept.class);
    }

    @Test
    void the_same_count_with_the_same_bytes_is_stored_once_at_any_time() {
        var body = "[{\"n\":\"temp\",\"u\":\"Cel\",\"v\":3},{\"n\":\"seq\",\"v\":7}]";
        post(body);
        clock.add(600_000);
        assertThat(post(body)).isInstanceOf(Answer.Kept.class);

        assertThat(shelf.values()).hasSize(1);
    }

    @Test
    void the_same_count_with_an_age_that_has_grown_is_stored_once() {
        take(PROBE, "[{\"n\":\"temp\",\"u\":\"Cel\",\"t\":-1,\"v\":3}]", OptionalLong.of(7)).join();
        clock.add(60_000);
        take(PROBE, "[{\"n\":\"temp\",\"u\":\"Cel\",\"t\":-62,\"v\":3}]", OptionalLong.of(7))
                .join();

        assertThat(shelf.values()).hasSize(1);
    }

    @Test
    void a_probe_that_counts_from_the_start_again_is_heard() {
        take(PROBE, "[{\"n\":\"temp\",\"u\":\"Cel\",\"v\":3}]", OptionalLong.of(1)).join();
        clock.add(60_000);
        take(PROBE, "[{\"n\":\"temp\",\"u\":\"Cel\",\"v\":4}]", OptionalLong.of(1)).join();

        assertThat(shelf.values()).hasSize(2);
    }

    @Test
    void nothing_is_told_as_kept_before_it_is() {
        shelf.mood(Shelf.Mood.WAITS);
        var answer = take(PROBE, "[{\"n\":\"temp\",\"u\":\"Cel\",\"v\":3}]", OptionalLong.of(1));
        var again = take(PROBE, "[{\"n\":\"temp\",\"u\":\"Cel\",\"v\":3}]", OptionalLong.of(1));

        assertThat(answer).isNotDone();
        assertThat(again).isNotDone();
        assertThat(told).isEmpty();
        assertThat(shelf.values()).as("told twice, handed in once").hasSize(1);
        shelf.commit();
        assertThat(answer).isCompletedWithValue(new Answer.Kept());
        assertThat(again).isCompletedWithValue(new Answer.Kept());
    }

    @Test
    void what_was_not_kept_may_come_again() {
        shelf.mood(Shelf.Mood.FULL);
        assertThat(
                        take(PROBE, "[{\"n\":\"temp\",\"u\":\"Cel\",\"v\":3}]", OptionalLong.of(1))
                                .join())
                .isInstanceOf(Answer.Busy.class);
        shelf.mood(Shelf.Mood.KEEPS);
        assertThat(
                        take(PROBE, "[{\"n\":\"temp\",\"u\":\"Cel\",\"v\":3}]", OptionalLong.of(1))
                                .join())
                .isInstanceOf(Answer.Kept.class);

        assertThat(shelf.values()).hasSize(1);
    }

    @Test
    void a_probe_cannot_fill_memory_with_what_waits() {
        shelf.mood(Shelf.Mood.WAITS);
        var answers = new ArrayList<CompletableFuture<Answer>>();
        for (var i = 0; i < Ledger.UNDER_WAY_MAX + 5; i++) {
            answers.add(
                    take(PROBE, "[{\"n\":\"temp\",\"u\":\"Cel\",\"v\":3}]", OptionalLong.empty()));
        }

        assertThat(answers.stream().filter(CompletableFuture::isDone).map(CompletableFuture::join))
                .hasSize(5)
                .allMatch(Answer.Busy.class::isInstance);
        shelf.commit();
        assertThat(answers).allMatch(CompletableFuture::isDone);
    }

    private Answer post(String body) {
        return take(PROBE, body, OptionalLong.empty()).join();
    }

    private CompletableFuture<Answer> take(String identity, String body, OptionalLong sequence) {
        return reception.take(
                new Told(identity, Told.Proven.YES, SenMl.Form.JSON, sequence),
                body.getBytes(UTF_8));
    }

    private CoapSensor sensor(String id, Quantity quantity, String name) {
        return Rig.sensor(id, quantity, PROBE, name, clock);
    }

    private CoapSensor inverted() {
        var plan =
                new SensorPlan(
                        "door",
                        Quantity.DOOR,
                        new Source.Coap(PROBE, "door"),
                        Optional.empty(),
                        Calibration.NONE,
                        true);
        return new CoapSensor(
                plan, new Correction(plan.calibration(), Set.of(), clock, ZoneOffset.UTC));
    }
}
