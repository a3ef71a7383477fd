package org.mingchu.sensors.camera.picture;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;

import org.junit.jupiter.api.Test;
import org.mingchu.sensors.Proof;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Anything at all may come for a picture: it gives a verdict, soon, and nothing is thrown. */
final class SnapshotFuzzTest {
    /** Tiny pictures of each kind: 4:2:0, 4:4:4, grey, restart marks, progressive. */
    private static final List<String> SEEDS =
            List.of("colour", "full-colour", "grey", "restarts", "progressive", "thumbnail");

    /** Of the processor, so that a busy machine does not count. */
    private static final Duration EACH_MAX = Duration.ofSeconds(1);

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Test
    void no_mutation_of_a_picture_throws_or_takes_a_second() {
        var seed = Long.getLong("mingchu.seed", 20261123L);
        var chance = new Random(seed);
        var seeds = SEEDS.stream().map(SnapshotFuzzTest::seed).toList();
        for (var count = 0; count < Proof.pick(150, 3_000, 3_000); count++) {
            var bytes = mutated(seeds.get(chance.nextInt(seeds.size())), seeds, chance);
            var from = THREADS.getCurrentThreadCpuTime();
            try {
                SnapshotFuzz.fuzzerTestOneInput(bytes);
            } catch (RuntimeException | Error e) {
                throw new AssertionError("seed " + seed + " input " + count, e);
            }
            var took = Duration.ofNanos(THREADS.getCurrentThreadCpuTime() - from);
            assertThat(took).as("seed %d input %d", seed, count).isLessThan(EACH_MAX);
        }
    }

    @Test
    void the_seeds_are_what_they_are_named() {
        var seen = new ArrayList<String>();
        for (var name : SEEDS) {
            if (Snapshot.decode(seed(name)) instanceof Snapshot.Seen) {
                seen.add(name);
            }
        }
        assertThat(seen).containsExactly("colour", "full-colour", "grey", "restarts", "thumbnail");
    }

    @Test
    void the_largest_picture_that_is_read_is_read_in_bounded_memory() {
        var jpeg = seed("colour").clone();
        for (var i = 2; i < jpeg.length - 9; i++) {
            if (jpeg[i] == (byte) 0xFF && jpeg[i + 1] == (byte) 0xC0) {
                jpeg[i + 5] = 4000 >> 8;
                jpeg[i + 6] = (byte) 4000;
                jpeg[i + 7] = 3000 >> 8;
                jpeg[i + 8] = (byte) 3000;
            }
        }
        Snapshot.decode(jpeg);
        var before = THREADS.getCurrentThreadAllocatedBytes();
        assertThat(Snapshot.decode(jpeg)).isInstanceOf(Snapshot.Unreadable.class);
        assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).isLessThan(14L << 20);
    }

    private static byte[] mutated(byte[] seed, List<byte[]> seeds, Random chance) {
        var bytes = seed.clone();
        for (var i = chance.nextInt(8); i >= 0; i--) {
            bytes = step(bytes, seeds, chance);
        }
        return bytes;
    }

    private static byte[] step(byte[] bytes, List<byte[]> seeds, Random chance) {
        if (bytes.length < 2) {
            return seeds.getFirst().clone();
        }
        var at = chance.nextInt(bytes.length);
        switch (chance.nextInt(6)) {
            case 0 -> bytes[at] = (byte) chance.nextInt();
            case 1 -> bytes[at] ^= (byte) (1 << chance.nextInt(8));
            case 2 -> bytes[chance.nextInt(Math.min(bytes.length, 700))] = (byte) chance.nextInt();
            case 3 -> {
                return Arrays.copyOf(bytes, at);
            }
            case 4 -> {
                bytes[at] = (byte) 0xFF;
                bytes[Math.min(at + 1, bytes.length - 1)] = (byte) (0xC0 + chance.nextInt(64));
            }
            default -> {
                var other = seeds.get(chance.nextInt(seeds.size()));
                var length = chance.nextInt(Math.min(bytes.length - at, other.length));
                System.arraycopy(other, chance.nextInt(other.length - length), bytes, at, length);
            }
        }
        return bytes;
    }

    private static byte[] seed(String name) {
        try (InputStream in =
                SnapshotFuzzTest.class.getResourceAsStream("/pictures/seeds/" + name + ".jpg")) {
            return Optional.ofNullable(in).orElseThrow().readAllBytes();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
