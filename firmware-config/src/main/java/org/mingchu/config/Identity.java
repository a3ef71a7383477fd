package org.mingchu.config;

/**
 * Who this gateway is: the three words that begin every MQTT topic. Each is 1 to {@value
 * #LENGTH_MAX} characters of a-z, 0-9 and '-'. Immutable.
 *
 * @param area the supervising district
 * @param site the kitchen
 * @param gateway the gateway within the kitchen
 */
public record Identity(String area, String site, String gateway) {
    /** Longest word, in characters; the topic of the longest alarm then stays under 256 bytes. */
    public static final int LENGTH_MAX = 40;
}
