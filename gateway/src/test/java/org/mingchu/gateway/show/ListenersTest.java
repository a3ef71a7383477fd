package org.mingchu.gateway.show;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mingchu.config.HostPort;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** The stream of states on real sockets. */
class ListenersTest {
    private final Kitchen kitchen = new Kitchen();
    private final Page page =
            kitchen.page(kitchen.verbs((_, _) -> Optional.empty(), Optional::empty));
    private final List<Ear> ears = new ArrayList<>();

    @AfterEach
    void stop() throws IOException {
        for (var ear : ears) {
            ear.socket.close();
        }
        page.close();
    }

    @Test
    void the_state_comes_at_once_and_again_when_something_changed() throws Exception {
        var ear = listen();
        assertThat(ear.frame()).contains("\"alarms\":[]");
        var begun = System.nanoTime();
        kitchen.raiseFreezer();
        page.changed();
        var frame = ear.frame();
        while (!frame.contains("\"unack-active\"")) {
            frame = ear.frame();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofMillis(700));
    }

    @Test
    void a_quiet_stream_beats_within_the_heartbeat() throws Exception {
        var ear = listen();
        ear.frame();
        ear.frame(); // whatever phase the maker was in
        var begun = System.nanoTime();
        ear.frame();
        assertThat(Duration.ofNanos(System.nanoTime() - begun))
                .isBetween(Duration.ofMillis(1_800), Duration.ofMillis(3_000));
    }

    @Test
    void a_flood_of_changes_makes_at_most_five_frames_a_second() throws Exception {
        var ear = listen();
        ear.frame();
        var begun = System.nanoTime();
        var frames = 0;
        while (System.nanoTime() - begun < Duration.ofSeconds(1).toNanos()) {
            page.changed();
            if (ear.in.ready()) {
                ear.frame();
                frames++;
            }
        }
        assertThat(frames).isBetween(3, 6);
    }

    @Test
    void the_fifty_first_listener_is_asked_to_come_later() throws Exception {
        for (var i = 0; i < Listeners.MAX; i++) {
            assertThat(listen().frame()).startsWith("{");
        }
        var late = new Ear(page.port(), 8_192);
        ears.add(late);
        assertThat(late.in.readLine()).startsWith("HTTP/1.1 503");
    }

    @Test
    void a_place_is_free_again_when_a_listener_has_left() throws Exception {
        for (var i = 0; i < Listeners.MAX; i++) {
            listen().frame();
        }
        ears.removeFirst().socket.close();
        until(() -> page.listening() < Listeners.MAX);
        assertThat(listen().frame()).startsWith("{");
    }

    @Test
    void a_listener_that_walked_away_holds_its_place_for_half_a_minute_at_most() throws Exception {
        var gone = listen();
        gone.frame();
        kitchen.push(Duration.ofSeconds(24));
        page.changed();
        gone.frame();
        assertThat(page.listening()).isEqualTo(1);
        kitchen.push(Duration.ofSeconds(1));
        until(() -> page.listening() == 0);
    }

    @Test
    void a_listener_that_stands_in_a_write_is_cut_off_and_delays_nobody() throws Exception {
        var big = "x".repeat(8 << 20).getBytes(US_ASCII); // more than a kernel takes
        var small = new AtomicBoolean();
        try (var listeners =
                        new Listeners(
                                () -> small.get() ? "{}".getBytes(US_ASCII) : big, kitchen::now);
                var web =
                        new Web(
                                "listen",
                                new HostPort("127.0.0.1", 0),
                                Map.of("/api/events", new Web.Route.Stream(listeners::serve)))) {
            listeners.open();
            web.open();
            var stalled = new Ear(web.port(), 1_024);
            ears.add(stalled);
            until(() -> listeners.size() == 1);
            small.set(true);
            var well = new Ear(web.port(), 65_536);
            ears.add(well);
            assertThat(well.frame()).isEqualTo("{}");
            listeners.changed();
            assertThat(well.frame()).isEqualTo("{}");
            assertThat(listeners.size()).isEqualTo(2);
            kitchen.push(Listeners.STALLED_MAX.plusSeconds(1));
            var begun = System.nanoTime();
            listeners.changed();
            assertThat(well.frame()).isEqualTo("{}");
            assertThat(Duration.ofNanos(System.nanoTime() - begun))
                    .isLessThan(Duration.ofSeconds(1));
            until(() -> listeners.size() == 1);
        }
    }

    private void until(BooleanSupplier so) {
        var end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!so.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not within 10 s");
            }
            page.changed();
            LockSupport.parkNanos(20_000_000);
        }
    }

    private Ear listen() throws IOException {
        var ear = new Ear(page.port(), 65_536);
        ears.add(ear);
        return ear;
    }

    /** A browser's end of the stream, by hand. */
    private static final class Ear {
        final Socket socket = new Socket();
        final BufferedReader in;

        Ear(int port, int window) throws IOException {
            socket.setReceiveBufferSize(window);
            socket.setSoTimeout(10_000);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            socket.getOutputStream()
                    .write(
                            ("GET /api/events HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\n\r\n")
                                    .getBytes(US_ASCII));
            in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
        }

        String frame() throws IOException {
            for (var line = in.readLine(); line != null; line = in.readLine()) {
                if (line.startsWith("data: ")) {
                    return line.substring("data: ".length());
                }
            }
            throw new AssertionError("the stream ended");
        }
    }
}
