package org.mingchu.gateway.keep;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What the record may take up. Immutable.
 *
 * @param raw how long raw readings are kept at least, where the budget allows it
 * @param budgetBytes of the database with its log, the reserve, the quarantine and the logs
 * @param platforms whose readings wait until they have them
 * @param logs folders that count as well; they need not be there
 */
public record Allowance(Duration raw, long budgetBytes, List<String> platforms, List<Path> logs) {
    public Allowance {
        platforms = List.copyOf(platforms);
        logs = List.copyOf(logs);
    }
}
