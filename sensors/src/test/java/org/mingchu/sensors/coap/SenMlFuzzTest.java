package org.mingchu.sensors.coap;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.mingchu.sensors.Proof;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** Bodies with a few bytes changed: a pack or a reason, and never anything else. */
final class SenMlFuzzTest {
    private static final long SEED = 20_261_130;

    /** A body of 8 kB takes some milliseconds at most, also on a machine that does other things. */
    private static final long ONE_NS_MAX = TimeUnit.SECONDS.toNanos(2);

    @Test
    void mutated_bodies_are_read_or_refused_in_time() throws IOException {
        var seeds = seeds();
        var chance = new Random(SEED);
        var packs = 0;
        for (var i = 0; i < Proof.pick(10_000, 100_000, 100_000); i++) {
            var body = mutated(seeds.get(chance.nextInt(seeds.size())), chance);
            var from = System.nanoTime();
            if (SenMl.read(form(body), body) instanceof SenMlPack) {
                packs++;
            }
            assertThat(System.nanoTime() - from)
                    .as("body %d of seed %d", i, SEED)
                    .isLessThan(ONE_NS_MAX);
        }
        assertThat(packs).as("bodies that are still packs").isPositive();
    }

    /** A body of CBOR begins with an array's head; everything else is tried as JSON. */
    private static SenMl.Form form(byte[] body) {
        return body.length > 0 && (body[0] & 0x80) != 0 ? SenMl.Form.CBOR : SenMl.Form.JSON;
    }

    static List<byte[]> seeds() throws IOException {
        var folder =
                Path.of(
                        Objects.requireNonNull(SenMlFuzzTest.class.getResource("/senml"))
                                .getPath());
        try (var files = Files.list(folder)) {
            return files.sorted().map(SenMlFuzzTest::bytes).toList();
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] mutated(byte[] seed, Random chance) {
        var body = seed.clone();
        for (var i = chance.nextInt(8); i > 0 && body.length > 0; i--) {
            var at = chance.nextInt(body.length);
            switch (chance.nextInt(4)) {
                case 0 -> body[at] = (byte) chance.nextInt(256);
                case 1 -> body[at] ^= (byte) (1 << chance.nextInt(8));
                case 2 -> body = Arrays.copyOf(body, at);
                default -> body = repeated(body, at, chance.nextInt(64));
            }
        }
        return body;
    }

    private static byte[] repeated(byte[] body, int at, int length) {
        var piece = Arrays.copyOfRange(body, at, Math.min(body.length, at + length));
        var longer = Arrays.copyOf(body, body.length + piece.length);
        System.arraycopy(body, at, longer, at + piece.length, body.length - at);
        System.arraycopy(piece, 0, longer, at, piece.length);
        return longer;
    }
}
