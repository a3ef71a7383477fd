package org.mingchu.gateway.show;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;

import org.mingchu.config.HostPort;

import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who may speak to the page: a request must name this machine (else a stranger's page could reach
 * it under a name that resolves here: DNS rebinding), and an act must come from this page (else any
 * page in the same browser could press its buttons: CSRF). Immutable.
 *
 * @param names what a Host header may say
 */
record Visitors(Set<String> names) {
    private static final int HTTP = 80;

    Visitors {
        names = Set.copyOf(names);
    }

    /** Those who know the page as {@code configured}, or who sit at the machine itself. */
    static Visitors of(HostPort configured, int port) {
        return new Visitors(
                Stream.of("127.0.0.1", "localhost", "[::1]", bracketed(configured.host()))
                        .map(host -> named(host, port))
                        .collect(Collectors.toSet()));
    }

    /** Why the request is refused, in one word; empty when it may pass. */
    Optional<String> refusal(HttpExchange exchange) {
        var headers = exchange.getRequestHeaders();
        var host = headers.getFirst("Host");
        if (host == null || !known(host, exchange.getLocalAddress())) {
            return Optional.of("unknown-host");
        }
        var acts = exchange.getRequestMethod().equals("POST");
        return acts && !fromThisPage(headers, host)
                ? Optional.of("foreign-origin")
                : Optional.empty();
    }

    /**
     * Someone who listens on all addresses is called by the literal address that was reached: no
     * name of a stranger's choice can look like that.
     */
    private boolean known(String host, InetSocketAddress reached) {
        var name = withPort(host.toLowerCase(Locale.ROOT), reached.getPort());
        return names.contains(name)
                || name.equals(
                        named(bracketed(reached.getAddress().getHostAddress()), reached.getPort()));
    }

    /** Browsers name the origin of every POST; one that names none has to be the same origin. */
    private static boolean fromThisPage(Headers headers, String host) {
        var origin = headers.getFirst("Origin");
        if (origin != null) {
            return origin.equalsIgnoreCase("http://" + host);
        }
        return "same-origin".equals(headers.getFirst("Sec-Fetch-Site"));
    }

    private static String withPort(String host, int port) {
        return port == HTTP && !host.endsWith(":" + HTTP) ? host + ":" + HTTP : host;
    }

    private static String bracketed(String host) {
        return host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
    }

    private static String named(String host, int port) {
        return host.toLowerCase(Locale.ROOT) + ":" + port;
    }
}
