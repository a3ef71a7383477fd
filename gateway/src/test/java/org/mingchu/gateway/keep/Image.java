package org.mingchu.gateway.keep;

import org.mingchu.gateway.keep.store.FileStore;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;

/** The bytes of a database and of its log, and harm done to them. */
final class Image {
    private static final int LOG_HEADER = 32;
    private static final int FRAME = 24 + FileStore.PAGE_BYTES;

    private final byte[] database;
    private final byte[] log;

    Image(byte[] database, byte[] log) {
        this.database = database;
        this.log = log;
    }

    /** An image and what was done to it. */
    record Harmed(Image image, String how) {}

    byte[] database() {
        return database;
    }

    byte[] log() {
        return log;
    }

    /** Where the frames of the log's present round end. */
    int liveLogEnd() {
        var bytes = ByteBuffer.wrap(log);
        var at = LOG_HEADER;
        while (at + FRAME <= log.length && bytes.getLong(at + 8) == bytes.getLong(16)) {
            at += FRAME;
        }
        return at;
    }

    int size() {
        return database.length + log.length;
    }

    void writeTo(Path folder) throws IOException {
        Files.write(folder.resolve("journal.db"), database);
        Files.write(folder.resolve("journal.db-wal"), log);
    }

    Harmed databaseCut(int at) {
        return new Harmed(new Image(Arrays.copyOf(database, at), log), "database cut at " + at);
    }

    Harmed logCut(int at) {
        return new Harmed(new Image(database, Arrays.copyOf(log, at)), "log cut at " + at);
    }

    /** Turns bits of each byte from {@code at} on. */
    Harmed turned(int at, int bytes, Random chance) {
        var copy = new Image(database.clone(), log.clone());
        var end = Math.min(size(), at + bytes);
        for (var i = at; i < end; i++) {
            copy.turn(i, (byte) (1 + chance.nextInt(255)));
        }
        return new Harmed(copy, bytes + " bytes turned at " + at);
    }

    private void turn(int at, byte with) {
        if (at < database.length) {
            database[at] ^= with;
        } else {
            log[at - database.length] ^= with;
        }
    }

    Harmed zeroed(int from, int bytes) {
        var copy = new Image(database.clone(), log.clone());
        var end = Math.min(size(), from + bytes);
        for (var i = from; i < end; i++) {
            if (i < database.length) {
                copy.database[i] = 0;
            } else {
                copy.log[i - database.length] = 0;
            }
        }
        return new Harmed(copy, bytes + " bytes zeroed at " + from);
    }

    /** Exchanges two pieces of the database. */
    Harmed swapped(int one, int other, int bytes) {
        var copy = new Image(database.clone(), log.clone());
        System.arraycopy(database, one, copy.database, other, bytes);
        System.arraycopy(database, other, copy.database, one, bytes);
        return new Harmed(copy, bytes + " bytes swapped between " + one + " and " + other);
    }
}
