package org.mingchu.sensors.camera.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mingchu.config.CameraVerdict.BLACK;
import static org.mingchu.config.CameraVerdict.BLURRED;
import static org.mingchu.config.CameraVerdict.COVERED;
import static org.mingchu.config.CameraVerdict.FROZEN;
import static org.mingchu.config.CameraVerdict.HEALTHY;
import static org.mingchu.config.CameraVerdict.MOVED;
import static org.mingchu.config.CameraVerdict.NO_PICTURE;
import static org.mingchu.config.CameraVerdict.OVERLAY_STOPPED;
import static org.mingchu.config.CameraVerdict.UNKNOWN;

import org.junit.jupiter.api.Test;
import org.mingchu.sensors.Proof;
import org.mingchu.simulator.wire.SceneCamera;
import org.mingchu.simulator.wire.SceneFault;
import org.mingchu.simulator.wire.SceneLight;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import javax.imageio.ImageIO;

/**
 * Each fault by itself, in time, and gone again; and what is no fault. Times count from the moment
 * the fault begins, at worst a minute before the first picture that has it.
 */
final class PictureHealthTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void a_new_camera_is_unknown_until_five_pictures_agree() {
        var watched = new Watched(Watched.kitchen(1));
        assertThat(watched.sees(5)).containsOnly(UNKNOWN);
        assertThat(watched.sees(3)).containsOnly(HEALTHY);
    }

    @Test
    void one_bad_picture_among_the_first_does_not_become_the_baseline() {
        var watched = new Watched(Watched.kitchen(1));
        watched.sees(3);
        watched.begins(SceneFault.TURNED_AWAY).sees();
        watched.ends(SceneFault.TURNED_AWAY);
        watched.sees(6);
        assertThat(watched.sees(4)).containsOnly(HEALTHY);
        assertThat(watched.look().figures().orElseThrow().own().orElseThrow().keptPercent())
                .isGreaterThan(95);
    }

    @Test
    void a_frozen_picture_is_said_within_three_minutes_and_gone_with_the_second_living_one() {
        var watched = Watched.atHome().begins(SceneFault.FROZEN);
        assertThat(watched.until(FROZEN, Duration.ofMinutes(3)).orElseThrow())
                .isLessThanOrEqualTo(Duration.ofMinutes(3));
        assertThat(watched.sees(3)).containsOnly(FROZEN);
        watched.ends(SceneFault.FROZEN);
        assertThat(watched.sees(2)).containsExactly(FROZEN, HEALTHY);
    }

    @Test
    void a_frozen_picture_under_a_running_clock_is_frozen() {
        var watched = Watched.atHome().begins(SceneFault.FROZEN_UNDER_CLOCK);
        assertThat(watched.until(FROZEN, Duration.ofMinutes(3))).isPresent();
    }

    @Test
    void asked_six_times_a_minute_a_frozen_picture_is_still_said_within_three_minutes() {
        var watched = Watched.atHome().every(Duration.ofSeconds(10));
        watched.sees(6);
        watched.begins(SceneFault.FROZEN);
        assertThat(watched.until(FROZEN, Duration.ofMinutes(3))).isPresent();
    }

    @Test
    void a_camera_that_gives_each_picture_for_a_minute_is_not_frozen() {
        var watched = Watched.atHome().every(Duration.ofSeconds(20));
        watched.camera.cache(MINUTE);
        assertThat(watched.sees(20)).doesNotContain(FROZEN);
    }

    @Test
    void a_noise_filter_that_leaves_hardly_anything_is_not_frozen_by_day_nor_by_night() {
        var watched = Watched.atHome().begins(SceneFault.DENOISED);
        assertThat(watched.sees(10)).containsOnly(HEALTHY);
        assertThat(watched.night(SceneLight.INFRARED).sees(10)).containsOnly(HEALTHY);
    }

    @Test
    void a_camera_frozen_from_its_first_picture_is_frozen() {
        var watched = new Watched(Watched.kitchen(6)).begins(SceneFault.FROZEN);
        assertThat(watched.sees(3)).containsExactly(UNKNOWN, UNKNOWN, FROZEN);
    }

    @Test
    void black_is_a_fault_in_opening_hours_after_three_minutes() {
        var watched = Watched.atHome().begins(SceneFault.BLACK);
        assertThat(watched.sees(3)).containsOnly(HEALTHY);
        assertThat(watched.sees()).isEqualTo(BLACK);
        watched.ends(SceneFault.BLACK);
        assertThat(watched.sees(3)).containsExactly(BLACK, BLACK, HEALTHY);
    }

    @Test
    void lamps_off_in_a_closed_kitchen_without_infrared_is_no_fault() {
        var watched = Watched.atHome().night(SceneLight.DARK);
        assertThat(watched.sees(12)).containsOnly(HEALTHY);
        assertThat(watched.look().reason()).contains("too little light");
        assertThat(watched.night(SceneLight.EXIT_LAMP).sees(12)).containsOnly(HEALTHY);
        assertThat(watched.day().sees(12)).containsOnly(HEALTHY);
    }

    @Test
    void black_that_began_in_opening_hours_ends_with_them() {
        var watched = Watched.atHome().light(SceneLight.DARK);
        watched.sees(4);
        assertThat(watched.sees()).isEqualTo(BLACK);
        watched.night(SceneLight.DARK).sees(3);
        assertThat(watched.sees()).isEqualTo(HEALTHY);
    }

    @Test
    void tape_and_a_bag_over_the_lens_are_said_within_five_minutes() {
        for (var cover : new SceneFault[] {SceneFault.COVERED, SceneFault.BAGGED}) {
            var watched = Watched.atHome().begins(cover);
            assertThat(watched.until(COVERED, Duration.ofMinutes(5)).orElseThrow())
                    .as("%s", cover)
                    .isLessThanOrEqualTo(Duration.ofMinutes(5));
            watched.ends(cover);
            assertThat(watched.sees(3)).containsExactly(COVERED, COVERED, HEALTHY);
        }
    }

    @Test
    void a_cover_over_the_infrared_lamps_does_not_become_the_first_night() {
        var watched = new Watched(Watched.kitchen(10));
        watched.sees(7);
        watched.begins(SceneFault.BAGGED).night(SceneLight.INFRARED).sees(8);
        watched.ends(SceneFault.BAGGED);
        assertThat(watched.sees(10)).doesNotContain(MOVED, COVERED, BLURRED);
    }

    @Test
    void what_was_covered_stays_so_while_it_is_too_dark_to_say() {
        var watched = Watched.atHome().begins(SceneFault.COVERED);
        watched.sees(5);
        watched.night(SceneLight.DARK).begins(SceneFault.BLACK);
        assertThat(watched.sees(6)).containsOnly(COVERED);
    }

    @Test
    void a_turned_camera_is_said_after_ten_minutes() {
        for (var turn : new SceneFault[] {SceneFault.MOVED, SceneFault.TURNED_AWAY}) {
            var watched = Watched.atHome().begins(turn);
            assertThat(watched.sees(10)).as("%s", turn).containsOnly(HEALTHY);
            assertThat(watched.sees()).as("%s", turn).isEqualTo(MOVED);
            watched.ends(turn);
            assertThat(watched.sees(3)).containsExactly(MOVED, MOVED, HEALTHY);
        }
    }

    @Test
    void the_shift_says_where_the_view_has_gone() {
        var watched = Watched.atHome().begins(SceneFault.MOVED);
        var shift = watched.look().figures().flatMap(Figures::own).flatMap(Figures.Against::shift);
        assertThat(shift.orElseThrow().rightPercent()).isBetween(10.0, 15.0);
        assertThat(shift.orElseThrow().downPercent()).isZero();
    }

    @Test
    void a_camera_put_up_anew_is_learned_when_somebody_says_so() {
        var watched = Watched.atHome().begins(SceneFault.TURNED_AWAY);
        watched.sees(11);
        assertThat(watched.sees()).isEqualTo(MOVED);
        watched.health().relearn();
        assertThat(watched.sees(3)).containsOnly(UNKNOWN);
        watched.sees(3);
        assertThat(watched.sees(12)).containsOnly(HEALTHY);
    }

    @Test
    void a_lens_out_of_focus_and_one_with_grease_are_blurred_after_hours() {
        for (var lens : new SceneFault[] {SceneFault.DEFOCUSED, SceneFault.GREASY}) {
            var watched = Watched.atHome().begins(lens).every(Duration.ofMinutes(30));
            assertThat(watched.sees(8)).as("%s", lens).containsOnly(HEALTHY);
            assertThat(watched.sees()).as("%s", lens).isEqualTo(BLURRED);
            watched.ends(lens);
            assertThat(watched.sees(3)).containsExactly(BLURRED, BLURRED, HEALTHY);
        }
    }

    @Test
    void a_written_time_that_stands_is_found_without_being_told_where_it_is() {
        var watched = Watched.atHome();
        watched.sees(32);
        watched.begins(SceneFault.CLOCK_STOPPED);
        assertThat(watched.sees(5)).containsOnly(HEALTHY);
        assertThat(watched.sees()).isEqualTo(OVERLAY_STOPPED);
        watched.ends(SceneFault.CLOCK_STOPPED);
        assertThat(watched.sees(3)).containsExactly(OVERLAY_STOPPED, OVERLAY_STOPPED, HEALTHY);
        watched.restarts().begins(SceneFault.CLOCK_STOPPED);
        assertThat(watched.until(OVERLAY_STOPPED, Duration.ofMinutes(8)))
                .as("where it is survives a restart")
                .isPresent();
    }

    @Test
    void a_written_time_in_a_known_place_is_watched_from_the_start() {
        var region = Optional.of(new Region(0, 0, 500, 120));
        var watched = new Watched(Watched.kitchen(16), Optional.empty(), region);
        watched.sees(7);
        watched.begins(SceneFault.CLOCK_STOPPED);
        assertThat(watched.until(OVERLAY_STOPPED, Duration.ofMinutes(7))).isPresent();
    }

    @Test
    void day_night_and_day_again_is_no_fault() {
        var watched = Watched.atHome();
        for (var i = 0; i < Proof.pick(1, 4, 20); i++) {
            assertThat(watched.light(SceneLight.EVENING).sees(6)).containsOnly(HEALTHY);
            assertThat(watched.night(SceneLight.INFRARED).sees(14)).containsOnly(HEALTHY);
            assertThat(watched.day().sees(14)).containsOnly(HEALTHY);
        }
    }

    @Test
    void cooks_and_steam_are_no_fault() {
        var watched = Watched.atHome().begins(SceneFault.PEOPLE, SceneFault.STEAM);
        assertThat(watched.sees(Proof.pick(20, 240, 600))).containsOnly(HEALTHY);
    }

    @Test
    void a_stingy_encoder_is_no_fault() {
        var watched = Watched.atHome().begins(SceneFault.ARTEFACTS);
        assertThat(watched.sees(14)).containsOnly(HEALTHY);
    }

    /** Ten hours: a picture a minute in the longer forms. */
    @Test
    void a_closed_kitchen_at_night_has_no_fault() {
        for (var light : List.of(SceneLight.INFRARED, SceneLight.DARK, SceneLight.EXIT_LAMP)) {
            var watched = Watched.atHome().night(light);
            watched.every(Duration.ofMinutes(Proof.pick(40, 1, 1)));
            for (var filter : List.of(SceneFault.DENOISED, SceneFault.ARTEFACTS)) {
                assertThat(watched.begins(filter).sees(Proof.pick(8, 300, 300)))
                        .as("%s %s", light, filter)
                        .containsOnly(HEALTHY);
                watched.ends(filter);
            }
            assertThat(watched.every(MINUTE).day().sees(4)).containsOnly(HEALTHY);
        }
    }

    @Test
    void after_a_restart_it_is_unknown_until_the_second_picture_shows_life() {
        var watched = Watched.atHome().restarts();
        assertThat(watched.sees(2)).containsExactly(UNKNOWN, HEALTHY);
        watched.restarts().begins(SceneFault.COVERED);
        assertThat(watched.sees(4)).containsExactly(UNKNOWN, UNKNOWN, UNKNOWN, COVERED);
    }

    @Test
    void pictures_that_do_not_come_or_cannot_be_read_are_no_picture() {
        var watched = Watched.atHome();
        assertThat(watched.missing("no answer").verdict()).isEqualTo(HEALTHY);
        assertThat(watched.look(new byte[] {1, 2, 3}).verdict()).isEqualTo(HEALTHY);
        var third = watched.look(new byte[0]);
        assertThat(third.verdict()).isEqualTo(NO_PICTURE);
        assertThat(third.reason()).isEqualTo("no picture: no bytes");
        assertThat(third.figures()).isEmpty();
        assertThat(watched.sees(2)).containsExactly(NO_PICTURE, HEALTHY);
    }

    @Test
    void half_a_file_is_no_picture() {
        var watched = Watched.atHome().begins(SceneFault.TRUNCATED);
        assertThat(watched.sees(3)).containsExactly(HEALTHY, HEALTHY, NO_PICTURE);
    }

    @Test
    void a_single_bad_picture_changes_nothing() {
        var watched = Watched.atHome();
        for (var fault :
                new SceneFault[] {
                    SceneFault.BLACK,
                    SceneFault.COVERED,
                    SceneFault.TURNED_AWAY,
                    SceneFault.DEFOCUSED,
                    SceneFault.TRUNCATED
                }) {
            assertThat(watched.begins(fault).sees()).as("%s", fault).isEqualTo(HEALTHY);
            assertThat(watched.ends(fault).sees(2)).as("%s", fault).containsOnly(HEALTHY);
        }
    }

    @Test
    void one_picture_of_another_size_changes_nothing_and_five_begin_anew() {
        var watched = Watched.atHome();
        var large = SceneCamera.kitchen(1280, 720, 1);
        var first = watched.look(large.snapshot(Instant.EPOCH));
        assertThat(first.verdict()).isEqualTo(HEALTHY);
        assertThat(first.figures().orElseThrow().own()).isEmpty();
        assertThat(watched.sees(2)).containsOnly(HEALTHY);
        for (var i = 0; i < 4; i++) {
            assertThat(watched.look(large.snapshot(Instant.EPOCH)).verdict()).isEqualTo(HEALTHY);
        }
        for (var i = 0; i < 4; i++) {
            assertThat(watched.look(large.snapshot(Instant.EPOCH)).verdict()).isEqualTo(UNKNOWN);
        }
        watched.look(large.snapshot(Instant.EPOCH));
        assertThat(watched.look(large.snapshot(Instant.EPOCH)).verdict()).isEqualTo(HEALTHY);
    }

    @Test
    void a_white_lamp_in_a_black_picture_without_noise_is_not_frozen() throws IOException {
        var size = ((Snapshot.Seen) Snapshot.decode(Watched.atHome().snapshot())).picture().size();
        var image = new BufferedImage(size.width(), size.height(), BufferedImage.TYPE_INT_RGB);
        var lamp = image.createGraphics();
        lamp.fillRect(size.width() / 3, size.height() / 2, 20, 10);
        lamp.dispose();
        var jpeg = new ByteArrayOutputStream();
        ImageIO.write(image, "jpg", jpeg);
        var watched = Watched.atHome().night(SceneLight.DARK);
        for (var i = 0; i < 6; i++) {
            assertThat(watched.look(jpeg.toByteArray()).verdict()).isEqualTo(HEALTHY);
        }
    }

    @Test
    void a_baseline_is_given_out_to_be_kept_once_an_hour() {
        var watched = Watched.atHome();
        var now = Duration.ofHours(2).toNanos();
        assertThat(watched.health().toKeep(now)).isPresent();
        watched.sees();
        assertThat(watched.health().toKeep(now + MINUTE.toNanos())).isEmpty();
        var later = now + Duration.ofHours(1).toNanos();
        assertThat(watched.health().toKeep(later)).isPresent();
        assertThat(watched.health().toKeep(2 * later)).as("nothing new").isEmpty();
    }
}
