package org.mingchu.sensors.coap;

import static org.assertj.core.api.Assertions.assertThat;

import org.eclipse.californium.core.CoapResource;
import org.eclipse.californium.core.CoapServer;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.MediaTypeRegistry;
import org.eclipse.californium.core.network.CoapEndpoint;
import org.eclipse.californium.core.server.resources.CoapExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mingchu.config.Quantity;
import org.mingchu.sensors.Fault;
import org.mingchu.sensors.Flag;
import org.mingchu.sensors.Proof;
import org.mingchu.sensors.Reading;
import org.mingchu.simulator.wire.FreePort;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

final class CoapPollTest {
    private static final Polled.Manner OFTEN = new Polled.Manner.Every(Duration.ofMillis(300));
    private static final String KEY = "sixteen-bytes-ok";

    @TempDir private Path folder;
    private final Shelf shelf = new Shelf();
    private final CoapServer device = new CoapServer(Stack.plain());
    private final Value senml = new Value("air", "[{\"n\":\"temp\",\"u\":\"Cel\",\"v\":4.5}]", 110);
    private final Value text = new Value("5700", "3.25", MediaTypeRegistry.TEXT_PLAIN);
    private final Value image = new Value("image", "x", MediaTypeRegistry.IMAGE_PNG);
    private ProbeKeys keys;
    private int port;

    /** A resource of a device. */
    private static final class Value extends CoapResource {
        private final int format;
        private volatile String value;

        Value(String name, String value, int format) {
            super(name);
            this.value = value;
            this.format = format;
            setObservable(true);
        }

        void become(String now) {
            value = now;
            changed();
        }

        @Override
        public void handleGET(CoapExchange exchange) {
            exchange.respond(ResponseCode.CONTENT, value, format);
        }
    }

