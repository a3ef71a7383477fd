package org.mingchu.gateway.show;

import com.sun.net.httpserver.HttpExchange;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a request tells of whoever sends it. Immutable.
 *
 * @param address the other machine's
 * @param session the id that its cookie holds, whether it is one or not
 */
record Visit(String address, Optional<String> session) {
    private static final String COOKIE = "mingchu-session";

    /** Of an IPv6 address the network: whoever has one has all of its addresses. */
    private static final int NETWORK_BYTES = 8;

    static Visit of(HttpExchange exchange) {
        return new Visit(
                address(exchange.getRemoteAddress().getAddress()),
                Optional.ofNullable(exchange.getRequestHeaders().get("Cookie")).stream()
                        .flatMap(lines -> lines.stream())
                        .flatMap(Visit::crumbs)
                        .filter(crumb -> crumb.startsWith(COOKIE + "="))
                        .map(crumb -> crumb.substring(COOKIE.length() + 1))
                        .findFirst());
    }

    private static Stream<String> crumbs(String line) {
        return Arrays.stream(line.split(";")).map(String::strip);
    }

    private static String address(InetAddress address) {
        return address instanceof Inet6Address six && !six.isLoopbackAddress()
                ? HexFormat.of().formatHex(six.getAddress(), 0, NETWORK_BYTES) + "::/64"
                : address.getHostAddress();
    }

    /** The header that gives a browser a session; no script can read it, no other page send it. */
    static String cookie(String session) {
        return COOKIE + "=" + session + "; Path=/; HttpOnly; SameSite=Strict";
    }

    /** The header that takes it away. */
    static String noCookie() {
        return cookie("") + "; Max-Age=0";
    }
}
