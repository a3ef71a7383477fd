package org.mingchu.gateway.shipped;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Radio probes that begin anew for each reading, as those do that sleep in between: an address, a
 * key and a full DTLS handshake of their own. libcoap's client where it is installed, else
 * Californium's. No value comes twice from one probe.
 */
final class BenchProbes implements AutoCloseable {
    /** Addresses 127.0.1.1 and on. */
    static final int PROBES_MAX = 250;

    private static final String LIBCOAP = "coap-client-openssl";
    private static final String CHANGED = "2.04";
    private static final int FIRST_MILLI = -20_000;
    private static final int STEP_MILLI = 50;
    private static final String PATIENCE_S = "15";

    private final int port;
    private final int count;
    private final Duration every;
    private final Optional<Path> libcoap = Peers.find(LIBCOAP);
    private final Map<String, Set<Integer>> answered = new ConcurrentHashMap<>();
    private final AtomicInteger sent = new AtomicInteger();
    private final Queue<String> unanswered = new ConcurrentLinkedQueue<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean ending;

    /**
     * @param port the listener's on 127.0.0.1
     * @param every how often each of them reports
     */
    BenchProbes(int port, int count, Duration every) {
        this.port = port;
        this.count = count;
        this.every = every;
    }

    static String identity(int probe) {
        return "probe-" + probe;
    }

    /** Its subject in the record. */
    static String sensor(int probe) {
        return "probe-" + probe + "-air";
    }

    /** libcoap's client takes its key as text, so it is text. */
    private static String key(int probe) {
        return "key-of-probe-%03d".formatted(probe);
    }

    /** Whose client it is. */
    String client() {
        return libcoap.isPresent() ? "libcoap with OpenSSL" : "Californium";
    }

    /** Lets a state folder know the keys of all of them. */
    void enrol(Path state) throws IOException {
        var lines = new ArrayList<String>();
        lines.add("mingchu-probes 1");
        for (var probe = 1; probe <= count; probe++) {
            lines.add(
                    identity(probe)
                            + " psk "
                            + HexFormat.of().formatHex(key(probe).getBytes(US_ASCII)));
        }
        Files.createDirectories(state);
        var file = Files.write(state.resolve("probes"), lines);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    /** Begins, spread evenly over the time between two reports of one. */
    void start() {
        var startNs = System.nanoTime();
        for (var probe = 1; probe <= count; probe++) {
            var own = probe;
            var firstNs = startNs + every.toNanos() * (probe - 1) / count;
            threads.add(Thread.ofVirtual().name(identity(probe)).start(() -> report(own, firstNs)));
        }
    }

    private void report(int probe, long firstNs) {
        for (var number = 0; !ending; number++) {
            waitUntil(firstNs + number * every.toNanos());
            if (ending) {
                return;
            }
            var milli = FIRST_MILLI + STEP_MILLI * number;
            sent.incrementAndGet();
            var told = post(probe, milli);
            if (told.contains(CHANGED)) {
                answered.computeIfAbsent(sensor(probe), _ -> ConcurrentHashMap.newKeySet())
                        .add(milli);
            } else {
                unanswered.add(identity(probe) + ": " + told.strip());
            }
        }
    }

    private void waitUntil(long ns) {
        for (var left = ns - System.nanoTime();
                left > 0 && !ending;
                left = ns - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    /** What the client says; 2.04 is in it when the reading is kept. */
    private String post(int probe, int milli) {
        var pack =
                String.format(
                        Locale.ROOT, "[{\"n\":\"temp\",\"u\":\"Cel\",\"v\":%.3f}]", milli / 1000.0);
        var address = "127.0.1." + probe;
        return libcoap.map(client -> libcoap(client, address, probe, pack))
                .orElseGet(() -> californium(address, probe, pack));
    }

    private String libcoap(Path client, String address, int probe, String pack) {
        return Program.run(
                        List.of(
                                client.toString(),
                                "-v",
                                "6",
                                "-B",
                                PATIENCE_S,
                                "-a",
                                address,
                                "-u",
                                identity(probe),
                                "-k",
                                key(probe),
                                "-m",
                                "post",
                                "-t",
                                "110",
                                "-e",
                                pack,
                                "coaps://127.0.0.1:" + port + "/senml"))
                .text();
    }

    private String californium(String address, int probe, String pack) {
        var hex = HexFormat.of().formatHex(key(probe).getBytes(US_ASCII));
        try (var client =
                new RadioProbe(port, identity(probe), hex, InetAddress.getByName(address))) {
            return client.post(pack);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What has become of all reports, once {@link #stop} has returned. */
    int sent() {
        return sent.get();
    }

    /** Sent and not answered 2.04: who, and what its client said. */
    List<String> unanswered() {
        return List.copyOf(unanswered);
    }

    /** What was answered 2.04: values in thousandths, by sensor. */
    Map<String, Set<Integer>> answered() {
        return Map.copyOf(answered);
    }

    /** No report begins any more, and those under way have ended. */
    void stop() {
        ending = true;
        threads.forEach(LockSupport::unpark);
        for (var thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void close() {
        stop();
    }
}