    @BeforeEach
    void open() throws Exception {
        var file = folder.resolve("probes");
        Files.writeString(
                file,
                "mingchu-probes 1\nprobe-1 psk "
                        + HexFormat.of().formatHex(KEY.getBytes(StandardCharsets.US_ASCII))
                        + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        keys = new ProbeKeys(file, new SecureRandom());
        // It stops and comes back there.
        port = FreePort.find();
        device.addEndpoint(
                CoapEndpoint.builder()
                        .setConfiguration(Stack.plain())
                        .setInetSocketAddress(
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                        .build());
        device.add(senml, text, image);
        device.start();
    }

    @AfterEach
    void close() {
        device.destroy();
    }

    @Test
    void a_device_is_asked_by_period_and_its_readings_are_flagged() throws Exception {
        try (var poll = poll(Rig.thermometer("cold-1", "probe-1"), "/air", OFTEN)) {
            poll.start();
            CoapDoorTest.await(() -> shelf.values().size() >= 2);
        }
        assertThat(shelf.values())
                .allSatisfy(m -> assertThat(m.milli()).isEqualTo(4_500))
                .allSatisfy(m -> assertThat(m.flags()).isEqualTo(Set.of(Flag.UNAUTHENTICATED)));
    }

    @Test
    void a_plain_number_is_the_value_of_the_sensor_that_the_path_names() throws Exception {
        var sensor = Rig.sensor("cold-1", Quantity.TEMPERATURE, "probe-1", "5700");
        try (var poll = poll(sensor, "/5700", OFTEN)) {
            poll.start();
            CoapDoorTest.await(() -> !shelf.values().isEmpty());
        }
        assertThat(shelf.values().getFirst().milli()).isEqualTo(3_250);
    }

    @Test
    void an_observed_device_tells_each_change() throws Exception {
        try (var poll =
                poll(Rig.thermometer("cold-1", "probe-1"), "/air", new Polled.Manner.Observe())) {
            poll.start();
            CoapDoorTest.await(() -> shelf.values().size() == 1);
            senml.become("[{\"n\":\"temp\",\"u\":\"Cel\",\"v\":6}]");
            CoapDoorTest.await(() -> shelf.values().size() == 2);
        }
        assertThat(shelf.values())
                .extracting(Reading.Measured::milli)
                .containsExactly(4_500L, 6_000L);
    }

    @Test
    void what_is_no_reading_is_silence_with_its_reason() throws Exception {
        try (var poll = poll(Rig.thermometer("cold-1", "probe-1"), "/image", OFTEN)) {
            poll.start();
            CoapDoorTest.await(() -> !shelf.rounds().isEmpty());
        }
        assertThat(shelf.rounds().getFirst())
                .containsExactly(
                        new Reading.Silent("cold-1", Fault.BUS, "neither SenML nor plain text"));
    }

    @Test
    void a_device_that_does_not_answer_is_silent_and_is_heard_when_it_does() throws Exception {
        device.stop();
        try (var poll = poll(Rig.thermometer("cold-1", "probe-1"), "/air", OFTEN)) {
            poll.start();
            CoapDoorTest.await(() -> !shelf.rounds().isEmpty());
            assertThat(shelf.rounds().getFirst())
                    .containsExactly(
                            new Reading.Silent(
                                    "cold-1", Fault.SILENT, "no answer within its period"));
            device.start();
            CoapDoorTest.await(() -> !shelf.values().isEmpty());
        }
    }

    @Test
    void libcoap_s_server_is_asked_with_the_probe_s_key() throws Exception {
        Proof.needs(Peer.installed("coap-server-openssl").isPresent(), "libcoap3-bin");
        var base = FreePort.find();
        var server =
                new ProcessBuilder(
                                "/usr/bin/coap-server-openssl",
                                "-A",
                                "127.0.0.1",
                                "-p",
                                Integer.toString(base),
                                "-d",
                                "10",
                                "-k",
                                KEY)
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("server.log").toFile())
                        .start();
        try {
            var resource = URI.create("coaps://127.0.0.1:" + (base + 1) + "/temp");
            put(resource, "4.75");
            var polled = new Polled("probe-1", resource, OFTEN);
            try (var poll =
                    new CoapPoll(
                            List.of(Rig.thermometer("cold-1", "probe-1")),
                            List.of(polled),
                            keys,
                            shelf,
                            Rig.LIFE)) {
                poll.start();
                CoapDoorTest.await(() -> !shelf.values().isEmpty());
            }
        } finally {
            server.destroy();
            assertThat(server.waitFor(10, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(shelf.values().getFirst())
                .satisfies(m -> assertThat(m.milli()).isEqualTo(4_750))
                .satisfies(m -> assertThat(m.flags()).isEmpty());
    }

    /** The server makes a resource of what is put there; it may not listen yet. */
    private void put(URI resource, String value) throws Exception {
        for (var i = 0; i < 5; i++) {
            var said =
                    Peer.run(
                            folder,
                            List.of(
                                    "/usr/bin/coap-client-openssl",
                                    "-v",
                                    "6",
                                    "-B",
                                    "3",
                                    "-u",
                                    "probe-1",
                                    "-k",
                                    KEY,
                                    "-m",
                                    "put",
                                    "-t",
                                    "0",
                                    "-e",
                                    value,
                                    resource.toString()));
            if (said.contains("c:2.01") || said.contains("c:2.04")) {
                return;
            }
        }
        throw new AssertionError(Files.readString(folder.resolve("server.log")));
    }

    /**
     * Found by fuzzing: Californium wrote an error for each, and anybody on the network may ask.
     */
    @Test
    void who_asks_a_socket_that_only_asks_is_turned_away_without_a_word() throws Exception {
        try (var complaints = Complaints.listen();
                var device = new DatagramSocket(Rig.loopback())) {
            device.setSoTimeout(10_000);
            var resource = URI.create("coap://127.0.0.1:" + device.getLocalPort() + "/temp");
            var polled = new Polled("probe-1", resource, OFTEN);
            try (var poll =
                    new CoapPoll(
                            List.of(Rig.thermometer("cold-1", "probe-1")),
                            List.of(polled),
                            keys,
                            shelf,
                            Rig.LIFE)) {
                poll.start();
                var question = new DatagramPacket(new byte[1_500], 1_500);
                device.receive(question);
                var asks = HexFormat.of().parseHex("4001abcd");
                device.send(new DatagramPacket(asks, asks.length, question.getSocketAddress()));
                var rejected = HexFormat.of().parseHex("7000abcd");
                byte[] said;
                do {
                    device.receive(question);
                    said = Arrays.copyOf(question.getData(), question.getLength());
                } while (!Arrays.equals(said, rejected));
                // Before it ends: what is on its way then finds no timer, and Californium says so.
                assertThat(complaints.taken()).isEmpty();
            }
        }
    }

    private CoapPoll poll(CoapSensor sensor, String path, Polled.Manner manner) {
        return new CoapPoll(
                List.of(sensor),
                List.of(
                        new Polled(
                                "probe-1", URI.create("coap://127.0.0.1:" + port + path), manner)),
                keys,
                shelf,
                Rig.LIFE);
    }
}
