package org.mingchu.gateway.keep.lab;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/** Things that happen to the files of a journal while nobody runs. */
final class Damage {
    static final String DATABASE = "journal.db";
    static final String LOG = "journal.db-wal";

    /** SQLite's file format, section 4.1. */
    private static final int LOG_HEADER_BYTES = 32;

    private static final int FRAME_HEADER_BYTES = 24;
    private static final int PAGE_SIZE_AT = 8;
    private static final int SALT_AT = 16;
    private static final int SALT_BYTES = 8;
    private static final int FRAME_SALT_AT = 8;

    private Damage() {}

    static Map<String, byte[]> cut(Map<String, byte[]> image, String file, int length) {
        return with(image, file, Arrays.copyOf(bytes(image, file), length));
    }

    /** Every one of so many bytes gets another value. */
    static Map<String, byte[]> flip(
            Map<String, byte[]> image, String file, int at, int count, RandomGenerator chance) {
        var bytes = bytes(image, file).clone();
        for (var i = at; i < Math.min(bytes.length, at + count); i++) {
            bytes[i] ^= (byte) (1 + chance.nextInt(255));
        }
        return with(image, file, bytes);
    }

    static Map<String, byte[]> zero(Map<String, byte[]> image, String file, int from, int to) {
        var bytes = bytes(image, file).clone();
        Arrays.fill(bytes, from, to, (byte) 0);
        return with(image, file, bytes);
    }

    static Map<String, byte[]> remove(Map<String, byte[]> image, String file) {
        var damaged = new TreeMap<>(image);
        damaged.remove(file);
        return damaged;
    }

    /** Where the file's live content ends: behind that the log holds frames of the round before. */
    static int end(Map<String, byte[]> image, String file) {
        var bytes = bytes(image, file);
        if (!file.equals(LOG)) {
            return bytes.length;
        }
        var page = ByteBuffer.wrap(bytes).getInt(PAGE_SIZE_AT);
        var at = LOG_HEADER_BYTES;
        while (at + FRAME_SALT_AT + SALT_BYTES <= bytes.length
                && Arrays.equals(
                        bytes,
                        SALT_AT,
                        SALT_AT + SALT_BYTES,
                        bytes,
                        at + FRAME_SALT_AT,
                        at + FRAME_SALT_AT + SALT_BYTES)) {
            at += FRAME_HEADER_BYTES + page;
        }
        return at;
    }

    private static byte[] bytes(Map<String, byte[]> image, String file) {
        var bytes = image.get(file);
        if (bytes == null) {
            throw new IllegalArgumentException("no " + file + " in " + image.keySet());
        }
        return bytes;
    }

    private static Map<String, byte[]> with(Map<String, byte[]> image, String file, byte[] bytes) {
        var damaged = new TreeMap<>(image);
        damaged.put(file, bytes);
        return damaged;
    }
}
