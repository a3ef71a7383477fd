package org.mingchu.gateway.show;

/** Something that serves browsers at a port of its own: the kitchen's page, the public wall. */
public interface Display extends AutoCloseable {
    /** Something has been kept. Returns at once. */
    void changed();

    /** The port it listens at. */
    int port();

    @Override
    void close();
}
