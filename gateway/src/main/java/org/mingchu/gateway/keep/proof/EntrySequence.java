package org.mingchu.gateway.keep.proof;

import org.mingchu.gateway.keep.cbor.Cbor;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Reads a CBOR sequence of byte strings from a stream, one at a time. One thread. */
final class EntrySequence {
    /** The longest entry, bytes. */
    static final int MAX_ENTRY = 1 << 20;

    private final InputStream in;

    EntrySequence(InputStream in) {
        this.in = new BufferedInputStream(in, 1 << 16);
    }

    /**
     * The next one; empty at the end.
     *
     * @throws Cbor.Malformed when no byte string follows, which ends the sequence for good
     */
    Optional<byte[]> next() throws IOException {
        var head = in.read();
        if (head < 0) {
            return Optional.empty();
        }
        if (head >>> 5 != Cbor.BYTES) {
            throw new Cbor.Malformed("no byte string");
        }
        var size = size(head & 0x1f);
        var bytes = in.readNBytes(size);
        if (bytes.length != size) {
            throw new Cbor.Malformed("the file ends within an entry");
        }
        return Optional.of(bytes);
    }

    private int size(int info) throws IOException {
        return switch (info) {
            case Cbor.ONE_BYTE -> big(1, Cbor.ONE_BYTE);
            case Cbor.TWO_BYTES -> big(2, 0x100);
            case Cbor.FOUR_BYTES -> big(4, 0x1_0000);
            default -> {
                if (info > Cbor.ONE_BYTE) {
                    throw new Cbor.Malformed("no length of an entry");
                }
                yield info;
            }
        };
    }

    private int big(int bytes, long least) throws IOException {
        var size = 0L;
        for (var i = 0; i < bytes; i++) {
            size = size << 8 | Math.max(in.read(), 0);
        }
        if (size < least || size > MAX_ENTRY) {
            throw new Cbor.Malformed("an entry of " + size + " bytes");
        }
        return (int) size;
    }
}
