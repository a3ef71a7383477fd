package org.mingchu.gateway.show;

import com.sun.net.httpserver.HttpsServer;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * Servers that a test needs for itself. The JDK reads its limits before the first server of a
 * virtual machine is made: made by another way, it would leave the page of every later test without
 * any.
 */
public final class LimitedServers {
    private LimitedServers() {}

    /** One at a free port of this machine. */
    public static HttpsServer https() throws IOException {
        try {
            MethodHandles.lookup().ensureInitialized(Web.class);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
        return HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }
}
