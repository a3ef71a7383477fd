package org.mingchu.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A versioned set of rules. Immutable.
 *
 * @param legal whether its legal rules bind
 * @param proof what an outage asks for before a unit is shown as fine again
 * @param habits how the units' own ways are learned
 * @param calls who is called when nobody answers
 * @param acts how long people's acts may change the judging
 * @param retention how long what is kept at least
 * @param sha256 of the file's bytes, in hexadecimal
 */
public record RulePack(
        String id,
        String version,
        boolean legal,
        List<Rule> rules,
        Proof proof,
        Habits habits,
        Calls calls,
        Acts acts,
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
     * @param checkLongerThan after a hole longer than this, or one nobody can measure, a person has
     *     to look at the food as well; absent when being in range is always proof enough
     * @param closedChilled how long a closed cold unit keeps its food cold without power
     * @param closedFrozen how long a closed freezer keeps its food frozen without power
     */
    public record Proof(
            Duration outageLongerThan,
            Duration inRangeFor,
            Optional<Duration> checkLongerThan,
            Duration closedChilled,
            Duration closedFrozen) {
        /** Being in range is proof enough, however long it was. */
        public Proof(Duration outageLongerThan, Duration inRangeFor) {
            this(
                    outageLongerThan,
                    inRangeFor,
                    Optional.empty(),
                    Duration.ofHours(4),
                    Duration.ofHours(24));
        }
    }

    /**
     * How a unit's own ways are learned from its temperature.
     *
     * @param defrostLongest no rise is excused as a defrost for longer, recovery included
     * @param alike so many rises of one shape are a habit
     * @param product time constant of the food behind the air
     */
    public record Habits(Duration defrostLongest, int alike, Duration product) {
        /** What a pack that says nothing of it means. */
        public static final Habits DEFAULT =
                new Habits(Duration.ofMinutes(60), 3, Duration.ofMinutes(90));
    }

    /**
     * Who is called when nobody answers.
     *
     * @param again an acknowledged P1 or P2 that still holds sounds again after this
     * @param unanswered the steps of a P1 nobody has acknowledged, in the order of time
     */
    public record Calls(Duration again, List<Call> unanswered) {
        /** What a pack that says nothing of it means. */
        public static final Calls DEFAULT =
                new Calls(
                        Duration.ofMinutes(30),
                        List.of(
                                new Call(Duration.ofMinutes(10), Attention.MANAGER),
                                new Call(Duration.ofMinutes(30), Attention.REGULATOR)));

        public Calls {
            unanswered = List.copyOf(unanswered);
        }
    }

    /** So long after the alarm began to sound, these are asked as well. */
    public record Call(Duration after, Attention who) {}

    /**
     * How long people's acts may change the judging; what asks for more is refused, not shortened.
     *
     * @param cleaningLongest cleaning or defrosting by hand
     * @param loadingLongest loading
     * @param pullDownLongest after cleaning or a stop, until it is cold again
     * @param inRangeFor so long in range before food may go in again
     * @param shelveLongest an alarm put aside by a person
     */
    public record Acts(
            Duration cleaningLongest,
            Duration loadingLongest,
            Duration pullDownLongest,
            Duration inRangeFor,
            Duration shelveLongest) {
        /** What a pack that says nothing of it means. */
        public static final Acts DEFAULT =
                new Acts(
                        Duration.ofHours(4),
                        Duration.ofMinutes(45),
                        Duration.ofHours(3),
                        Duration.ofMinutes(30),
                        Duration.ofHours(2));
    }
}
