package org.mingchu.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mingchu.config.Checked;
import org.mingchu.config.Plan;
import org.mingchu.config.PlanReader;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.Role;
import org.mingchu.gateway.judge.Strength;
import org.mingchu.gateway.keep.Places;
import org.mingchu.gateway.show.By;
import org.mingchu.gateway.tend.ExitCode;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import javax.imageio.ImageIO;

/** Somebody brings a picture of the place where a probe hangs. */
class PlaceDeskTest {
    private static final Path ETC = Path.of("src/main/etc");
    private static final Map<String, Role> PEOPLE =
            Map.of("p-01", Role.MANAGER, "p-03", Role.STAFF);

    @TempDir private Path state;

    private final List<Fact> kept = new ArrayList<>();
    private boolean diskTakesIt = true;

    @Test
    void what_is_kept_is_what_the_record_has_the_hash_of() throws Exception {
        var told = desk().told(words("fridge-1-air", "p-01", jpeg()));

        assertThat(told.exitCode()).as(told.lines().toString()).isEqualTo(ExitCode.OK);
        var picture = new Places(state).of("fridge-1-air").orElseThrow();
        var hash = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(picture));
        assertThat(kept)
                .singleElement()
                .isInstanceOfSatisfying(
                        Fact.PlacePictured.class,
                        fact -> {
                            assertThat(fact.sensor()).isEqualTo("fridge-1-air");
                            assertThat(fact.sha256()).isEqualTo(hash);
                            assertThat(fact.bytes()).isEqualTo(picture.length);
                            assertThat(fact.person().strength()).isEqualTo(Strength.TAP);
                        });
        assertThat(told.lines().getFirst()).contains(hash);
    }

    @Test
    void what_cannot_be_is_refused_and_nothing_is_kept() throws IOException {
        assertThat(refused(words("fridge-9-air", "p-01", jpeg()))).contains("mingchu sensors list");
        assertThat(refused(words("fridge-1-air", "p-09", jpeg()))).contains("no such person");
        assertThat(refused(words("fridge-1-air", "p-03", jpeg())))
                .contains("it takes a technician");
        assertThat(refused(words("fridge-1-air", "p-01", new byte[] {1, 2, 3})))
                .contains("not a JPEG");
        assertThat(desk().told(Map.of("sensor", "fridge-1-air", "by", "p-01", "jpeg", "*")).ok())
                .isFalse();
        assertThat(kept).isEmpty();
        assertThat(new Places(state).sensors()).isEmpty();
    }

    @Test
    void a_picture_that_the_record_does_not_take_is_said_as_not_recorded() throws IOException {
        diskTakesIt = false;
        assertThat(refused(words("fridge-1-air", "p-01", jpeg()))).contains("not-kept");
    }

    @Test
    void the_page_has_a_word_for_each_refusal() throws IOException {
        var album = desk().album();
        assertThat(album.picture().apply("fridge-1-air")).isEmpty();
        assertThat(album.taking().of("fridge-1-air", jpeg(), by("p-01"))).isEmpty();
        assertThat(album.picture().apply("fridge-1-air")).isPresent();
        assertThat(album.taking().of("fridge-1-air", new byte[3], by("p-01")))
                .contains("bad-picture");
        assertThat(album.taking().of("fridge-9-air", jpeg(), by("p-01")))
                .contains("no-such-sensor");
        assertThat(album.taking().of("fridge-1-air", jpeg(), by("p-03"))).contains("not-your-role");
        assertThat(album.taking().of("fridge-1-air", jpeg(), by("p-09")))
                .contains("no-such-person");
    }

    private static By by(String person) {
        return new By(person, Strength.PIN);
    }

    private String refused(Map<String, String> words) {
        var told = desk().told(words);
        assertThat(told.exitCode()).isEqualTo(ExitCode.CHECK_FAILED);
        return told.lines().getFirst();
    }

    private static Map<String, String> words(String sensor, String by, byte[] jpeg) {
        return Map.of("sensor", sensor, "by", by, "jpeg", Base64.getEncoder().encodeToString(jpeg));
    }

    private PlaceDesk desk() {
        var read = PlanReader.read(ETC.resolve("samples/mini.toml"), ETC.resolve("rules"));
        return switch (read) {
            case Checked.Good<Plan>(var plan, _) ->
                    new PlaceDesk(
                            plan,
                            new Places(state),
                            person -> Optional.ofNullable(PEOPLE.get(person)),
                            this::keep);
            case Checked.Bad<Plan>(var problems) -> throw new AssertionError(problems);
        };
    }

    private CompletableFuture<?> keep(Fact fact) {
        if (!diskTakesIt) {
            return CompletableFuture.failedFuture(new IllegalStateException("the disk is full"));
        }
        kept.add(fact);
        return CompletableFuture.completedFuture(fact);
    }

    private static byte[] jpeg() throws IOException {
        var out = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(160, 120, BufferedImage.TYPE_INT_RGB), "jpeg", out);
        return out.toByteArray();
    }
}
