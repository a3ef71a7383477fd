package org.mingchu.sensors.coap;

import org.eclipse.californium.core.CoapClient;
import org.eclipse.californium.elements.UdpEndpointContext;
import org.mingchu.config.Quantity;
import org.mingchu.sensors.HandClock;
import org.mingchu.sensors.Reading;

import java.net.URI;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * What a device that is asked may answer: the input's first byte is the code, the rest comes after
 * the token. The same bytes also come as a datagram that nobody asked for.
 */
public final class PolledFuzz {
    private static final HandClock CLOCK = new HandClock();
    private static final int ACKNOWLEDGEMENT = 0x60;
    private static final int TOKEN_LENGTH = 0x0f;
    private static final int TOKEN_AT = 4;
    private static final long MS_EACH = 7;
    private static final Wire WIRE =
            new Wire("UDP", new UdpEndpointContext(Wire.PEER), Stack.plainClient())
                    .deliver(new Unasked())
                    .open();
    private static final Asking ASKING = asking();

    private PolledFuzz() {}

    private static Asking asking() {
        var address = URI.create("coap://127.0.0.1:" + Wire.PEER.getPort() + "/temp");
        var polled = new Polled("probe-1", address, new Polled.Manner.Every(Duration.ofMinutes(1)));
        var client = new CoapClient(address);
        client.setEndpoint(WIRE.endpoint());
        var sensor = Rig.sensor("air", Quantity.TEMPERATURE, "probe-1", "temp", CLOCK);
        var reception =
                new Reception(new Roster(List.of(sensor)), PolledFuzz::keep, CLOCK, _ -> {});
        return new Asking(polled, client, reception, PolledFuzz::keep, CLOCK, () -> {});
    }

    private static CompletableFuture<Void> keep(List<Reading> readings) {
        for (var reading : readings) {
            if (reading instanceof Reading.Measured m
                    && (m.ageNs() < 0 || Math.abs(m.rawMilli()) > 1_000 * Measure.ONE_MILLI)) {
                throw new AssertionError(m);
            }
        }
        return CompletableFuture.allOf();
    }

    /** Loading all of Californium is slower than any input may be. */
    public static void fuzzerInitialize() {
        fuzzerTestOneInput(HexFormat.of().parseHex("45c0ff2d372e35")); // 2.05, text, -7.5
    }

    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length > 0) {
            WIRE.receive(input);
        }
        ASKING.turn();
        WIRE.last().ifPresent(question -> WIRE.receive(answer(question, input)));
        CLOCK.add(MS_EACH);
        WIRE.settle();
    }

    /** With the question's id and token, or it would be nobody's. */
    private static byte[] answer(byte[] question, byte[] input) {
        var tokenBytes = question[0] & TOKEN_LENGTH;
        var head = TOKEN_AT + tokenBytes;
        var answer = new byte[head + Math.max(0, input.length - 1)];
        System.arraycopy(question, 0, answer, 0, head);
        answer[0] = (byte) (ACKNOWLEDGEMENT | tokenBytes);
        answer[1] = input.length == 0 ? 0 : input[0];
        if (input.length > 1) {
            System.arraycopy(input, 1, answer, head, input.length - 1);
        }
        return answer;
    }
}
