package org.mingchu.gateway.tend;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What {@code mingchu run} was told. Immutable.
 *
 * @param root {@code /} on a Pi; anything else is a simulation
 */
public record RunOptions(Path site, Optional<Path> secrets, Path state, Path root) {}
