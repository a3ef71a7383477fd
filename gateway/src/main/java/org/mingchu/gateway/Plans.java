package org.mingchu.gateway;

import org.mingchu.config.Checked;
import org.mingchu.config.Plan;

import java.nio.file.Path;
import java.util.Optional;

/** Reads a site file, under the rule pack given or the one that it names. Any thread. */
@FunctionalInterface
interface Plans {
    Checked<Plan> read(Path site, Optional<Path> pack);
}
