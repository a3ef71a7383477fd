package org.mingchu.gateway.judge;

import org.jspecify.annotations.Nullable;
import org.mingchu.config.Plan;
import org.mingchu.config.Quantity;
import org.mingchu.config.RulePack;
import org.mingchu.config.Unit;
import org.mingchu.gateway.judge.State.Doubt;
import org.mingchu.gateway.judge.State.Heard;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Flag;
import org.mingchu.sensors.Moment;
import org.mingchu.sensors.Reading;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/** After an outage no unit is fine until it has proven so. Immutable. */
record Doubts(List<Suspect> units, RulePack.Proof proof) {
    /** What an earlier epoch has heard has one number: there the clock tells. */
    private static final Comparator<Heard> LATEST =
            Comparator.comparingLong(Heard::seq)
                    .thenComparingLong(word -> word.at().wallMs())
                    .thenComparingLong(word -> word.at().upNs());

    /** When an earlier life ended whose record is lost: in no boot that anybody knows. */
    private static final Moment NOBODY_KNOWS =
            new Moment("", 0, 0, ClockState.UNSYNCED, Moment.ERROR_UNKNOWN_MS);

    /** A unit that keeps a temperature. */
    private record Suspect(String unit, List<Probe> probes) {}

    /** One of its temperature sensors, and the limits it has to keep. */
    private record Probe(String subject, long freshNs, List<Bound> limits) {}

    static Doubts of(Plan plan, Bounds bounds) {
        var units =
                plan.site().units().stream()
                        .map(unit -> new Suspect(unit.id(), probes(plan, unit, bounds)))
                        .filter(suspect -> !suspect.probes().isEmpty())
                        .toList();
        return new Doubts(units, plan.pack().proof());
    }

    private static List<Probe> probes(Plan plan, Unit unit, Bounds bounds) {
        return unit.sensors().stream()
                .filter(sensor -> sensor.measures() == Quantity.TEMPERATURE)
                .map(sensor -> {
                    var period = sensor.period().orElse(plan.site().samplingPeriod());
                    var limits =
                            bounds.at(sensor.id()).stream().filter(Bound::watchesLimit).toList();
                    return new Probe(sensor.id(), Timing.FRESH_PERIODS * period.toNanos(), limits);
                })
                .toList();
    }

    /** The units that can be in doubt. */
    Set<String> unitIds() {
        return units.stream().map(Suspect::unit).collect(Collectors.toSet());
    }

    /**
     * When the program that starts at {@code now} has last lived. Before it says that it starts, it
     * has kept that a new epoch began, what its clock says and what was due meanwhile: all that is
     * of now, and proves no life. Where such may have come last, the latest reading tells.
     */
    static Optional<Moment> lastLived(Optional<Moment> last, Map<String, Heard> heard, Moment now) {
        var read = heard.values().stream().max(LATEST);
        return last.filter(one -> !one.equals(now))
                .filter(one -> read.stream().allMatch(word -> heardIn(word, one)))
                .or(() -> read.map(Heard::at));
    }

    /** Whether a word is of the boot of a moment, and of the epoch that is open now. */
    private static boolean heardIn(Heard word, Moment one) {
        return word.at().boot().equals(one.boot()) && word.seq() > Recollection.FIRST_SEQ;
    }

    /** The doubts when the program starts at {@code now}, having last lived at {@code last}. */
    Map<String, Doubt> started(
            Map<String, Doubt> was, Map<String, Heard> heard, Moment last, Moment now) {
        if (!outage(last, now, proof.outageLongerThan())) {
            return was;
        }
        var doubts = new HashMap<>(was);
        for (var suspect : units) {
            var before = was.get(suspect.unit());
            // Two outages without a proof between them are one.
            var from = before == null || before.from().equals(NOBODY_KNOWS) ? last : before.from();
            var value = before == null ? value(suspect, heard) : before.beforeMilli();
            var check = needsCheck(from, now) || (before != null && before.check());
            doubts.put(
                    suspect.unit(),
                    new Doubt(from, now, value, OptionalLong.empty(), check, Optional.empty()));
        }
        return doubts;
    }

    /**
     * The doubts when an epoch begins at {@code now} after one of which nothing is left. Whether
     * there was an outage at all nobody knows, so that being in range is proof enough.
     */
    Map<String, Doubt> lost(Moment now) {
        var none = OptionalLong.empty();
        return units.stream()
                .collect(
                        Collectors.toMap(
                                Suspect::unit,
                                _ ->
                                        new Doubt(
                                                NOBODY_KNOWS,
                                                now,
                                                none,
                                                none,
                                                false,
                                                Optional.empty())));
    }

