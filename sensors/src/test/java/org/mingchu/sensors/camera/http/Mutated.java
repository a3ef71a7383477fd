package org.mingchu.sensors.camera.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;

/**
 * Feeds a parser with the seeds of a folder of {@code fuzz} and with what becomes of them by
 * chance. A failure names the seed of its chance.
 */
public final class Mutated {
    private static final int EDITS_MAX = 6;
    private static final int GROWTH_MAX = 64 * 1024;

    private final List<byte[]> seeds;
    private final Random chance;

    private Mutated(List<byte[]> seeds, Random chance) {
        this.seeds = seeds;
        this.chance = chance;
    }

    /** How long: half a second, or some; for minutes there is a fuzzer with eyes. */
    public static Duration time() {
        return switch (System.getProperty("mingchu.proof", "short")) {
            case "proof", "ci" -> Duration.ofSeconds(5);
            default -> Duration.ofMillis(400);
        };
    }

    /**
     * Runs the parser for {@link #time} on inputs that are the same for the same seed.
     *
     * @return how many inputs there were
     */
    public static int feed(String folder, long seed, Consumer<byte[]> parser) {
        var seeds = read(folder);
        seeds.forEach(parser);
        var mutated = new Mutated(seeds, new Random(seed));
        var endNs = System.nanoTime() + time().toNanos();
        var inputs = seeds.size();
        for (; System.nanoTime() < endNs; inputs++) {
            var input = mutated.next();
            try {
                parser.accept(input);
            } catch (RuntimeException | StackOverflowError e) {
                throw new AssertionError("seed " + seed + ", input " + inputs, e);
            }
        }
        return inputs;
    }

    private static List<byte[]> read(String folder) {
        var place = Optional.ofNullable(Mutated.class.getResource("/fuzz/" + folder));
        try (var files = Files.list(Path.of(place.orElseThrow().toURI()))) {
            return files.sorted().map(Mutated::bytes).toList();
        } catch (IOException | URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] next() {
        var bytes = one();
        for (int edits = chance.nextInt(EDITS_MAX); edits >= 0; edits--) {
            bytes = edited(bytes);
        }
        return bytes;
    }

    private byte[] one() {
        return seeds.get(chance.nextInt(seeds.size())).clone();
    }

    private byte[] edited(byte[] bytes) {
        var from = at(bytes);
        var until = Math.min(bytes.length, from + 1 + chance.nextInt(32));
        return switch (chance.nextInt(6)) {
            case 0 -> flipped(bytes, from);
            case 1 -> joined(bytes, from, new byte[0], until);
            case 2 -> joined(bytes, from, noise(), from);
            case 3 -> joined(bytes, until, part(bytes, from, until), until);
            case 4 -> repeated(bytes, from, until);
            default -> spliced(bytes, from);
        };
    }

    private int at(byte[] bytes) {
        return bytes.length == 0 ? 0 : chance.nextInt(bytes.length);
    }

    private byte[] flipped(byte[] bytes, int at) {
        if (at < bytes.length) {
            bytes[at] ^= (byte) (1 << chance.nextInt(8));
        }
        return bytes;
    }

    private byte[] noise() {
        var noise = new byte[1 + chance.nextInt(8)];
        chance.nextBytes(noise);
        return noise;
    }

    /** The same piece again and again: what grows, grows then. */
    private byte[] repeated(byte[] bytes, int from, int until) {
        var out = new ByteArrayOutputStream();
        var piece = part(bytes, from, until);
        for (int times = chance.nextInt(500);
                times >= 0 && out.size() < GROWTH_MAX && piece.length > 0;
                times--) {
            out.writeBytes(piece);
        }
        return joined(bytes, from, out.toByteArray(), until);
    }

    private byte[] spliced(byte[] bytes, int at) {
        var other = one();
        var from = at(other);
        return joined(bytes, at, part(other, from, other.length), bytes.length);
    }

    private static byte[] part(byte[] bytes, int from, int until) {
        return Arrays.copyOfRange(bytes, from, Math.max(from, until));
    }

    private static byte[] joined(byte[] bytes, int head, byte[] middle, int tail) {
        var out = new ByteArrayOutputStream();
        out.write(bytes, 0, head);
        out.writeBytes(middle);
        out.write(bytes, tail, bytes.length - tail);
        return out.toByteArray();
    }
}
