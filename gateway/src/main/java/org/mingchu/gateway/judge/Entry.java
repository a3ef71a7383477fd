package org.mingchu.gateway.judge;

import org.mingchu.sensors.Moment;

/**
 * One entry of the journal. {@code (gateway, epoch, seq)} names it for ever. Immutable.
 *
 * @param epoch the journal's epoch, 16 hexadecimal digits
 * @param seq gap-free from 1 within the epoch
 * @param at the moment of its commit
 */
public record Entry(String epoch, long seq, Moment at, Fact fact) {}
