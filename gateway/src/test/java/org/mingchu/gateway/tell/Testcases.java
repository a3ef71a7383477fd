package org.mingchu.gateway.tell;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;

/** The golden files of this room. */
final class Testcases {
    private Testcases() {}

    static String read(String name) {
        try (var in = Testcases.class.getResourceAsStream("testcases/" + name)) {
            if (in == null) {
                throw new IllegalArgumentException("no testcases/" + name);
            }
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
