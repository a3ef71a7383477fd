package org.mingchu.gateway.tend;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Who wants to try the whole way of an alarm. Immutable.
 *
 * @param by a person's id
 * @param language of the answer; the site's when none is named
 */
public record DrillAsk(Path state, String by, boolean json, Optional<String> language) {}
