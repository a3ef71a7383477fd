package org.mingchu.sensors.camera.sip;

import java.time.Duration;

/** A socket that SIP comes in by. Any thread. */
sealed interface Door extends AutoCloseable permits UdpDoor, TcpDoor {
    Duration CLOSE_MAX = Duration.ofSeconds(2);

    int port();

    /** Whether somebody still listens at it. */
    boolean open();

    /** Gives the port back before it returns: it may be opened again at once. */
    @Override
    void close();

    /** Waits for the thread that serves: while it is in a call, the system keeps the port. */
    static void await(Thread serving) {
        if (Thread.currentThread() == serving) {
            return;
        }
        try {
            serving.join(CLOSE_MAX);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