    private static OptionalLong value(Suspect suspect, Map<String, Heard> heard) {
        return suspect.probes().stream()
                .map(probe -> heard.get(probe.subject()))
                .filter(word -> word != null && word.lastGood().isPresent())
                .map(word -> word.lastGood().get())
                .filter(Reading.Measured.class::isInstance)
                .mapToLong(good -> ((Reading.Measured) good).milli())
                .findFirst();
    }

    /** The clock has been set: what it said at the boot is known better now. */
    Map<String, Doubt> set(Map<String, Doubt> was, Moment now) {
        if (was.isEmpty() || now.clock() != ClockState.SYNCED) {
            return was;
        }
        var doubts = new HashMap<String, Doubt>();
        was.forEach((unit, doubt) -> {
            var back = doubt.back();
            if (doubt.from().equals(NOBODY_KNOWS)
                    || !back.boot().equals(now.boot())
                    || back.clock() == ClockState.SYNCED) {
                doubts.put(unit, doubt);
                return;
            }
            var known = now.before(now.upNs() - back.upNs());
            if (outage(doubt.from(), known, proof.outageLongerThan())) {
                doubts.put(unit, doubt.with(known, needsCheck(doubt.from(), known)));
            }
        });
        return doubts;
    }

    private boolean needsCheck(Moment from, Moment back) {
        return proof.checkLongerThan().filter(limit -> outage(from, back, limit)).isPresent();
    }

    /** Whether the hole is longer than a limit; across boots without a clock nobody knows. */
    private static boolean outage(Moment last, Moment now, Duration limit) {
        if (last.boot().equals(now.boot())) {
            return now.upNs() - last.upNs() > limit.toNanos();
        }
        var known = last.clock() == ClockState.SYNCED && now.clock() == ClockState.SYNCED;
        var holeMs = now.wallMs() - last.wallMs();
        return !known || holeMs < 0 || holeMs > limit.toMillis();
    }

    /** The doubts after a round at {@code now}. */
    Map<String, Doubt> heard(Map<String, Doubt> was, Conduct.Rounds rounds, Moment now) {
        if (was.isEmpty()) {
            return was;
        }
        var doubts = new HashMap<>(was);
        for (var suspect : units) {
            var doubt = was.get(suspect.unit());
            if (doubt != null) {
                var since = inRangeSince(suspect, doubt.inRangeSince(), rounds, now);
                if (!doubt.check() && since.isPresent() && proven(since.get(), now)) {
                    doubts.remove(suspect.unit());
                } else {
                    doubts.put(
                            suspect.unit(),
                            doubt.with(firstSince(doubt.back(), suspect, rounds), since));
                }
            }
        }
        return doubts;
    }

    /** A round of other sensors may come first: then the latest word is still of before. */
    private static OptionalLong firstSince(Moment back, Suspect suspect, Conduct.Rounds rounds) {
        return suspect.probes().stream()
                .map(probe -> rounds.after().get(probe.subject()))
                .filter(word -> word != null && word.latest() instanceof Reading.Measured)
                .filter(word -> word.at().boot().equals(back.boot()))
                .filter(word -> word.at().upNs() >= back.upNs())
                .mapToLong(word -> ((Reading.Measured) word.latest()).milli())
                .findFirst();
    }

    private boolean proven(Moment since, Moment now) {
        return now.upNs() - since.upNs() >= proof.inRangeFor().toNanos();
    }

    /** Since when a unit has been in range without a hole, given since when it was before. */
    Optional<Moment> inRangeSince(
            String unit, Optional<Moment> was, Conduct.Rounds rounds, Moment now) {
        return units.stream()
                .filter(suspect -> suspect.unit().equals(unit))
                .findFirst()
                .flatMap(suspect -> inRangeSince(suspect, was, rounds, now));
    }

    private static Optional<Moment> inRangeSince(
            Suspect suspect, Optional<Moment> was, Conduct.Rounds rounds, Moment now) {
        var after = rounds.after();
        if (!suspect.probes().stream().allMatch(p -> good(p, after.get(p.subject()), now))) {
            return Optional.empty();
        }
        var before = rounds.before();
        var seamless =
                was.isPresent()
                        && suspect.probes().stream()
                                .allMatch(p -> fresh(p, before.get(p.subject()), now));
        return seamless ? was : Optional.of(now);
    }

    private static boolean good(Probe probe, @Nullable Heard heard, Moment now) {
        return heard != null
                && fresh(probe, heard, now)
                && heard.latest() instanceof Reading.Measured measured
                && !measured.flags().contains(Flag.UNAUTHENTICATED)
                && probe.limits().stream().noneMatch(b -> b.says(measured) == Word.SHOWS);
    }

    private static boolean fresh(Probe probe, @Nullable Heard heard, Moment now) {
        return heard != null
                && heard.at().boot().equals(now.boot())
                && now.upNs() - heard.at().upNs() <= probe.freshNs();
    }
}
