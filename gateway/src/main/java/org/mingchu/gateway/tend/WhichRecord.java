package org.mingchu.gateway.tend;

import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

import java.nio.file.Path;
import java.util.Optional;

/** Options of a command that asks the record: which one, and who looks into it. One thread. */
final class WhichRecord {
    @Option(
            names = "--state",
            scope = ScopeType.INHERIT,
            paramLabel = "DIR",
            defaultValue = Saying.STATE,
            description = "The gateway's state folder (default: ${DEFAULT-VALUE}).")
    private Path state = Path.of(Saying.STATE);

    @Option(
            names = "--offline",
            scope = ScopeType.INHERIT,
            description = "No agent runs: take the folder and look oneself.")
    private boolean offline;

    @Option(
            names = "--site",
            scope = ScopeType.INHERIT,
            paramLabel = "FILE",
            description =
                    "With --offline: whose zone, sensors and rules (default: "
                            + "/etc/mingchu/site.toml where it is there).")
    private Optional<Path> site = Optional.empty();

    RecordAsk.From from() {
        return new RecordAsk.From(state, offline, site);
    }
}
