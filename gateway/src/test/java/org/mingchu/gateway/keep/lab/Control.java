package org.mingchu.gateway.keep.lab;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The page through which a test steers the shim in another process; see disklab.c. */
final class Control {
    private static final int PAGE_BYTES = 4096;
    private static final int RECORD = 0;
    private static final int CALLS_OF = 4;
    private static final int EFFECT = 8;
    private static final int FIRST = 16;
    private static final int LAST = 24;
    private static final int HITS = 32;
    private static final int CALLS = 40;

    private final MappedByteBuffer page;

    Control(Path file) throws IOException {
        try (var channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE)) {
            page = channel.map(FileChannel.MapMode.READ_WRITE, 0, PAGE_BYTES);
        }
        page.order(ByteOrder.nativeOrder());
    }

    /** The disk behaves, nothing is written down, and calls count from 0. */
    void clear() {
        page.putInt(EFFECT, 0);
        page.putInt(RECORD, 0);
        page.putLong(HITS, 0);
        for (var calls : Fault.Calls.values()) {
            page.putLong(CALLS + Long.BYTES * calls.code, 0);
        }
    }

    void record() {
        page.putInt(RECORD, 1);
    }

    void inject(Fault fault) {
        page.putInt(CALLS_OF, fault.calls().code);
        page.putLong(FIRST, fault.first());
        page.putLong(LAST, fault.last());
        page.putInt(EFFECT, fault.effect().code);
    }

    /** Calls that failed or lied. */
    long hits() {
        return page.getLong(HITS);
    }

    /** Calls of the class so far. */
    long calls(Fault.Calls calls) {
        return page.getLong(CALLS + Long.BYTES * calls.code);
    }
}
