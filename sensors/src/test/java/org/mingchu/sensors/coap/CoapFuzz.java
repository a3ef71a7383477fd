package org.mingchu.sensors.coap;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.eclipse.californium.core.CoapResource;
import org.eclipse.californium.elements.DtlsEndpointContext;
import org.eclipse.californium.elements.EndpointContext;
import org.eclipse.californium.elements.UdpEndpointContext;
import org.eclipse.californium.elements.auth.PreSharedKeyIdentity;
import org.eclipse.californium.elements.config.Configuration;
import org.eclipse.californium.elements.util.Bytes;
import org.mingchu.config.Quantity;
import org.mingchu.sensors.HandClock;
import org.mingchu.sensors.Reading;

import java.net.DatagramPacket;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Datagrams at the door, without DTLS and as they come out of it, through all of Californium to the
 * resources and to the intake. An input is one datagram or several: a transfer in blocks has more.
 */
public final class CoapFuzz {
    private static final HandClock CLOCK = new HandClock();
    private static final String PROBE = "probe-1";
    private static final List<CoapSensor> SENSORS =
            List.of(
                    Rig.sensor("air", Quantity.TEMPERATURE, PROBE, "temp", CLOCK),
                    Rig.sensor("core", Quantity.TEMPERATURE, PROBE, "3303/1/5700", CLOCK),
                    Rig.sensor("door", Quantity.DOOR, PROBE, "door", CLOCK));

    private static final byte[] BETWEEN = "\n--\n".getBytes(UTF_8);
    private static final int DATAGRAMS_MAX = 8;
    private static final long MS_EACH = 7;

    /** What {@link Stack} allows, with a head and its options. */
    private static final int ANSWER_BYTES_MAX = 1_280;

    private static final Wire PLAIN = door("UDP", new UdpEndpointContext(Wire.PEER), Stack.plain());
    private static final Wire SECURE =
            door(
                    "DTLS",
                    new DtlsEndpointContext(
                            Wire.PEER,
                            null,
                            new PreSharedKeyIdentity(PROBE),
                            new Bytes(new byte[] {1}),
                            1,
                            "TLS_PSK_WITH_AES_128_CCM_8",
                            1),
                    Stack.dtlsServer(false));

    private CoapFuzz() {}

    private static Wire door(String protocol, EndpointContext context, Configuration settings) {
        var keys = new ProbeKeys(Path.of("no-keys"), new SecureRandom());
        var door =
                new CoapDoor(
                        CoapSettings.keysOnly(Rig.loopback()),
                        SENSORS,
                        keys,
                        CoapFuzz::keep,
                        CLOCK,
                        new SecureRandom());
        var server = door.server(settings);
        var now = new CoapResource("now", false);
        var present = new Present(CLOCK);
        SENSORS.forEach(s -> now.add(new NowResource(s, present)));
        server.add(now);
        var wire = new Wire(protocol, context, settings);
        server.addEndpoint(wire.endpoint());
        return wire.open();
    }

    private static CompletableFuture<Void> keep(List<Reading> readings) {
        for (var reading : readings) {
            if (reading instanceof Reading.Measured m && (m.ageNs() < 0 || beyond(m.rawMilli()))) {
                throw new AssertionError(m);
            }
        }
        return CompletableFuture.allOf();
    }

    private static boolean beyond(long milli) {
        return Math.abs(milli) > 1_000 * Measure.ONE_MILLI;
    }

    /** Loading all of Californium is slower than any input may be. */
    public static void fuzzerInitialize() {
        fuzzerTestOneInput(
                Datagram.post(1, 1, "id=probe-1", "[{\"n\":\"temp\",\"u\":\"Cel\",\"v\":4}]"));
    }

    public static void fuzzerTestOneInput(byte[] input) {
        var from = 0;
        for (var i = 0; i < DATAGRAMS_MAX && from <= input.length; i++) {
            var until = end(input, from);
            one(Arrays.copyOfRange(input, from, until));
            from = until + BETWEEN.length;
        }
        PLAIN.settle();
        SECURE.settle();
    }

    private static int end(byte[] input, int from) {
        for (var i = from; i + BETWEEN.length <= input.length; i++) {
            if (Arrays.equals(input, i, i + BETWEEN.length, BETWEEN, 0, BETWEEN.length)) {
                return i;
            }
        }
        return input.length;
    }

    private static void one(byte[] datagram) {
        if (datagram.length > 0
                && !GuardedUdp.answers(new DatagramPacket(datagram, datagram.length))) {
            bounded(PLAIN.receive(datagram));
        }
        bounded(SECURE.receive(datagram));
        CLOCK.add(MS_EACH);
    }

    /** One answer, and an acknowledgement before it. */
    private static void bounded(List<byte[]> sent) {
        if (sent.size() > 2 || sent.stream().anyMatch(s -> s.length > ANSWER_BYTES_MAX)) {
            throw new AssertionError("one datagram is answered with " + sent.size());
        }
    }
}
