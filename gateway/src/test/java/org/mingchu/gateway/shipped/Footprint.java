package org.mingchu.gateway.shipped;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a process has cost so far, as the kernel tells. Immutable.
 *
 * @param processor the time it has run, on all processors
 * @param residentKb what it holds of memory
 */
record Footprint(Duration processor, long residentKb) {
    private static final Pattern RESIDENT_KB = Pattern.compile("VmRSS:\\s+(\\d+) kB");
    private static final Pattern HEAP_KB =
            Pattern.compile("(?:DefNew|Tenured)\\s+total \\d+K, used (\\d+)K");

    static Footprint of(long pid) {
        try {
            var status = Files.readString(Path.of("/proc", Long.toString(pid), "status"));
            var resident = RESIDENT_KB.matcher(status);
            if (!resident.find()) {
                throw new AssertionError("no VmRSS: " + status);
            }
            var processor =
                    ProcessHandle.of(pid)
                            .flatMap(process -> process.info().totalCpuDuration())
                            .orElseThrow(() -> new AssertionError("no process " + pid));
            return new Footprint(processor, Long.parseLong(resident.group(1)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a JVM with the serial collector has in use after a collection, which this asks for. */
    static long heapKb(long pid) {
        jcmd(pid, "GC.run");
        var heap = jcmd(pid, "GC.heap_info");
        var sum = HEAP_KB.matcher(heap).results().mapToLong(r -> Long.parseLong(r.group(1))).sum();
        if (sum == 0) {
            throw new AssertionError("no heap in: " + heap);
        }
        return sum;
    }

    private static String jcmd(long pid, String word) {
        var tool = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        return Program.run(List.of(tool, Long.toString(pid), word)).text();
    }
}
