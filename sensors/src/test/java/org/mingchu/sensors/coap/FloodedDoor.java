package org.mingchu.sensors.coap;

import org.mingchu.sensors.Flag;
import org.mingchu.sensors.Reading;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A door in a process of its own, with little memory. Prints its ports and its probe's key, then
 * for each line it is given: heap in use after collection in kB, readings kept with proof and
 * without, and datagrams refused.
 */
public final class FloodedDoor {
    private static final int COLLECTIONS = 3;

    private FloodedDoor() {}

    public static void main(String[] args) throws Exception {
        var proven = new AtomicLong();
        var unproven = new AtomicLong();
        try (var rig =
                        new Rig(
                                Path.of(args[0]),
                                readings -> {
                                    for (var reading : readings) {
                                        count(reading, proven, unproven);
                                    }
                                    return CompletableFuture.allOf();
                                },
                                List.of(Rig.thermometer("cold-1", "probe-1")));
                var in =
                        new BufferedReader(
                                new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            System.out.println(
                    rig.dtls().getPort()
                            + " "
                            + rig.plain().getPort()
                            + " "
                            + rig.enrol("probe-1"));
            while (in.readLine() != null) {
                System.out.println(
                        heapKb()
                                + " "
                                + proven
                                + " "
                                + unproven
                                + " "
                                + rig.door.health().getLast().refused());
            }
        }
    }

    private static void count(Reading reading, AtomicLong proven, AtomicLong unproven) {
        if (reading instanceof Reading.Measured m) {
            (m.flags().contains(Flag.UNAUTHENTICATED) ? unproven : proven).incrementAndGet();
        }
    }

    private static long heapKb() {
        var memory = ManagementFactory.getMemoryMXBean();
        for (var i = 0; i < COLLECTIONS; i++) {
            memory.gc();
        }
        return memory.getHeapMemoryUsage().getUsed() / 1_024;
    }
}
