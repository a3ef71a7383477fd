package org.mingchu.gateway.tend;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What {@code mingchu judge try} was told. Immutable.
 *
 * @param readings CSV: {@code time}, then a column for each sensor
 * @param pack a rule pack instead of the one that the site names
 * @param from a time as somebody writes it; rows before it are not judged
 * @param to likewise; a day to its end
 */
public record TryAsk(
        Path site,
        Path readings,
        Optional<Path> pack,
        Optional<String> from,
        Optional<String> to,
        boolean json) {}
