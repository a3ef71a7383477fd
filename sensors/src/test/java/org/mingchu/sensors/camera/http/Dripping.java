package org.mingchu.sensors.camera.http;

import java.io.ByteArrayInputStream;

/** Bytes that come one by one, as from a slow network. One thread. */
public final class Dripping extends ByteArrayInputStream {
    public Dripping(byte[] bytes) {
        super(bytes);
    }

    @Override
    public synchronized int read(byte[] into, int offset, int length) {
        return super.read(into, offset, Math.min(length, 1));
    }
}
