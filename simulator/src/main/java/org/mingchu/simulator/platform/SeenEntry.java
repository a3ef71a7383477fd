package org.mingchu.simulator.platform;

/**
 * One journal entry as it came in. Immutable.
 *
 * @param gateway {@code area/site/id}
 * @param firstEpoch the epoch it was kept under first; another one when it was kept again
 * @param firstSeq its number there
 * @param kind {@code reading}, {@code alarm}, or the kind of a record
 * @param at when it was kept, in the gateway's words
 * @param boot the boot it was kept in
 * @param upMs milliseconds since that boot
 * @param receivedMs when it came here, milliseconds of the platform's clock
 * @param text the entry as JSON without {@code sentAt}; a reading without its batch
 */
public record SeenEntry(
        String gateway,
        String epoch,
        long seq,
        Lane lane,
        long prev,
        String firstEpoch,
        long firstSeq,
        String kind,
        String at,
        String boot,
        long upMs,
        long receivedMs,
        String text) {}
