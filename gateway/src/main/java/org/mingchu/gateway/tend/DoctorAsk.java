package org.mingchu.gateway.tend;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Whom the doctor shall look at. Immutable.
 *
 * @param root of the tree the kernel's files are read from
 * @param offline the running agent is not asked
 * @param all what is fine or not fitted is listed too
 * @param language of the answer; the site's when none is named
 */
public record DoctorAsk(
        Path state,
        Path site,
        Optional<Path> secrets,
        Path root,
        boolean offline,
        boolean json,
        boolean all,
        Optional<String> language) {}
