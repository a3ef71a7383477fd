package org.mingchu.gateway.tend;

import picocli.CommandLine.Option;

import java.nio.file.Path;
import java.util.Optional;

/** Options of a command that looks at a gateway as it is installed: where its files are. */
final class WhichGateway {
    private static final String SITE = "/etc/mingchu/site.toml";

    @Option(
            names = "--state",
            paramLabel = "DIR",
            defaultValue = Saying.STATE,
            description = Saying.KEPT_IN)
    private Path state = Path.of(Saying.STATE);

    @Option(
            names = "--site",
            paramLabel = "FILE",
            defaultValue = SITE,
            description = "What is installed (default: ${DEFAULT-VALUE}).")
    private Path site = Path.of(SITE);

    @Option(
            names = "--secrets",
            paramLabel = "FILE",
            description =
                    "Credentials (default: secrets.toml beside the site file, where"
                            + " there is one).")
    private Optional<Path> secrets = Optional.empty();

    @Option(
            names = "--root",
            paramLabel = "DIR",
            defaultValue = "/",
            description = "Where the kernel's files are.")
    private Path root = Path.of("/");

    DoctorAsk asked(boolean offline, boolean json, boolean all, Optional<String> language) {
        return new DoctorAsk(state, site, secrets, root, offline, json, all, language);
    }
}
