package org.mingchu.sensors.coap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import org.eclipse.californium.core.CoapHandler;
import org.eclipse.californium.core.CoapResponse;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.MediaTypeRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mingchu.config.Quantity;
import org.mingchu.sensors.Flag;
import org.mingchu.sensors.Reading;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

final class CoapDoorTest {
    private static final String READING = "[{\"n\":\"temp\",\"u\":\"Cel\",\"v\":%s}]";
    private static final Duration SOON = Duration.ofSeconds(10);

    @TempDir private Path folder;
    private final Shelf shelf = new Shelf();
    private Rig rig;
    private String key;

    @BeforeEach
    void open() {
        rig =
                new Rig(
                        folder,
                        shelf,
                        List.of(
                                Rig.thermometer("cold-1", "probe-1"),
                                Rig.thermometer("cold-2", "probe-2"),
                                Rig.sensor("cell-1", Quantity.BATTERY, "probe-1", "3/0/9")));
        key = rig.enrol("probe-1");
    }

    @AfterEach
    void close() throws IOException {
        rig.close();
    }

    @Test
    void a_probe_is_answered_only_when_its_reading_is_kept() throws Exception {
        shelf.mood(Shelf.Mood.WAITS);
        try (var probe = probe()) {
            var answer =
                    CompletableFuture.supplyAsync(
                            () -> probe.post("/senml", READING.formatted("4.5")));
            await(() -> !shelf.values().isEmpty());
            // longer than the door waits before it says that it has heard
            assertThat(
                            answer.copy()
                                    .completeOnTimeout(Optional.empty(), 1, TimeUnit.SECONDS)
                                    .join())
                    .isEmpty();
            shelf.commit();
            assertThat(code(answer.get(SOON.toSeconds(), TimeUnit.SECONDS)))
                    .isEqualTo(ResponseCode.CHANGED);
        }
        assertThat(shelf.values())
                .singleElement()
                .satisfies(m -> assertThat(m.milli()).isEqualTo(4_500))
                .satisfies(m -> assertThat(m.flags()).isEmpty());
        assertThat(rig.door.probes().getFirst().heard().orElseThrow())
                .satisfies(h -> assertThat(h.way()).isEqualTo(ProbeStatus.Way.DTLS_CID))
                .satisfies(h -> assertThat(h.answer()).isEqualTo("2.04"));
        assertThat(rig.door.probes().getLast().heard()).isEmpty();
    }

    @Test
    void a_full_inbox_says_when_to_come_again() throws Exception {
        shelf.mood(Shelf.Mood.FULL);
        try (var probe = probe()) {
            var answer = probe.post("/senml?seq=1", READING.formatted("4.5")).orElseThrow();
            assertThat(answer.getCode()).isEqualTo(ResponseCode.SERVICE_UNAVAILABLE);
            assertThat(answer.getOptions().getMaxAge()).isEqualTo(SenMlResource.RETRY_AFTER_S);

            shelf.mood(Shelf.Mood.KEEPS);
            assertThat(code(probe.post("/senml?seq=1", READING.formatted("4.5"))))
                    .isEqualTo(ResponseCode.CHANGED);
            assertThat(code(probe.post("/senml?seq=1", READING.formatted("4.5"))))
                    .isEqualTo(ResponseCode.CHANGED);
        }
        assertThat(shelf.values()).hasSize(1);
    }

    @Test
    void what_cannot_be_taken_is_answered_with_its_reason() throws Exception {
        try (var probe = probe()) {
            assertThat(probe.post("/senml", "[{\"n\":\"temp\",\"u\":\"Cel\",\"t\":1e9,\"v\":1}]"))
                    .hasValueSatisfying(
                            r -> assertThat(r.getCode()).isEqualTo(ResponseCode.BAD_REQUEST))
                    .hasValueSatisfying(
                            r -> assertThat(r.getResponseText()).contains("set the clock"));
            assertThat(code(probe.post("/senml", "[{\"n\":\"other\",\"v\":1}]")))
                    .isEqualTo(ResponseCode.NOT_FOUND);
            assertThat(code(probe.send("/senml", new byte[] {1}, MediaTypeRegistry.TEXT_PLAIN, -1)))
                    .isEqualTo(ResponseCode.UNSUPPORTED_CONTENT_FORMAT);
            assertThat(code(probe.post("/senml?id=probe-2", READING.formatted("1"))))
                    .isEqualTo(ResponseCode.FORBIDDEN);
            assertThat(code(probe.post("/senml?seq=x", READING.formatted("1"))))
                    .isEqualTo(ResponseCode.BAD_REQUEST);
        }
        assertThat(shelf.rounds()).isEmpty();
    }

