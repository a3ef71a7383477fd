package org.mingchu.simulator;

/**
 * One line of a scenario. Immutable.
 *
 * @param timeMs weather time; it happens at the first inner step that begins then or later
 */
public record At(long timeMs, Command command) {}
