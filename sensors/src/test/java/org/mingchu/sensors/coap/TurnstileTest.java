package org.mingchu.sensors.coap;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

final class TurnstileTest {
    private final AtomicLong upNs = new AtomicLong();
    private final Turnstile turnstile =
            new Turnstile(
                    "coap",
                    new Turnstile.Rates(
                            new Turnstile.Rate(10, 20),
                            new Turnstile.Rate(100, 50),
                            new Turnstile.Rate(5, 5),
                            new Turnstile.Rate(8, 8)),
                    upNs::get);

    @Test
    void an_address_has_its_burst_and_then_its_rate_whatever_its_ports() {
        assertThat(admitted(1, 100)).isEqualTo(20);
        upNs.addAndGet(TimeUnit.SECONDS.toNanos(1));
        assertThat(admitted(1, 100)).isEqualTo(10);
        assertThat(turnstile.refused()).isEqualTo(170);
    }

    @Test
    void one_address_that_floods_leaves_the_others_their_turn() {
        admitted(1, 100);

        assertThat(admitted(2, 5)).isEqualTo(5);
    }

    @Test
    void all_together_have_a_rate_too() {
        assertThat(IntStream.range(0, 10).map(a -> admitted(a, 20)).sum()).isEqualTo(50);
    }

    @Test
    void handshakes_are_counted_by_themselves() {
        var handshakes =
                IntStream.range(0, 10)
                        .filter(i -> turnstile.admits(at(1, i), Turnstile.Kind.HANDSHAKE))
                        .count();

        assertThat(handshakes).isEqualTo(5);
        assertThat(turnstile.admits(at(1, 1), Turnstile.Kind.DATAGRAM)).isTrue();
    }

    @Test
    void more_addresses_than_it_remembers_cost_nothing_but_their_turn() {
        for (var i = 0; i < 5 * Turnstile.ADDRESSES_MAX; i++) {
            upNs.addAndGet(TimeUnit.MILLISECONDS.toNanos(10));
            assertThat(turnstile.admits(at(i, 1), Turnstile.Kind.DATAGRAM)).isTrue();
        }
    }

    @Test
    void the_door_s_own_question_always_comes_through() {
        admitted(1, 100);
        turnstile.expect(at(1, 4_711));

        assertThat(turnstile.admits(at(1, 4_711), Turnstile.Kind.HANDSHAKE)).isTrue();
    }

    private int admitted(int address, int tries) {
        return (int)
                IntStream.range(0, tries)
                        .filter(port ->
                                turnstile.admits(at(address, port + 1), Turnstile.Kind.DATAGRAM))
                        .count();
    }

    private static InetSocketAddress at(int address, int port) {
        try {
            return new InetSocketAddress(
                    InetAddress.getByAddress(
                            new byte[] {10, 0, (byte) (address >> 8), (byte) address}),
                    port);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
