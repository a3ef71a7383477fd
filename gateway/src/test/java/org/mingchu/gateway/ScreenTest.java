package org.mingchu.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.mingchu.config.HostPort;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.Judge;
import org.mingchu.gateway.show.Aftercare;
import org.mingchu.gateway.show.Entrance;
import org.mingchu.gateway.show.Page;
import org.mingchu.gateway.show.Technician;
import org.mingchu.gateway.show.Trends;
import org.mingchu.gateway.show.Verbs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** A page whose address is not to be had at first. */
final class ScreenTest {
    private static final String HERE = "127.0.0.1";
    private static final long SOON_NS = Duration.ofSeconds(10).toNanos();

    @Test
    void a_port_that_is_taken_costs_the_page_until_it_is_free_and_nothing_else() throws Exception {
        var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var port = other.getLocalPort();
        try (var screen = new Screen(() -> page(port), Duration.ofMillis(20))) {
            screen.open();
            screen.changed();
            assertThat(screen.port()).isEmpty();
            other.close();
            var begun = System.nanoTime();
            while (screen.port().isEmpty() && System.nanoTime() - begun < SOON_NS) {
                LockSupport.parkNanos(1_000_000);
            }
            assertThat(screen.port()).hasValue(port);
        }
    }

    @Test
    void a_screen_that_is_closed_tries_no_more() {
        var tries = new AtomicInteger();
        var screen =
                new Screen(
                        () -> {
                            tries.incrementAndGet();
                            throw new UncheckedIOException(new IOException("no such address"));
                        },
                        Duration.ofMillis(1));
        screen.open();
        screen.close();
        var after = tries.get();
        LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        assertThat(tries.get()).isEqualTo(after);
    }

    private static Page page(int port) {
        var plan = Film.plan();
        var state = new Judge(plan).begin("0011223344556677");
        return new Page(
                new HostPort(HERE, port),
                plan,
                List.of(),
                new Verbs(
                        () -> state,
                        List::of,
                        _ -> 0,
                        (_, _) -> Optional.empty(),
                        Optional::empty,
                        (_, _) -> Optional.empty(),
                        Entrance.CLOSED,
                        (_, _) -> new Trends.Answer.Unknown(),
                        Aftercare.NONE,
                        Technician.NONE),
                new FilmClock(),
                new Fact.Started("test", true));
    }
}
