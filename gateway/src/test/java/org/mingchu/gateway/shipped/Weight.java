package org.mingchu.gateway.shipped;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * What a process holds and has written so far, as the kernel tells. Immutable.
 *
 * @param pssKb its share of memory: a page that others have mapped too counts by part, proc(5)
 * @param residentKb its pages, each counted in full
 * @param writtenBytes pages it has made dirty, in whole pages, that belong to a file on a disk: not
 *     what the file system writes of its own, nor how often the disk is told to write one of them
 */
record Weight(long pssKb, long residentKb, int threads, long writtenBytes) {
    private static final Pattern PSS = Pattern.compile("(?m)^Pss:\\s+(\\d+) kB");
    private static final Pattern RSS = Pattern.compile("(?m)^Rss:\\s+(\\d+) kB");
    private static final Pattern THREADS = Pattern.compile("(?m)^Threads:\\s+(\\d+)");
    private static final Pattern WRITTEN = Pattern.compile("(?m)^write_bytes: (\\d+)");

    /** Of another process, which must be of the same user. */
    static Weight of(long pid) {
        return of(Long.toString(pid));
    }

    private static Weight of(String process) {
        var folder = Path.of("/proc", process);
        try {
            var maps = Files.readString(folder.resolve("smaps_rollup"));
            return new Weight(
                    number(PSS, maps),
                    number(RSS, maps),
                    (int) number(THREADS, Files.readString(folder.resolve("status"))),
                    number(WRITTEN, Files.readString(folder.resolve("io"))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long number(Pattern pattern, String text) {
        var found = pattern.matcher(text);
        if (!found.find()) {
            throw new AssertionError("no " + pattern + " in: " + text);
        }
        return Long.parseLong(found.group(1));
    }
}
