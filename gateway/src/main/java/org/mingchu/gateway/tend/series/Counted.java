package org.mingchu.gateway.tend.series;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/** A file that says how far it has been read, and what it held. One thread. */
final class Counted extends FilterInputStream {
    private static final int ALL = 100;

    private final long size;
    private final MessageDigest hash;
    private final Progress progress;
    private long bytes;
    private int told = -1;

    Counted(InputStream in, long size, MessageDigest hash, Progress progress) {
        super(in);
        this.size = size;
        this.hash = hash;
        this.progress = progress;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        var n = super.read(into, offset, length);
        if (n > 0) {
            hash.update(into, offset, n);
            bytes += n;
            tell();
        }
        return n;
    }

    private void tell() {
        var percent = size == 0 ? ALL : (int) Math.min(ALL, bytes * ALL / size);
        if (percent > told) {
            told = percent;
            progress.at(percent);
        }
    }
}