    @Test
    void cbor_and_the_path_of_lwm2m_s_send_are_taken_too() throws Exception {
        // [{0: "3/0/9", 2: 87}]
        var body = HexFormat.of().parseHex("81a20065332f302f39021857");
        try (var probe = probe()) {
            assertThat(code(probe.send("/dp", body, MediaTypeRegistry.APPLICATION_SENML_CBOR, -1)))
                    .isEqualTo(ResponseCode.CHANGED);
        }
        assertThat(shelf.values())
                .extracting(Reading.Measured::subject, Reading.Measured::milli)
                .containsExactly(tuple("cell-1", 87_000L));
    }

    @Test
    void a_probe_observes_its_own_sensors_and_no_other() throws Exception {
        try (var probe = probe()) {
            BlockingQueue<String> seen = new LinkedBlockingQueue<>();
            var relation = probe.client("/now/cold-1").observe(handler(seen));
            assertThat(next(seen)).isEqualTo("[{\"bn\":\"cold-1\"}]");
            probe.post("/senml", READING.formatted("4.5"));
            assertThat(next(seen))
                    .isEqualTo("[{\"n\":\"cold-1\",\"u\":\"Cel\",\"v\":4.500,\"t\":0}]");
            probe.post("/senml", "[{\"n\":\"temp\",\"u\":\"Cel\",\"t\":-900,\"v\":9}]");
            probe.post("/senml", READING.formatted("5"));
            assertThat(next(seen)).as("a late value is not the present one").contains("5.000");
            relation.reactiveCancel();

            assertThat(probe.client("/now/cold-2").get().getCode())
                    .isEqualTo(ResponseCode.FORBIDDEN);
        }
    }

    @Test
    void links_are_listed_over_dtls_and_not_without() throws Exception {
        try (var probe = probe()) {
            assertThat(probe.client("/.well-known/core").get().getResponseText())
                    .contains("</senml>", "ct=\"110 112\"")
                    .doesNotContain("cold-");
        }
        try (var socket = new DatagramSocket(Rig.loopback())) {
            var get = HexFormat.of().parseHex("40010001bb2e77656c6c2d6b6e6f776e04636f7265");
            assertThat(Datagram.code(Datagram.ask(socket, rig.plain(), get).orElseThrow()))
                    .isEqualTo("4.04");
        }
    }

    @Test
    void without_dtls_a_reading_is_flagged() throws Exception {
        try (var socket = new DatagramSocket(Rig.loopback())) {
            var answer =
                    Datagram.ask(
                            socket,
                            rig.plain(),
                            Datagram.post(1, 1, "id=probe-1", READING.formatted("4")));
            assertThat(Datagram.code(answer.orElseThrow())).isEqualTo("2.04");
            var nobody =
                    Datagram.ask(
                            socket,
                            rig.plain(),
                            Datagram.post(2, 2, "x=1", READING.formatted("4")));
            assertThat(Datagram.code(nobody.orElseThrow())).isEqualTo("4.00");
        }
        assertThat(shelf.values())
                .extracting(Reading.Measured::flags)
                .containsExactly(Set.of(Flag.UNAUTHENTICATED));
    }

    @Test
    void a_probe_that_restarts_and_counts_its_messages_anew_loses_nothing() throws Exception {
        try (var socket = new DatagramSocket(Rig.loopback())) {
            var first = Datagram.post(7, 1, "id=probe-1", READING.formatted("4"));
            var second = Datagram.post(7, 2, "id=probe-1", READING.formatted("5"));
            var third = Datagram.post(7, 2, "id=probe-1", READING.formatted("6"));
            for (var datagram : List.of(first, first, second, second, third)) {
                var answer = Datagram.ask(socket, rig.plain(), datagram).orElseThrow();
                assertThat(Datagram.code(answer)).isEqualTo("2.04");
                assertThat(Datagram.token(answer)).as("of this request").isEqualTo(datagram[4]);
            }
        }
        assertThat(shelf.values())
                .as("repetitions stored once, new readings each")
                .extracting(Reading.Measured::milli)
                .containsExactly(4_000L, 5_000L, 6_000L);
    }

    @Test
    void the_same_over_dtls_after_a_new_handshake_from_the_same_port() throws Exception {
        var local = Rig.loopback();
        var body = READING.formatted("4").getBytes(StandardCharsets.UTF_8);
        for (var i = 0; i < 3; i++) {
            try (var probe = new Probe(rig.dtls(), "probe-1", key, local)) {
                local = probe.local();
                assertThat(
                                code(
                                        probe.send(
                                                "/senml",
                                                body,
                                                MediaTypeRegistry.APPLICATION_SENML_JSON,
                                                7)))
                        .isEqualTo(ResponseCode.CHANGED);
            }
        }
        assertThat(shelf.values()).hasSize(3);
    }

