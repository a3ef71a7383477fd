package org.mingchu.sensors.coap;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mingchu.sensors.Proof;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** Datagrams that are no CoAP, no DTLS, or nearly so. */
final class GarbageTest {
    private static final long SEED = 20_261_130;

    /** A client's hello of DTLS 1.2 with a cookie of two bytes. */
    private static final byte[] HELLO =
            HexFormat.of()
                    .parseHex(
                            "16fefd00000000000000010037"
                                    + "0100002b000100000000002bfefd"
                                    + "00".repeat(32)
                                    + "00"
                                    + "02abcd"
                                    + "0002c0a80100");

    @TempDir private Path folder;

    @Test
    void a_hello_with_its_cookie_begins_a_session_and_one_without_does_not() {
        assertThat(ClientHello.beginsSession(HELLO, 0, HELLO.length)).isTrue();
        var without = HELLO.clone();
        without[60] = 0;
        assertThat(ClientHello.beginsSession(without, 0, without.length)).isFalse();
        var later = HELLO.clone();
        later[4] = 1;
        assertThat(ClientHello.beginsSession(later, 0, later.length)).as("epoch 1").isFalse();
        assertThat(ClientHello.beginsSession(HELLO, 0, 30)).as("a piece").isTrue();
    }

    @Test
    void no_datagram_breaks_the_look_at_it() {
        var chance = new Random(SEED);
        for (var i = 0; i < Proof.pick(50_000, 300_000, 100_000_000); i++) {
            var bytes = mutated(HELLO, chance);
            ClientHello.beginsSession(bytes, 0, bytes.length);
        }
    }

    @Test
    void a_probe_is_served_while_garbage_arrives() throws Exception {
        var shelf = new Shelf();
        var chance = new Random(SEED);
        var post = Datagram.post(1, 1, "id=probe-1", "[{\"n\":\"temp\",\"u\":\"Cel\",\"v\":4}]");
        try (var rig = new Rig(folder, shelf, List.of(Rig.thermometer("cold-1", "probe-1")));
                var socket = new DatagramSocket(Rig.loopback())) {
            var key = rig.enrol("probe-1");
            for (var i = 0; i < Proof.pick(100, 400, 60_000); i++) {
                send(socket, mutated(HELLO, chance), rig.dtls());
                send(socket, mutated(post, chance), rig.plain());
                // Below the door's rates, so that the stack sees it.
                TimeUnit.MILLISECONDS.sleep(i < 150 ? 0 : 25);
            }
            try (var probe = new Probe(rig.dtls(), "probe-1", key).patient()) {
                assertThat(
                                probe.post("/senml", "[{\"n\":\"temp\",\"u\":\"Cel\",\"v\":-7.5}]")
                                        .orElseThrow()
                                        .getCode())
                        .isEqualTo(ResponseCode.CHANGED);
            }
            rig.door.watchNow();
            assertThat(rig.door.health())
                    .allMatch(h -> h.state() == Health.State.UP && h.restarts() == 0);
        }
        assertThat(shelf.values()).anyMatch(m -> m.milli() == -7_500);
    }

    private static void send(DatagramSocket socket, byte[] bytes, InetSocketAddress to)
            throws IOException {
        socket.send(new DatagramPacket(bytes, bytes.length, to));
    }

    private static byte[] mutated(byte[] seed, Random chance) {
        var bytes = seed.clone();
        for (var i = chance.nextInt(6); i > 0 && bytes.length > 0; i--) {
            var at = chance.nextInt(bytes.length);
            if (chance.nextInt(4) == 0) {
                bytes = Arrays.copyOf(bytes, at);
            } else {
                bytes[at] = (byte) chance.nextInt(256);
            }
        }
        return chance.nextInt(20) == 0 ? "\u0000garbage".getBytes(UTF_8) : bytes;
    }
}
