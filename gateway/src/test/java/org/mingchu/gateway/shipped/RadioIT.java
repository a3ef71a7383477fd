package org.mingchu.gateway.shipped;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mingchu.gateway.Proof;
import org.mingchu.simulator.wire.FreePort;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Radio probes at the shipped program: enrolled, heard, refused, attacked. */
final class RadioIT {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Pattern KEY = Pattern.compile("\"key\":\"([0-9a-f]{32})\"");
    private static final Pattern TIME =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+(?:Z|[+-]\\d\\d:\\d\\d)");

    /** What the agent has as its whole heap, in kB. */
    private static final long HEAP_KB_MAX = 96 * 1024;

    @TempDir private Path folder;

    private int dtls;
    private int plain;
    private Kitchen kitchen;

    @BeforeEach
    void open() throws IOException {
        dtls = FreePort.find();
        plain = FreePort.find();
        kitchen =
                new Kitchen(
                        folder,
                        1,
                        """
                        [coap]
                        listen = "127.0.0.1:%d"
                        plain  = "127.0.0.1:%d"
                        [[unit]]
                        id = "box-1"
                        name = "1号转运箱"
                        kind = "transit-box"
                          [[unit.sensor]]
                          id = "box-air"
                          measures = "temperature"
                          source = "coap:probe-1//3303/0/5700"
                          [[unit.sensor]]
                          id = "box-battery"
                          measures = "battery"
                          source = "coap:probe-1//3/0/9"
                        """
                                .formatted(dtls, plain),
                        "");
        kitchen.start();
    }

    @AfterEach
    void close() {
        kitchen.close();
    }

    @Test
    void a_probe_is_enrolled_heard_listed_and_barred_when_its_key_ends() throws IOException {
        try (var probe = new RadioProbe(dtls, "probe-1", enrol("probe-1"))) {
            assertThat(probe.post(pack("3303/0/5700", "Cel", 3.5, 0))).isEqualTo("2.04");
            assertThat(probe.post(pack("3/0/9", "%EL", 12, 0))).isEqualTo("2.04");
            assertThat(kitchen.tryGet("/api/state")).contains("\"milli\":3500");
            assertThat(list()).contains("box-air", "3.5 °C", "12.0 %", "2.04", "dtls");

            assertThat(mingchu("sensors", "revoke-probe", "probe-1").code()).isZero();
            assertThat(kitchen.program().lines())
                    .as("what Californium says when all is well")
                    .noneMatch(line -> line.contains(" INFO ") && line.contains("o.e.c."));
            Eventually.within(
                    SOON,
                    "the session has ended and the key is refused",
                    this::list,
                    () ->
                            !probe.post(pack("3303/0/5700", "Cel", 4, 0)).equals("2.04")
                                    && list().contains("revoked"));
        }
    }

    @Test
    void whoever_is_not_let_in_is_shown_to_the_technician() throws IOException {
        Proof.notInShort();
        enrol("probe-1");
        try (var wrong = new RadioProbe(dtls, "probe-1", "00".repeat(16));
                var unknown = new RadioProbe(dtls, "probe-9", "00".repeat(16))) {
            assertThat(wrong.post("[]")).isEmpty();
            assertThat(unknown.post("[]")).isEmpty();
        }
        assertThat(list()).contains("wrong-key", "unknown-identity").doesNotContain("probe-9");
    }

    @Test
    void three_days_of_a_probes_buffer_stand_at_their_own_times() throws IOException {
        Proof.notInShort();
        try (var probe = new RadioProbe(dtls, "probe-1", enrol("probe-1"))) {
            assertThat(probe.post(pack("3303/0/5700", "Cel", 5, 0))).isEqualTo("2.04");
            for (var hour = 72; hour > 0; hour--) {
                var records = new ArrayList<String>();
                for (var minute = 0; minute < 60; minute += 10) {
                    records.add(record("3303/0/5700", "Cel", hour, -(hour * 3600 - minute * 60)));
                }
                assertThat(probe.post("[" + String.join(",", records) + "]")).isEqualTo("2.04");
            }
        }
        var from = LocalDate.now(ZoneId.of("Asia/Shanghai")).minusDays(4).toString();
        var csv = mingchu("journal", "readings", "box-air", "--from", from).lines();
        var buffered = csv.stream().filter(line -> line.contains("backfilled")).toList();

        assertThat(buffered).as(csv.getFirst() + csv.get(1)).hasSize(432);
        var times =
                buffered.stream()
                        .map(line -> TIME.matcher(line).results().findFirst().orElseThrow())
                        .map(time -> OffsetDateTime.parse(time.group()).toInstant())
                        .toList();
        assertThat(times).isSorted();
        assertThat(Duration.between(times.getFirst(), times.getLast()))
                .isCloseTo(Duration.ofDays(3).minusMinutes(10), Duration.ofMinutes(1));
    }