    @Test
    void a_new_port_does_not_end_a_session_that_has_a_connection_id() throws Exception {
        try (var nat = new Nat(rig.dtls());
                var probe = new Probe(nat.address(), "probe-1", key)) {
            assertThat(code(probe.post("/senml", READING.formatted("4"))))
                    .isEqualTo(ResponseCode.CHANGED);
            var before = heard().from();
            nat.rebind();
            assertThat(code(probe.post("/senml", READING.formatted("5"))))
                    .isEqualTo(ResponseCode.CHANGED);
            assertThat(heard().from()).isNotEqualTo(before);
            assertThat(heard().way()).isEqualTo(ProbeStatus.Way.DTLS_CID);
        }
        assertThat(shelf.values()).hasSize(2);
    }

    @Test
    void a_wrong_key_and_an_unknown_identity_are_shown_without_their_names() throws Exception {
        try (var wrong = new Probe(rig.dtls(), "probe-1", "00".repeat(16)).impatient();
                var unknown = new Probe(rig.dtls(), "stranger", key).impatient()) {
            var tries =
                    List.of(
                            CompletableFuture.runAsync(() -> wrong.post("/senml", "[]")),
                            CompletableFuture.runAsync(() -> unknown.post("/senml", "[]")));
            await(() -> rig.door.strangers().list().size() == 2);
            tries.forEach(CompletableFuture::join);
        }
        assertThat(rig.door.strangers().list())
                .extracting(Strangers.Stranger::hash, Strangers.Stranger::reason)
                .containsExactlyInAnyOrder(
                        tuple(Strangers.hash("probe-1"), Strangers.Reason.WRONG_KEY),
                        tuple(Strangers.hash("stranger"), Strangers.Reason.UNKNOWN_IDENTITY));
        assertThat(rig.door.strangers().list().toString()).doesNotContain("stranger=");
    }

    @Test
    void a_key_added_later_opens_and_a_revoked_one_closes_the_living_session() throws Exception {
        var other = new ProbeKeys(folder.resolve("probes"), new SecureRandom());
        var second = other.add("probe-2", Rig.NOWHERE).keyHex();
        try (var probe = new Probe(rig.dtls(), "probe-2", second)) {
            assertThat(code(probe.post("/senml", READING.formatted("4"))))
                    .isEqualTo(ResponseCode.CHANGED);
            other.revoke("probe-2");
            rig.door.endRevoked();
            assertThat(probe.impatient().post("/senml", READING.formatted("5"))).isEmpty();
        }
        try (var again = new Probe(rig.dtls(), "probe-2", second).impatient()) {
            assertThat(again.post("/senml", READING.formatted("6"))).isEmpty();
        }
        assertThat(rig.door.strangers().list())
                .extracting(Strangers.Stranger::reason)
                .containsExactly(Strangers.Reason.REVOKED);
        assertThat(shelf.values()).hasSize(1);
    }

    @Test
    void each_listener_answers_the_door_s_own_question_and_is_opened_again_when_not()
            throws Exception {
        rig.door.watchNow();
        assertThat(rig.door.health())
                .extracting(Health::listener, Health::state, Health::restarts)
                .containsExactly(
                        tuple("coaps", Health.State.UP, 0L), tuple("coap", Health.State.UP, 0L));

        InetSocketAddress was = rig.dtls();
        rig.door.breakListeners();
        rig.door.watchNow();

        assertThat(rig.door.health())
                .extracting(Health::state, Health::restarts)
                .containsExactly(tuple(Health.State.UP, 1L), tuple(Health.State.UP, 1L));
        assertThat(rig.dtls()).isEqualTo(was);
        try (var probe = probe()) {
            assertThat(code(probe.post("/senml", READING.formatted("4"))))
                    .isEqualTo(ResponseCode.CHANGED);
        }
        assertThat(rig.door.strangers().list()).as("it is no stranger to itself").isEmpty();
    }

    @Test
    void nothing_is_written_into_the_working_directory() {
        assertThat(Files.exists(Path.of("Californium3.properties"))).isFalse();
    }

    private Probe probe() throws IOException {
        return new Probe(rig.dtls(), "probe-1", key);
    }

    private ProbeStatus.Heard heard() {
        return rig.door.probes().getFirst().heard().orElseThrow();
    }

    private static ResponseCode code(Optional<CoapResponse> answer) {
        return answer.orElseThrow(() -> new AssertionError("no answer")).getCode();
    }

    private static String next(BlockingQueue<String> seen) throws InterruptedException {
        return Optional.ofNullable(seen.poll(SOON.toSeconds(), TimeUnit.SECONDS)).orElse("nothing");
    }

    private static CoapHandler handler(BlockingQueue<String> seen) {
        return new CoapHandler() {
            @Override
            public void onLoad(CoapResponse response) {
                seen.add(response.getResponseText());
            }

            @Override
            public void onError() {
                seen.add("error");
            }
        };
    }

    static void await(BooleanSupplier condition) throws InterruptedException {
        var until = System.nanoTime() + SOON.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(until);
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }
}
