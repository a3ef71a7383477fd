package org.mingchu.gateway.keep.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Prints what a day of the journal asks of the disk, file by file. Argument: an empty folder. */
final class CallsBench {
    private static final int ROUNDS = 400;

    private CallsBench() {}

    /** What was asked of one file. */
    private static final class Tally {
        int opens;
        int writes;
        long bytes;
        int truncates;
        int syncs;
    }

    public static void main(String[] args) throws IOException {
        try (var lab = Lab.start(Path.of(args[0]))) {
            var state = Files.createDirectories(lab.disk().resolve("state"));
            print("birth and close", lab, state, 0);
            print("a day of " + ROUNDS + " commits and close", lab, state, ROUNDS);
        }
    }

    private static void print(String title, Lab lab, Path state, int rounds) throws IOException {
        lab.record();
        lab.day(state, 1, 1, rounds);
        var open = new HashMap<Integer, String>();
        var tallies = new TreeMap<String, Tally>();
        System.out.println(title);
        for (var call : lab.calls()) {
            switch (call) {
                case Call.Open(var fd, var path, _, _, _) -> {
                    open.put(fd, state.getParent().relativize(Path.of(path)).toString());
                    tally(tallies, open, fd).opens++;
                }
                case Call.Write(var fd, _, var data) -> {
                    tally(tallies, open, fd).writes++;
                    tally(tallies, open, fd).bytes += data.length;
                }
                case Call.Truncate(var fd, _) -> tally(tallies, open, fd).truncates++;
                case Call.Sync(var fd) -> tally(tallies, open, fd).syncs++;
                case Call.Rename _, Call.Unlink _, Call.MakeFolder _ ->
                        System.out.println("  " + call);
                default -> {}
            }
        }
        tallies.forEach((file, tally) ->
                System.out.printf(
                        "  %-24s %5d opens %6d writes %9d bytes %4d truncates %5d syncs%n",
                        file,
                        tally.opens,
                        tally.writes,
                        tally.bytes,
                        tally.truncates,
                        tally.syncs));
    }

    private static Tally tally(Map<String, Tally> tallies, Map<Integer, String> open, int fd) {
        return tallies.computeIfAbsent(open.getOrDefault(fd, "descriptor " + fd), _ -> new Tally());
    }
}
