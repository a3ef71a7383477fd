package org.mingchu.sensors.coap;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mingchu.sensors.Proof;

import java.io.ByteArrayOutputStream;
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
            bytes(
                    "16fefd00000000000000010038"
                            + "0100002c000100000000002cfefd"
                            + "00".repeat(32)
                            + "00"
                            + "02abcd"
                            + "0002c0a80100");

    private static final int EPOCH_AT = 4;
    private static final int MESSAGE_LENGTH_AT = 16;
    private static final int SESSION_ID_LENGTH_AT = 59;

    /** What Scandium reads as "no session id", and stumbles over. */
    private static final byte NO_LENGTH = (byte) 0xff;

    @TempDir private Path folder;

    private static byte[] bytes(String hexadecimal) {
        return HexFormat.of().parseHex(hexadecimal);
    }

    private static Hello look(byte[] datagram) {
        return Hello.of(datagram, 0, datagram.length);
    }

    @Test
    void a_hello_with_its_cookie_begins_a_session_and_one_without_does_not() {
        assertThat(look(HELLO)).isEqualTo(Hello.BEGINS_SESSION);
        var without =
                bytes(
                        "16fefd00000000000000010036"
                                + "0100002a000100000000"
                                + "002afefd"
                                + "00".repeat(32)
                                + "00"
                                + "00"
                                + "0002c0a80100");
        assertThat(look(without)).isEqualTo(Hello.NONE);
        var later = HELLO.clone();
        later[EPOCH_AT] = 1;
        assertThat(look(later)).as("epoch 1").isEqualTo(Hello.NONE);
        var first = HELLO.clone();
        first[MESSAGE_LENGTH_AT]++;
        assertThat(look(first)).as("the first piece of one").isEqualTo(Hello.BEGINS_SESSION);
    }

    /**
     * Found by fuzzing: Scandium skips the first record, and whoever looks at it alone is fooled.
     */
    @Test
    void a_hello_behind_a_record_of_an_unknown_kind_begins_a_session() {
        var hidden = new ByteArrayOutputStream();
        hidden.writeBytes(bytes("54fefd000000000000000100020100"));
        hidden.writeBytes(HELLO);
        assertThat(look(hidden.toByteArray())).isEqualTo(Hello.BEGINS_SESSION);
    }

    /**
     * Found by fuzzing: a hello over which Scandium's reader stumbles, a block that is not of its
     * size, and a size of 2 GiB.
     */
    @Test
    void what_is_malformed_writes_no_stack_trace() throws Exception {
        var broken = HELLO.clone();
        broken[SESSION_ID_LENGTH_AT] = NO_LENGTH;
        assertThat(look(broken)).isEqualTo(Hello.BREAKS_READER);
        var head = "b573656e6d6c" + "116e" + "3a69643d70726f62652d31";
        var block = bytes("40020001" + head + "c108" + "ff" + "20".repeat(23));
        var size = bytes("40020002" + head + "d40080000001" + "ff" + "5b5d");
        try (var complaints = Complaints.listen();
                var rig =
                        new Rig(
                                folder,
                                new Shelf(),
                                List.of(Rig.thermometer("cold-1", "probe-1")));
                var socket = new DatagramSocket(Rig.loopback())) {
            send(socket, broken, rig.dtls());
            for (var datagram : List.of(block, size, size)) {
                var answer = Datagram.ask(socket, rig.plain(), datagram);
                assertThat(answer.map(Datagram::code)).contains("4.00");
            }
            var key = rig.enrol("probe-1");
            try (var probe = new Probe(rig.dtls(), "probe-1", key).patient()) {
                assertThat(probe.post("/senml", "[]")).isPresent();
            }
            assertThat(complaints.taken()).isEmpty();
        }
    }

    @Test
    void no_datagram_breaks_the_look_at_it() {
        var chance = new Random(SEED);
        for (var i = 0; i < Proof.pick(50_000, 300_000, 300_000); i++) {
            var bytes = mutated(HELLO, chance);
            HelloFuzz.fuzzerTestOneInput(bytes);
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
