package org.mingchu.sensors.camera.picture;

import org.mingchu.sensors.camera.picture.JpegMarkers.Refusal;

import java.io.ByteArrayOutputStream;
import java.util.Optional;

/**
 * A photograph with nothing in it but what is seen: where and when it was taken, by what device,
 * its thumbnail and whatever else a camera writes beside the picture are left out. Nothing is
 * decoded: the segments that a decoder needs are copied (ITU-T T.81), all others are not.
 * Immutable.
 */
public final class PlainJpeg {
    /** Longest photograph that is taken, in bytes. */
    public static final int BYTES_MAX = JpegHead.BYTES_MAX;

    private static final int MARK = 0xFF;
    private static final int EOI = 0xD9;
    private static final int SOS = 0xDA;
    private static final int COM = 0xFE;
    private static final int APP_0 = 0xE0;
    private static final int APP_15 = 0xEF;

    /** Says whether the colours are turned; a few bytes that identify nobody. */
    private static final int APP_14 = 0xEE;

    private final byte[] bytes;

    private PlainJpeg(byte[] bytes) {
        this.bytes = bytes;
    }

    /** What came of it. */
    public sealed interface Outcome {}

    /** It is one. */
    public record Plain(PlainJpeg picture) implements Outcome {}

    /**
     * It is none that is taken.
     *
     * @param reason one line
     */
    public record Refused(String reason) implements Outcome {}

    /** The photograph without what does not belong to it. */
    public static Outcome of(byte[] jpeg) {
        return switch (JpegMarkers.read(jpeg)) {
            case Refusal(var reason) -> new Refused(reason);
            case JpegHead head ->
                    plain(jpeg, head.end())
                            .<Outcome>map(bytes -> new Plain(new PlainJpeg(bytes)))
                            .orElseGet(() -> new Refused("damaged in its head"));
        };
    }

    /** The markers have been walked before, so each length is within the bytes. */
    private static Optional<byte[]> plain(byte[] jpeg, int end) {
        var out = new ByteArrayOutputStream(end);
        out.write(jpeg, 0, 2);
        var at = 2;
        while (at + 4 <= end) {
            if ((jpeg[at] & MARK) != MARK) {
                return Optional.empty();
            }
            var marker = jpeg[at + 1] & MARK;
            if (marker == MARK) {
                at++; // a marker may be filled up with further ones
                continue;
            }
            var length = 2 + ((jpeg[at + 2] & MARK) << Byte.SIZE | (jpeg[at + 3] & MARK));
            if (at + length > end) {
                return Optional.empty();
            }
            if (marker == SOS) {
                scan(jpeg, at, at + length, end, out);
                return Optional.of(out.toByteArray());
            }
            if (isPicture(marker)) {
                out.write(jpeg, at, length);
            }
            at += length;
        }
        return Optional.empty();
    }

    private static boolean isPicture(int marker) {
        return marker == APP_14 || (marker != COM && (marker < APP_0 || marker > APP_15));
    }

    /** The one scan, and an end of our own: what stands between the two is no picture. */
    private static void scan(byte[] jpeg, int from, int data, int end, ByteArrayOutputStream out) {
        var to = data;
        while (to + 1 < end && !JpegMarkers.endsScan(jpeg[to] & MARK, jpeg[to + 1] & MARK)) {
            to++;
        }
        out.write(jpeg, from, (to + 1 < end ? to : end) - from);
        out.write(MARK);
        out.write(EOI);
    }

    /** Its bytes; a copy. */
    public byte[] bytes() {
        return bytes.clone();
    }
}
