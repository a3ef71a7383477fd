package org.mingchu.sensors.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mingchu.config.CameraVerdict.HEALTHY;
import static org.mingchu.config.CameraVerdict.NO_ANSWER;
import static org.mingchu.config.CameraVerdict.PLANNED_OFF;
import static org.mingchu.config.CameraVerdict.UNKNOWN;
import static org.mingchu.config.CameraVerdict.UNREACHABLE;

import org.junit.jupiter.api.Test;
import org.mingchu.config.CameraVerdict;
import org.mingchu.config.Hours;
import org.mingchu.sensors.camera.Uptime.Share;
import org.mingchu.sensors.camera.Uptime.Sight;
import org.mingchu.sensors.camera.Uptime.Span;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

final class UptimeTest {
    private static final ZoneId BEIJING = ZoneId.of("Asia/Shanghai");
    private static final Instant MIDNIGHT = at("2026-11-23T00:00");
    private static final Instant NEXT = at("2026-11-24T00:00");

    private static final Hours WEEK =
            new Hours(
                    List.of(
                            new Hours.Opening(
                                    EnumSet.allOf(DayOfWeek.class),
                                    LocalTime.of(6, 0),
                                    LocalTime.of(14, 0))),
                    List.of());

    /** F30. */
    @Test
    void thirty_seven_minutes_of_outage_in_a_day_are_97_43_percent() {
        var uptime = outage("2026-11-23T05:50", "2026-11-23T06:27", NO_ANSWER);

        assertThat(uptime.share(MIDNIGHT, NEXT))
                .isEqualTo(
                        new Share(
                                Duration.ofMinutes(1403),
                                Duration.ofMinutes(37),
                                Duration.ZERO,
                                Duration.ZERO));
        assertThat(uptime.share(MIDNIGHT, NEXT).upHundredths()).contains(9743L);
    }

    @Test
    void of_the_same_day_the_open_hours_have_their_own_share() {
        var open =
                outage("2026-11-23T05:50", "2026-11-23T06:27", NO_ANSWER)
                        .open(MIDNIGHT, NEXT, WEEK, BEIJING);

        assertThat(open.up()).isEqualTo(Duration.ofMinutes(453));
        assertThat(open.down()).isEqualTo(Duration.ofMinutes(27));
        assertThat(open.upHundredths()).contains(9437L);
    }

    @Test
    void unknown_and_planned_off_are_no_outage_and_are_stated_apart() {
        var unknown = outage("2026-11-23T01:00", "2026-11-23T02:00", UNKNOWN);
        assertThat(unknown.share(MIDNIGHT, NEXT).upHundredths()).contains(10_000L);
        assertThat(unknown.share(MIDNIGHT, NEXT).unknown()).isEqualTo(Duration.ofHours(1));

        var off = outage("2026-11-23T01:00", "2026-11-23T02:00", PLANNED_OFF);
        assertThat(off.share(MIDNIGHT, NEXT).upHundredths()).contains(10_000L);
        assertThat(off.share(MIDNIGHT, NEXT).plannedOff()).isEqualTo(Duration.ofHours(1));
        assertThat(off.share(MIDNIGHT, NEXT).unknown()).isZero();
    }

    @Test
    void time_that_nobody_looked_at_is_unknown() {
        var sights =
                List.of(
                        new Sight(at("2026-11-23T00:00"), HEALTHY),
                        new Sight(at("2026-11-23T00:01"), UNREACHABLE),
                        new Sight(at("2026-11-23T10:00"), HEALTHY));
        var share = Uptime.of(sights, Duration.ofMinutes(2)).share(MIDNIGHT, NEXT);

        assertThat(share)
                .isEqualTo(
                        new Share(
                                Duration.ofMinutes(3),
                                Duration.ofMinutes(2),
                                Duration.ofMinutes(24 * 60 - 5),
                                Duration.ZERO));
        assertThat(new Uptime(List.of()).share(MIDNIGHT, NEXT).upHundredths()).isEmpty();
    }

    @Test
    void a_second_of_outage_is_never_rounded_away() {
        var uptime = outage("2026-11-23T05:50:00", "2026-11-23T05:50:01", NO_ANSWER);

        assertThat(uptime.share(MIDNIGHT, NEXT).upHundredths()).contains(9999L);
    }

