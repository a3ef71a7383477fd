package org.mingchu.gateway.tell;

/**
 * The program that speaks. Immutable.
 *
 * @param simulated nothing of what it says comes from a real kitchen
 */
public record About(String version, boolean simulated) {}
