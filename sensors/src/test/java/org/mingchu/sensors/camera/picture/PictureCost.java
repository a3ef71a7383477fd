package org.mingchu.sensors.camera.picture;

import com.sun.management.ThreadMXBean;

import org.mingchu.simulator.wire.SceneCamera;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

import javax.imageio.ImageIO;

/**
 * What one picture costs, in milliseconds of one processor and megabytes of heap for a moment:
 * decoded as the room does it, decoded whole by {@code ImageIO.read}, and decoded and judged.
 * Medians of one run, so that the ratio holds on a busy machine too.
 */
public final class PictureCost {
    private static final ThreadMXBean THREAD = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int ROUNDS = 100;
    private static final double MS = 1e6;
    private static final double MB = 1 << 20;

    private PictureCost() {}

    public static void main(String[] arguments) {
        System.out.println(
                "| picture | kB | decoded here, ms | decoded whole, ms | ratio"
                        + " | decoded and judged, ms | MB |");
        System.out.println("|---|---:|---:|---:|---:|---:|---:|");
        for (var width : new int[] {640, 1280, 1920, 3840}) {
            System.out.println(row(width, width * 9 / 16));
        }
    }

    private static String row(int width, int height) {
        var camera = SceneCamera.kitchen(width, height, 7);
        var jpegs = IntStream.range(0, 4).mapToObj(i -> shot(camera, i)).toList();
        var health = new PictureHealth(Optional.empty(), Optional.empty());
        var here = new double[ROUNDS];
        var whole = new double[ROUNDS];
        var all = new double[ROUNDS];
        var bytes = new double[ROUNDS];
        for (var i = 0; i < ROUNDS; i++) {
            var jpeg = jpegs.get(i % jpegs.size());
            var upNs = i * 60_000_000_000L;
            here[i] = ms(() -> Snapshot.decode(jpeg));
            whole[i] = ms(() -> decodeWhole(jpeg));
            var before = THREAD.getCurrentThreadAllocatedBytes();
            all[i] = ms(() -> health.next(jpeg, upNs, Opening.OPEN));
            bytes[i] = THREAD.getCurrentThreadAllocatedBytes() - before;
        }
        return String.format(
                Locale.ROOT,
                "| %dx%d | %d | %.1f | %.1f | %.2f | %.1f | %.1f |",
                width,
                height,
                jpegs.getFirst().length >> 10,
                median(here),
                median(whole),
                median(here) / median(whole),
                median(all),
                median(bytes) / MB);
    }

    private static byte[] shot(SceneCamera camera, int minute) {
        return camera.snapshot(Instant.EPOCH.plusSeconds(60L * minute));
    }

    private static void decodeWhole(byte[] jpeg) {
        try {
            ImageIO.read(new ByteArrayInputStream(jpeg));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static double ms(Runnable work) {
        var from = THREAD.getCurrentThreadCpuTime();
        work.run();
        return (THREAD.getCurrentThreadCpuTime() - from) / MS;
    }

    private static double median(double[] values) {
        return Arrays.stream(values).sorted().toArray()[values.length / 2];
    }
}
