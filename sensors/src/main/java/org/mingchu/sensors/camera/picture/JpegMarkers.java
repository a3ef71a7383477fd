package org.mingchu.sensors.camera.picture;

import java.util.Locale;

/** Walks the markers of a JPEG (ITU-T T.81, annex B). One thread, one picture. */
final class JpegMarkers {
    private static final int MARK = 0xFF;
    private static final int SOI = 0xD8;
    private static final int EOI = 0xD9;
    private static final int SOS = 0xDA;
    private static final int DHT = 0xC4;
    private static final int SOF_0 = 0xC0;
    private static final int SOF_1 = 0xC1;
    private static final int SOF_2 = 0xC2;
    private static final int SOF_LAST = 0xCF;
    private static final int APP_14 = 0xEE;
    private static final int RST_0 = 0xD0;
    private static final int RST_7 = 0xD7;
    private static final int TEM = 0x01;

    private static final int BITS = 8;
    private static final int COMPONENTS = 3;
    private static final int FRAME_BYTES = 6;
    private static final int COMPONENT_BYTES = 3;
    private static final int SAMPLING_MAX = 4;
    private static final int ADOBE_BYTES = 12;
    private static final int ADOBE_TRANSFORM = 11;

    private final byte[] bytes;
    private int at = 2;
    private int width;
    private int height;
    private int components;
    private boolean rgb;
    private boolean scanned;

    /** The head, or why it is refused. */
    sealed interface Outcome permits JpegHead, Refusal {}

    /** Why a picture is not decoded, one line. */
    record Refusal(String reason) implements Outcome {}

    private JpegMarkers(byte[] bytes) {
        this.bytes = bytes;
    }

    static Outcome read(byte[] bytes) {
        if (bytes.length > JpegHead.BYTES_MAX) {
            return new Refusal("more than " + JpegHead.BYTES_MAX + " bytes");
        }
        if (bytes.length < 2 || (bytes[0] & MARK) != MARK || (bytes[1] & MARK) != SOI) {
            return new Refusal(bytes.length == 0 ? "no bytes" : "not a JPEG");
        }
        return new JpegMarkers(bytes).walk();
    }

    /** Each round moves on by two bytes or more. */
    private Outcome walk() {
        while (true) {
            var marker = marker();
            if (marker < 0) {
                return scanned ? head(bytes.length) : new Refusal("cut off before the picture");
            }
            if (marker == EOI) {
                return scanned ? head(at) : new Refusal("ends before the picture");
            }
            if (marker == TEM || (marker >= RST_0 && marker <= RST_7)) {
                continue;
            }
            var segment = at + 2 <= bytes.length ? two(at) : 0;
            if (segment < 2 || segment > bytes.length - at) {
                return new Refusal("cut off or damaged in its head");
            }
            var refused = segment(marker, at + 2, segment - 2);
            if (!refused.isEmpty()) {
                return new Refusal(refused);
            }
            at += segment;
            if (marker == SOS) {
                skipScan();
            }
        }
    }

    /** The next marker, with {@code at} behind it; -1 when there is none. */
    private int marker() {
        while (at + 1 < bytes.length) {
            var first = bytes[at++] & MARK;
            if (first == MARK && bytes[at] != 0 && (bytes[at] & MARK) != MARK) {
                return bytes[at++] & MARK;
            }
        }
        return -1;
    }

    private void skipScan() {
        scanned = true;
        while (at + 1 < bytes.length && !endsScan(bytes[at] & MARK, bytes[at + 1] & MARK)) {
            at++;
        }
    }

    /** Whether a marker is here that is none of the scan's own. */
    static boolean endsScan(int first, int second) {
        return first == MARK && second != 0 && second != MARK && (second < RST_0 || second > RST_7);
    }

    /** Why it is refused; empty when it is not. */
    private String segment(int marker, int from, int length) {
        return switch (marker) {
            case SOF_0, SOF_1 -> frame(from, length);
            case SOF_2 -> "progressive: no camera's picture";
            case SOS -> scan(from, length);
            case DHT -> "";
            case APP_14 -> {
                rgb |= adobeRgb(from, length);
                yield "";
            }
            default ->
                    marker > SOF_2 && marker <= SOF_LAST
                            ? String.format(Locale.ROOT, "JPEG process %02X is not read", marker)
                            : "";
        };
    }

    private String frame(int from, int length) {
        if (components > 0) {
            return "two frames";
        }
        if (length < FRAME_BYTES || bytes[from] != BITS) {
            return "not 8 bits";
        }
        height = two(from + 1);
        width = two(from + 3);
        components = bytes[from + 5] & MARK;
        if (components != 1 && components != COMPONENTS) {
            return components + " colour channels";
        }
        if (length != FRAME_BYTES + components * COMPONENT_BYTES) {
            return "damaged frame head";
        }
        return sides().isEmpty() ? channels(from + FRAME_BYTES) : sides();
    }

    private String sides() {
        if (Math.min(width, height) < JpegHead.SIDE_MIN) {
            return width + "x" + height + " is too small to judge";
        }
        return Math.max(width, height) > JpegHead.SIDE_MAX
                        || (long) width * height > JpegHead.PIXELS_MAX
                ? width + "x" + height + " is more than the 12 megapixels that are read"
                : "";
    }

    private String channels(int from) {
        for (var i = 0; i < components; i++) {
            var sampling = bytes[from + i * COMPONENT_BYTES + 1] & MARK;
            if (outside(sampling >> 4) || outside(sampling & 15)) {
                return "damaged frame head";
            }
        }
        return components == COMPONENTS && (rgb || bytes[from] == 'R')
                ? "RGB: no camera's picture"
                : "";
    }

    private static boolean outside(int sampling) {
        return sampling < 1 || sampling > SAMPLING_MAX;
    }

    private String scan(int from, int length) {
        if (components == 0) {
            return "no frame head before the picture";
        }
        if (scanned) {
            return "several scans: no camera's picture";
        }
        return length < 1 || bytes[from] != components ? "several scans: no camera's picture" : "";
    }

    /** Adobe's transform 0 of three channels means RGB. */
    private boolean adobeRgb(int from, int length) {
        return length >= ADOBE_BYTES
                && bytes[from] == 'A'
                && bytes[from + 1] == 'd'
                && bytes[from + ADOBE_TRANSFORM] == 0;
    }

    private Outcome head(int end) {
        return new JpegHead(width, height, end);
    }

    private int two(int from) {
        return ((bytes[from] & MARK) << 8) | (bytes[from + 1] & MARK);
    }
}
