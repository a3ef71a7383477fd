package org.mingchu.simulator.platform;

/**
 * A hole in a chain: between {@code from} and {@code to} lies at least one entry of the lane,
 * {@code to} itself, that has not come and that no gap record explains. Immutable.
 */
public record Missing(String gateway, String epoch, Lane lane, long from, long to) {}
