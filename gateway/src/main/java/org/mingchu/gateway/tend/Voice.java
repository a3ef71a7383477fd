package org.mingchu.gateway.tend;

import java.util.function.Consumer;

/**
 * Where a long answer goes while it is given. Immutable.
 *
 * @param out takes each line of the answer
 * @param err takes what is to be said beside it
 */
public record Voice(Consumer<String> out, Consumer<String> err) {}
