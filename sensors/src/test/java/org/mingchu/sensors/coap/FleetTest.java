package org.mingchu.sensors.coap;

import static org.assertj.core.api.Assertions.assertThat;

import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mingchu.sensors.Proof;

import java.io.IOException;
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
