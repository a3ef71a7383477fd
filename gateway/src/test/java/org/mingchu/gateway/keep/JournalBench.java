package org.mingchu.gateway.keep;

import java.nio.file.Path;

/**
 * The journal's table: wear, size of history, charts, ingest, speed in memory. Arguments: a folder
 * for some 200 MB, days of history, and for the wear a folder on a device of its own with that
 * device's name.
 */
final class JournalBench {
    private JournalBench() {}

    public static void main(String[] args) throws Exception {
        var folder = Path.of(args[0]);
        if (args.length > 3) {
            new WearBench(Path.of(args[2]), args[3]).run();
        }
        HistoryBench.run(folder, Integer.parseInt(args[1]));
        new IngestBench(folder).run();
        SpeedBench.main(new String[0]);
    }
}
