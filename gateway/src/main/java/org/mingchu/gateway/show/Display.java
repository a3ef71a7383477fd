package org.mingchu.gateway.show;

import java.util.OptionalLong;

/** Something that serves browsers at a port of its own: the kitchen's page, the public wall. */
public interface Display extends AutoCloseable {
    /** Something has been kept. Returns at once. */
    void changed();

    /** Begins to watch for the first browser that takes what is shown from now on. */
    default void watch() {}

    /** When a browser had taken it, nanoseconds of this boot; empty while none has. */
    default OptionalLong taken() {
        return OptionalLong.empty();
    }

    /** The port it listens at. */
    int port();

    @Override
    void close();
}
