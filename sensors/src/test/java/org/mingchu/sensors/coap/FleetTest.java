package org.mingchu.sensors.coap;

import static org.assertj.core.api.Assertions.assertThat;

import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mingchu.sensors.Proof;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** A kitchen full of radio probes, all behind one address, each with a session of its own. */
final class FleetTest {
    private static final int PROBES = 64;

    @TempDir private Path folder;

    @Test
    void sixty_four_probes_lose_nothing() throws Exception {
        Proof.notInShort();
        var shelf = new Shelf();
        var sensors =
                IntStream.range(0, PROBES)
                        .mapToObj(i -> Rig.thermometer("cold-" + i, "probe-" + i))
                        .toList();
        var rounds = Proof.pick(1, 5, 60);
        try (var rig = new Rig(folder, shelf, sensors);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var reports = new ArrayList<Callable<Integer>>();
            for (var i = 0; i < PROBES; i++) {
                var identity = "probe-" + i;
                var key = rig.enrol(identity);
                reports.add(() -> report(rig, identity, key, rounds));
            }
            var from = System.nanoTime();
            var answered = 0;
            for (var report : threads.invokeAll(reports)) {
                answered += report.get();
            }
            System.out.printf(
                    "fleet probes=%d posts=%d answered=%d kept=%d seconds=%.1f%n",
                    PROBES,
                    PROBES * rounds,
                    answered,
                    shelf.values().size(),
                    (System.nanoTime() - from) / 1e9);
            assertThat(answered).isEqualTo(PROBES * rounds);
            assertThat(shelf.values()).hasSize(PROBES * rounds);
            assertThat(rig.door.probes()).allMatch(p -> p.heard().isPresent());
        }
    }

    /**
     * A report a minute of each, for nine minutes: more sessions than the door can hold, none of
     * which has been quiet for ten. The stack takes 500 handshakes in five minutes, so it cannot be
     * shown sooner.
     */
    @Test
    void probes_that_begin_a_session_for_each_report_find_the_door_open() throws Exception {
        Assumptions.assumeTrue(Proof.pick(0, 0, 1) == 1, "runs with -Pproof: nine minutes");
        var shelf = new Shelf();
        var sensors =
                IntStream.range(0, PROBES)
                        .mapToObj(i -> Rig.thermometer("cold-" + i, "probe-" + i))
                        .toList();
        var rounds = Stack.SESSIONS_MAX * 11 / 10 / PROBES + 1;
        try (var rig = new Rig(folder, shelf, sensors);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var fromNs = System.nanoTime();
            var reports = new ArrayList<Callable<Integer>>();
            for (var i = 0; i < PROBES; i++) {
                var own = i;
                var key = rig.enrol("probe-" + i);
                reports.add(() -> anew(rig, own, key, rounds, fromNs));
            }
            var answered = 0;
            for (var report : threads.invokeAll(reports)) {
                answered += report.get();
            }
            assertThat(answered).isEqualTo(PROBES * rounds);
            assertThat(rig.door.health()).allMatch(health -> health.restarts() == 0);
        }
    }

    /** How many were answered 2.04, of which each began with a handshake. */
    private static int anew(Rig rig, int number, String key, int rounds, long fromNs)
            throws IOException, InterruptedException {
        var every = TimeUnit.MINUTES.toNanos(1);
        var answered = 0;
        for (var i = 0; i < rounds; i++) {
            var dueNs = fromNs + every * i + every * number / PROBES;
            TimeUnit.NANOSECONDS.sleep(dueNs - System.nanoTime());
            var local = new InetSocketAddress("127.0.1." + (number + 1), 0);
            try (var probe = new Probe(rig.dtls(), "probe-" + number, key, local).patient()) {
                var answer = probe.post("/senml", body(i));
                if (answer.filter(a -> a.getCode() == ResponseCode.CHANGED).isPresent()) {
                    answered++;
                }
            }
        }
        return answered;
    }

    /** How many of a probe's posts were answered 2.04; one a second. */
    private static int report(Rig rig, String identity, String key, int rounds)
            throws IOException, InterruptedException {
        var answered = 0;
        try (var probe = new Probe(rig.dtls(), identity, key).patient()) {
            for (var i = 0; i < rounds; i++) {
                var answer = probe.post("/senml?seq=" + i, body(i));
                if (answer.filter(a -> a.getCode() == ResponseCode.CHANGED).isPresent()) {
                    answered++;
                }
                TimeUnit.SECONDS.sleep(1);
            }
        }
        return answered;
    }

    private static String body(int number) {
        return "[{\"n\":\"temp\",\"u\":\"Cel\",\"v\":"
                + List.of(3.5, 4.0, 4.5).get(number % 3)
                + "}]";
    }
}
