package org.mingchu.gateway.tend;

import java.nio.file.Path;
import java.util.List;

/**
 * What a support bundle is made of. Immutable.
 *
 * @param whom whose files, and where they are
 * @param logs files of log lines that go in as well
 */
public record BundleAsk(Path file, DoctorAsk whom, List<Path> logs) {
    public BundleAsk {
        logs = List.copyOf(logs);
    }
}
