package org.mingchu.gateway.show;

import com.sun.net.httpserver.HttpServer;

import java.io.IOException;
import java.net.InetSocketAddress;

/** Breaks a wall on purpose. */
public final class PlantedMakesAServer {
    public HttpServer wrong(InetSocketAddress at) throws IOException {
        return HttpServer.create(at, 1);
    }
}
