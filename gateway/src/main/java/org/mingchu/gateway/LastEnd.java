package org.mingchu.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.mingchu.gateway.judge.EndCause;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.sensors.Moment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/**
 * How the life before this one ended. A program that hangs, is killed or has no memory left says
 * nothing; so the unit runs {@code mingchu-ended} after each end, which leaves a line of what
 * systemd knows in the state folder: {@code RESULT CODE STATUS} of systemd.exec(5). Before it is
 * ended for a reason of its own, the program leaves a line itself. Where there is no line, and the
 * board has been started since the last entry, the board went off in the middle. One thread.
 */
final class LastEnd {
    /** In the state folder; gone once it has been taken into the record. */
    static final String FILE = "ended";

    /** The first word of a line of our own. */
    private static final String OURS = "agent";

    private static final int BYTES_MAX = 16 * 1024;

    /** HotSpot ends with it by -XX:+ExitOnOutOfMemoryError; nothing of ours in {@code run} does. */
    private static final String OUT_OF_MEMORY = "3";

    private static final Logger LOG = LoggerFactory.getLogger(LastEnd.class);

    private LastEnd() {}

    /**
     * What is to be recorded; empty at a first start, and when nobody knows.
     *
     * @param lastKept when the record's last entry was kept
     */
    static Optional<Fact.Restarted> of(Path state, Optional<Moment> lastKept, Moment now) {
        var lines = lines(state.resolve(FILE));
        if (!lines.isEmpty()) {
            return Optional.of(told(lines));
        }
        return lastKept.filter(kept -> !kept.boot().equals(now.boot()))
                .map(_ ->
                        new Fact.Restarted(
                                EndCause.POWER,
                                "the board went off without an end of the program: its power, its"
                                        + " watchdog or a reset"));
    }

    /** It is in the record now. */
    static void recorded(Path state) {
        try {
            Files.deleteIfExists(state.resolve(FILE));
        } catch (IOException e) {
            LOG.warn("event=end-told-again cause=\"{}\"", e.getMessage());
        }
    }

    /** Leaves for the next life why this one is about to be ended. */
    static void will(Path state, EndCause cause, String detail) {
        try {
            Files.writeString(
                    state.resolve(FILE),
                    "%s %s %s%n".formatted(OURS, cause.word(), detail.replaceAll("\\R", " ")),
                    UTF_8,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            LOG.error("event=end-untold cause=\"{}\"", e.getMessage());
        }
    }

    private static List<String> lines(Path file) {
        try (var in = Files.newInputStream(file)) {
            return new String(in.readNBytes(BYTES_MAX), UTF_8)
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .toList();
        } catch (IOException _) {
            return List.of();
        }
    }

    /** The first line of the manager's is the end; the rest are starts that came to nothing. */
    private static Fact.Restarted told(List<String> lines) {
        var ours = lines.stream().filter(line -> line.startsWith(OURS + " ")).findFirst();
        var theirs = lines.stream().filter(line -> !line.startsWith(OURS + " ")).toList();
        var detail =
                ours.map(line -> words(line, 2) + "; ").orElse("")
                        + theirs.stream().findFirst().map(LastEnd::seen).orElse("no end was seen")
                        + (theirs.size() > 1
                                ? "; then %d starts failed, the last: %s"
                                        .formatted(theirs.size() - 1, seen(theirs.getLast()))
                                : "");
        var cause =
                ours.flatMap(line -> EndCause.of(word(line, 1)))
                        .or(() -> theirs.stream().findFirst().map(LastEnd::cause))
                        .orElse(EndCause.KILLED);
        return new Fact.Restarted(cause, detail);
    }

    private static EndCause cause(String line) {
        return switch (word(line, 0)) {
            case "success" -> EndCause.STOPPED;
            case "watchdog", "timeout" -> EndCause.HUNG;
            case "oom-kill" -> EndCause.MEMORY;
            case "exit-code" ->
                    word(line, 2).equals(OUT_OF_MEMORY) ? EndCause.MEMORY : EndCause.FAILED;
            case "signal", "core-dump" -> EndCause.KILLED;
            default -> EndCause.FAILED;
        };
    }

    private static String seen(String line) {
        return "systemd saw " + line;
    }

    private static String word(String line, int n) {
        var words = line.split(" +", -1);
        return n < words.length ? words[n] : "";
    }

    private static String words(String line, int from) {
        var words = line.split(" +", from + 1);
        return from < words.length ? words[from] : "";
    }
}
