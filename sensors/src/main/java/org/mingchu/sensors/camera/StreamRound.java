package org.mingchu.sensors.camera;

import org.mingchu.config.CameraVerdict;
import org.mingchu.config.Secrets;
import org.mingchu.sensors.Clock;
import org.mingchu.sensors.camera.http.DeadlineSocket;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Asks a recorder for the streams of its channels, one after another. What is the recorder's own
 * trouble is said of it alone, and its channels are unknown then: one event, not sixty-four. One
 * thread.
 */
final class StreamRound implements Asking.Round {
    /** The recorder is known to be there; a healthy one needs some 20 ms. */
    static final Patience CHANNEL =
            new Patience(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofMillis(2500));

    /** So many silent channels one after another, and none that speaks, are a silent recorder. */
    static final int SILENT_MAX = 8;

    /** Recorders lock out whoever comes with a wrong password more often. */
    static final int REFUSED_MAX = 2;

    private static final int RTSP_PORT = 554;

    private final RecorderPlan plan;
    private final Clock clock;
    private final Patience patience;
    private final Map<RecorderPlan.Channel, RtspProbe> probes = new LinkedHashMap<>();
    private final Map<String, CameraVerdict> before = new HashMap<>();

    StreamRound(
            RecorderPlan plan,
            Optional<Secrets.Secret> secret,
            Clock clock,
            RandomGenerator chance,
            Patience patience) {
        this.plan = plan;
        this.clock = clock;
        this.patience = patience;
        for (var channel : plan.channels()) {
            var address = plan.stream(channel.number());
            probes.put(
                    channel, new RtspProbe(channel.id(), address, secret, clock, chance, patience));
        }
    }

    @Override
    public void ask(Asking.Findings findings) {
        var knock = knock();
        if (knock.verdict() != CameraVerdict.HEALTHY) {
            recorder(knock, findings);
            return;
        }
        new Walk(findings).go();
    }

    /** Whether RTSP answers at all; how it answers OPTIONS says nothing more. */
    private Found knock() {
        var address = plan.stream(1);
        try (var connection = RtspConnection.open(socket(address), clock, patience)) {
            return switch (connection.exchange(options(address))) {
                case RtspOutcome.Failure(var verdict, var cause) -> new Found(verdict, cause);
                case RtspOutcome.Answer _ -> new Found(CameraVerdict.HEALTHY);
            };
        } catch (IOException e) {
            return new Found(DeadlineSocket.unopened(e), e);
        }
    }

    private static InetSocketAddress socket(URI address) throws IOException {
        var socket = new InetSocketAddress(address.getHost(), port(address));
        if (socket.isUnresolved()) {
            throw new IOException("no address for " + address.getHost());
        }
        return socket;
    }

    private static int port(URI address) {
        return address.getPort() < 0 ? RTSP_PORT : address.getPort();
    }

    private static String options(URI address) {
        return "OPTIONS rtsp://"
                + address.getHost()
                + ":"
                + port(address)
                + "/ RTSP/1.0\r\nCSeq: 1\r\nUser-Agent: mingchu\r\n\r\n";
    }

    private void recorder(Found found, Asking.Findings findings) {
        findings.say(plan.id(), found);
        plan.channels().forEach(c -> findings.say(c.id(), behind(found)));
    }

    private static Found behind(Found recorder) {
        return new Found(CameraVerdict.UNKNOWN, "its recorder: " + recorder.verdict().word());
    }

    /** Those that answered last come first, those that hung last: they make nobody wait. */
    private List<RecorderPlan.Channel> inOrder() {
        return plan.channels().stream().sorted(Comparator.comparingInt(this::rank)).toList();
    }

    private int rank(RecorderPlan.Channel channel) {
        return switch (before.getOrDefault(channel.id(), CameraVerdict.UNKNOWN)) {
            case HEALTHY -> 0;
            case NO_ANSWER -> 2;
            default -> 1;
        };
    }

    /** One walk along the channels. */
    private final class Walk {
        private final Asking.Findings findings;
        private final Map<RecorderPlan.Channel, Found> held = new LinkedHashMap<>();
        private boolean spoken;

        Walk(Asking.Findings findings) {
            this.findings = findings;
        }

        void go() {
            for (var channel : inOrder()) {
                var found = ask(channel);
                if (lost(found)) {
                    recorder(found, findings);
                    return;
                }
                note(channel, found);
                var own = recorders();
                if (own.isPresent()) {
                    recorder(own.get(), findings);
                    return;
                }
            }
            var own = recordersAfterAll();
            if (own.isPresent()) {
                recorder(own.get(), findings);
                return;
            }
            findings.say(plan.id(), new Found(CameraVerdict.HEALTHY));
            held.forEach((channel, found) -> findings.say(channel.id(), found));
        }

        private Found ask(RecorderPlan.Channel channel) {
            var found = Optional.ofNullable(probes.get(channel)).orElseThrow().probe();
            before.put(channel.id(), found.verdict());
            return found;
        }

        private static boolean lost(Found found) {
            return found.verdict() == CameraVerdict.UNREACHABLE
                    || found.verdict() == CameraVerdict.REFUSED;
        }

        /** What may still be the recorder's own is held back until the end. */
        private void note(RecorderPlan.Channel channel, Found found) {
            switch (found.verdict()) {
                case AUTH, NO_ANSWER -> held.put(channel, found);
                default -> {
                    spoken = true;
                    findings.say(channel.id(), found);
                }
            }
        }

        /** Too many refusals or too long a silence, before anybody has spoken. */
        private Optional<Found> recorders() {
            return spoken
                    ? Optional.empty()
                    : all(CameraVerdict.AUTH, REFUSED_MAX)
                            .or(() -> all(CameraVerdict.NO_ANSWER, SILENT_MAX));
        }

        /** A single channel that is silent says nothing of its recorder, which has just spoken. */
        private Optional<Found> recordersAfterAll() {
            return spoken
                    ? Optional.empty()
                    : all(CameraVerdict.AUTH, 1).or(() -> all(CameraVerdict.NO_ANSWER, 2));
        }

        private Optional<Found> all(CameraVerdict verdict, int atLeast) {
            var those = new ArrayList<>(held.values());
            those.removeIf(f -> f.verdict() != verdict);
            return those.size() == held.size() && those.size() >= atLeast
                    ? Optional.of(those.getFirst())
                    : Optional.empty();
        }
    }
}
