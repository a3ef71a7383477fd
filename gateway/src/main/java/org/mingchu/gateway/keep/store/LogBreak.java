package org.mingchu.gateway.keep.store;

import java.nio.file.Path;

/**
 * Looks whether the write-ahead log was damaged in its midst, before SQLite sees it: SQLite ends
 * silently at the first frame whose check does not hold, and writes over what stands behind it.
 * Each commit is forced before the next one is written, so a power cut leaves one broken commit at
 * the end of the log and nothing behind it. Stateless.
 */
public final class LogBreak {
    /** Commits that a power cut may leave broken. */
    private static final int UNFINISHED_MAX = 1;

    private LogBreak() {}

    /**
     * Passes where no log is, or a sound one.
     *
     * @throws JournalException when commits stand behind a break, or the log may not be read
     */
    public static void requireNone(Path folder, String name) {
        var file = folder.resolve(name + "-wal");
        try (var database = DamagedFile.open(folder.resolve(name));
                var log = DamagedFile.open(file)) {
            var frames = WalFrames.read(log, PageSize.of(database, log));
            if (frames.commitsBehindBreak() > UNFINISHED_MAX) {
                throw new JournalException(
                        file
                                + " is damaged: "
                                + frames.commitsBehindBreak()
                                + " commits stand behind a break; what is sound is saved at the"
                                + " next start of the agent, or by mingchu journal repair",
                        JournalException.Kind.DAMAGED);
            }
        }
    }
}