    @Test
    void a_flood_of_plain_posts_leaves_probes_served_and_memory_bounded() throws IOException {
        Proof.notInShort();
        try (var probe = new RadioProbe(dtls, "probe-1", enrol("probe-1"))) {
            assertThat(probe.post(pack("3303/0/5700", "Cel", 3, 0))).isEqualTo("2.04");
            var before = Footprint.heapKb(kitchen.program().pid());
            var served = 0;
            for (var part = 0; part < 10; part++) {
                fromOnePort(11_100, part);
                served +=
                        probe.post(pack("3303/0/5700", "Cel", 3 + part / 10.0, 0)).equals("2.04")
                                ? 1
                                : 0;
            }
            for (var part = 0; part < 10; part++) {
                fromNewPorts(6_000, part);
                served +=
                        probe.post(pack("3303/0/5700", "Cel", 4 + part / 10.0, 0)).equals("2.04")
                                ? 1
                                : 0;
            }
            var after = Footprint.heapKb(kitchen.program().pid());
            System.out.printf(
                    "flood: %d of 20 posts of the probe served, heap %d kB before, %d kB after%n",
                    served, before, after);
            assertThat(served).isEqualTo(20);
            assertThat(kitchen.program().alive()).isTrue();
            assertThat(after).isLessThan(HEAP_KB_MAX / 2);
            assertThat(after - before).isLessThan(16 * 1024);
        }
    }

    // ---- how it is done ---------------------------------------------------------------------

    private String enrol(String identity) {
        var ended =
                mingchu(
                        "sensors",
                        "add-probe",
                        identity,
                        "--site",
                        kitchen.site().toString(),
                        "--json");
        var key = KEY.matcher(ended.text());
        assertThat(key.find()).as(ended.text()).isTrue();
        return key.group(1);
    }

    private String list() {
        return mingchu("sensors", "list").text();
    }

    private Program.Ended mingchu(String... words) {
        var command = new ArrayList<>(List.of(Kitchen.PROGRAM));
        command.addAll(List.of(words));
        command.addAll(List.of("--state", kitchen.state().toString()));
        return Program.run(command);
    }

    private static String pack(String name, String unit, double value, long seconds) {
        return "[" + record(name, unit, value, seconds) + "]";
    }

    private static String record(String name, String unit, double value, long seconds) {
        return String.format(
                Locale.ROOT,
                "{\"bn\":\"/\",\"n\":\"%s\",\"u\":\"%s\",\"v\":%.3f,\"t\":%d}",
                name,
                unit,
                value,
                seconds);
    }

    private void fromOnePort(int posts, int part) throws IOException {
        try (var socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            for (var mid = 0; mid < posts; mid++) {
                send(socket, mid, part);
            }
        }
    }

    private void fromNewPorts(int posts, int part) throws IOException {
        for (var mid = 0; mid < posts; mid++) {
            try (var socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
                send(socket, mid, part);
            }
        }
    }

    private void send(DatagramSocket socket, int mid, int part) throws IOException {
        var bytes = post(mid, pack("3303/0/5700", "Cel", part, 0));
        socket.send(
                new DatagramPacket(
                        bytes,
                        bytes.length,
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), plain)));
    }

    /** A confirmable POST to /senml of format 110, as RFC 7252 writes it. */
    private static byte[] post(int mid, String body) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {0x41, 0x02, (byte) (mid >> 8), (byte) mid, (byte) mid});
        out.write(0xb5);
        out.writeBytes("senml".getBytes(UTF_8));
        out.writeBytes(new byte[] {0x11, 110, (byte) 0xff});
        out.writeBytes(body.getBytes(UTF_8));
        return out.toByteArray();
    }
}
