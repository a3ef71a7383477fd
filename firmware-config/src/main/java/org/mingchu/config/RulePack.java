package org.mingchu.config;

import java.time.Duration;
import java.util.List;

/**
 * A versioned set of rules. Immutable.
 *
 * @param legal whether its legal rules bind
 * @param proof what an outage asks for before a unit is shown as fine again
 * @param retention how long what is kept at least
 * @param sha256 of the file's bytes, in hexadecimal
 */
public record RulePack(
        String id,
        String version,
        boolean legal,
        List<Rule> rules,
        Proof proof,
        Retention retention,
        String sha256) {
    public RulePack {
        rules = List.copyOf(rules);
    }

    /**
     * After an outage nothing is green until it is proven.
     *
     * @param outageLongerThan a hole in the record longer than this is an outage
     * @param inRangeFor how long a unit must then be in range before it counts as proven
     */
    public record Proof(Duration outageLongerThan, Duration inRangeFor) {}
}