    @Test
    void closed_days_have_no_open_hours_and_a_site_without_hours_is_open_all_day() {
        var uptime = outage("2026-11-23T05:50", "2026-11-23T06:27", NO_ANSWER);
        var closed =
                new Hours(
                        WEEK.weekly(),
                        List.of(
                                new Hours.Closure(
                                        LocalDate.of(2026, 11, 20),
                                        LocalDate.of(2026, 11, 23),
                                        "holiday")));

        assertThat(uptime.open(MIDNIGHT, NEXT, closed, BEIJING).upHundredths()).isEmpty();
        assertThat(uptime.open(MIDNIGHT, NEXT, new Hours(List.of(), List.of()), BEIJING))
                .isEqualTo(uptime.share(MIDNIGHT, NEXT));
    }

    @Test
    void openings_cross_midnight_overlap_and_are_counted_once() {
        var hours =
                new Hours(
                        List.of(
                                opening(DayOfWeek.SUNDAY, "22:00", "02:00"),
                                opening(DayOfWeek.MONDAY, "01:00", "03:00"),
                                opening(DayOfWeek.MONDAY, "23:00", "01:00")),
                        List.of());
        var open =
                outage("2026-11-23T02:30", "2026-11-23T04:00", NO_ANSWER)
                        .open(MIDNIGHT, NEXT, hours, BEIJING);

        assertThat(open.up()).isEqualTo(Duration.ofMinutes(150 + 60));
        assertThat(open.down()).isEqualTo(Duration.ofMinutes(30));
    }

    /** Berlin skips from 2:00 to 3:00 on 29 March 2026. */
    @Test
    void the_night_to_summer_time_has_the_hours_it_has() {
        var berlin = ZoneId.of("Europe/Berlin");
        var from = LocalDateTime.parse("2026-03-29T00:00").atZone(berlin).toInstant();
        var until = LocalDateTime.parse("2026-03-30T00:00").atZone(berlin).toInstant();
        var up = new Uptime(List.of(new Span(from, until, HEALTHY)));
        var night = new Hours(List.of(opening(DayOfWeek.SUNDAY, "01:00", "04:00")), List.of());
        var skipped = new Hours(List.of(opening(DayOfWeek.SUNDAY, "02:30", "03:00")), List.of());

        assertThat(up.open(from, until, night, berlin).up()).isEqualTo(Duration.ofHours(2));
        assertThat(up.open(from, until, skipped, berlin).up()).isZero();
    }

    @Test
    void two_verdicts_at_once_are_the_callers_mistake() {
        var one = new Span(MIDNIGHT, NEXT, HEALTHY);

        assertThatThrownBy(() -> new Uptime(List.of(one, one)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Span(NEXT, MIDNIGHT, HEALTHY))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void the_parts_always_make_up_the_whole_and_open_is_never_more() {
        var chance = new Random(20261123);
        for (int i = 0; i < 500; i++) {
            var sights = new ArrayList<Sight>();
            var at = MIDNIGHT.minusSeconds(chance.nextInt(7200));
            while (at.isBefore(NEXT)) {
                var all = CameraVerdict.values();
                sights.add(new Sight(at, all[chance.nextInt(all.length)]));
                at = at.plusSeconds(1 + chance.nextInt(7200));
            }
            var uptime = Uptime.of(sights, Duration.ofSeconds(1 + chance.nextInt(7200)));
            var share = uptime.share(MIDNIGHT, NEXT);
            var open = uptime.open(MIDNIGHT, NEXT, WEEK, BEIJING);

            assertThat(whole(share)).isEqualTo(Duration.ofDays(1));
            assertThat(whole(open)).isEqualTo(Duration.ofHours(8));
            assertThat(open.up()).isLessThanOrEqualTo(share.up());
            assertThat(open.unknown().isNegative()).isFalse();
            assertThat(open.unknown()).isLessThanOrEqualTo(share.unknown());
        }
    }

    private static Duration whole(Share share) {
        return share.up().plus(share.down()).plus(share.unknown()).plus(share.plannedOff());
    }

    private static Uptime outage(String from, String until, CameraVerdict verdict) {
        return new Uptime(
                List.of(
                        new Span(at(until), NEXT, HEALTHY),
                        new Span(at("2026-11-22T00:00"), at(from), HEALTHY),
                        new Span(at(from), at(until), verdict)));
    }

    private static Hours.Opening opening(DayOfWeek day, String from, String to) {
        return new Hours.Opening(Set.of(day), LocalTime.parse(from), LocalTime.parse(to));
    }

    private static Instant at(String local) {
        return LocalDateTime.parse(local).atZone(BEIJING).toInstant();
    }
}
