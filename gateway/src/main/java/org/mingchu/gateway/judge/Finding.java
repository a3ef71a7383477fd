package org.mingchu.gateway.judge;

import org.jspecify.annotations.Nullable;
import org.mingchu.config.Condition;
import org.mingchu.gateway.judge.FoodClock.Cool;
import org.mingchu.gateway.judge.FoodClock.Count;

import java.util.Optional;

/** Works out what one rule has found of a batch. Pure. */
final class Finding {
    private Finding() {}

    /**
     * Empty for a rule that only foretells, and for one that judges no batch.
     *
     * @param excused whether what was counted belongs to a way down that is not over
     */
    static Optional<Fact.Finding> of(
            Condition.OfTime when, String rule, @Nullable FoodClock clock, boolean excused) {
        return switch (when) {
            case Condition.Danger danger when clock instanceof Count count ->
                    Optional.of(danger(danger, rule, count, excused));
            case Condition.Cooling cooling
                    when clock instanceof Cool cool && cooling.foretoldPercent().isEmpty() ->
                    Optional.of(new Fact.Finding(rule, cooled(cool), cool.ownNs(), cool.unseen()));
            default -> Optional.empty();
        };
    }

    private static Fact.Finding danger(
            Condition.Danger danger, String rule, Count count, boolean excused) {
        var outcome =
                Timed.broken(danger, count)
                        ? excused ? Fact.Outcome.UNFINISHED : Fact.Outcome.FAILED
                        : count.unseen().isNothing() ? Fact.Outcome.PASSED : Fact.Outcome.UNPROVEN;
        var sumNs = Counting.sumNs(count, Optional.empty());
        return new Fact.Finding(rule, outcome, sumNs, count.unseen());
    }

    /** A hole of a length nobody knows: the time it took is at least what was counted. */
    private static Fact.Outcome cooled(Cool cool) {
        if (cool.failed()) {
            return Fact.Outcome.FAILED;
        }
        if (cool.leg() != Cooling.COLD) {
            return Fact.Outcome.UNFINISHED;
        }
        return cool.unseen().lost() == 0 ? Fact.Outcome.PASSED : Fact.Outcome.UNPROVEN;
    }
}
