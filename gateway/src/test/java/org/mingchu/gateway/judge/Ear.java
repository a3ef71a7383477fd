package org.mingchu.gateway.judge;

import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Moment;
import org.mingchu.sensors.Reading;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.DoubleStream;

/**
 * What one contender says of a unit, in minutes since the first midnight. Nobody answers it: an
 * episode ends when it is good again for as long as the pack's settling. One thread.
 */
final class Ear {
    /**
     * What rings by chance, for a defrost or some doors, has pauses within {@link #LOOKED_AT_MIN}.
     */
    private static final double TRUE_MIN = 110;

    private static final double LOOKED_AT_MIN = 120;
    private static final double FOR_EVER = Double.MAX_VALUE;
    private static final String BOOT = "boot-1";
    private static final long BOOTED_S = -3600;

    /**
     * What was heard of a trouble, in minutes since it began.
     *
     * @param lasting something was said from then on for nearly two hours: no defrost and no door
     *     rings like that
     * @param first of each rule, whatever came of it
     */
    record Heard(OptionalDouble lasting, Map<String, Double> first) {
        Heard {
            first = Map.copyOf(first);
        }

        /**
         * When a person knew of it.
         *
         * @param heeded rules that call so seldom for nothing that people come at once; what any
         *     other says must last
         */
        OptionalDouble known(Set<String> heeded) {
            var atOnce =
                    first.entrySet().stream()
                            .filter(rule -> heeded.contains(rule.getKey()))
                            .mapToDouble(Map.Entry::getValue);
            return DoubleStream.concat(atOnce, lasting.stream()).min();
        }
    }

    /**
     * A sound.
     *
     * @param minute when it is heard
     * @param until when the alarm has returned
     */
    record Sound(String rule, AlarmId id, double minute, double until) {}

    private final Contender contender;
    private final Judge judge;

    /** At which minutes it samples: the first of its life. */
    private final long phase;

    private final List<Sound> sounds = new ArrayList<>();
    private State state;
    private long seq;

    Ear(Contender contender, Appliance appliance, long phase) {
        this(
                contender,
                new Judge(contender.plan(appliance.kind())),
                phase % Math.max(1, contender.upload().toMinutes()));
    }

    private Ear(Contender contender, Judge judge, long phase) {
        this.contender = contender;
        this.judge = judge;
        this.phase = phase;
        state = judge.begin(Kitchen.EPOCH);
    }

    /** The same ear from here on. */
    Ear fork() {
        var other = new Ear(contender, judge, phase);
        other.sounds.addAll(sounds);
        other.state = state;
        other.seq = seq;
        return other;
    }

    Contender contender() {
        return contender;
    }

    boolean samplesAt(long minute) {
        return (minute - phase) % contender.period().toMinutes() == 0;
    }

    /** A sample is taken; none of the probe when it is silent. */
    void hears(long minute, List<Reading> readings) {
        deadlines(minute * 60);
        var now = moment(minute * 60_000_000_000L);
        var verdict = judge.apply(state, entry(new Fact.Round(readings), now));
        state = verdict.state();
        recall(verdict.decisions(), now);
    }

    private void deadlines(long untilS) {
        var next = judge.nextDeadlineUpNs(state);
        while (next.isPresent() && next.getAsLong() < (untilS - BOOTED_S) * 1_000_000_000L) {
            var now = moment(next.getAsLong() + BOOTED_S * 1_000_000_000L);
            var decisions = judge.advance(state, now).decisions();
            if (decisions.isEmpty()) {
                return;
            }
            recall(decisions, now);
            next = judge.nextDeadlineUpNs(state);
        }
    }

    private static Moment moment(long ns) {
        var upNs = ns - BOOTED_S * 1_000_000_000L;
        return new Moment(BOOT, upNs, Ward.MONDAY_MS + ns / 1_000_000, ClockState.SYNCED, 5);
    }

    private Entry entry(Fact fact, Moment now) {
        seq++;
        return new Entry(Kitchen.EPOCH, seq, now, fact);
    }

    private void recall(List<Fact> decisions, Moment now) {
        for (var decision : decisions) {
            state = judge.recall(state, entry(decision, now));
            if (decision instanceof Fact.Alarm(var event)) {
                said(event, (now.upNs() / 1e9 + BOOTED_S) / 60);
            }
        }
    }

    private void said(AlarmEvent event, double minute) {
        switch (event.change()) {
            case RAISED, RE_ALARMED -> {
                if (Glance.sounds(event)) {
                    sounds.add(new Sound(event.rule(), event.id(), heard(minute), FOR_EVER));
                }
            }
            case RETURNED ->
                    sounds.replaceAll(s ->
                            s.id().equals(event.id()) && s.until() == FOR_EVER
                                    ? new Sound(s.rule(), s.id(), s.minute(), minute)
                                    : s);
            default -> {}
        }
    }

    /** The seconds that a timer leaves for a late reading are no reason to miss an upload. */
    private double heard(double minute) {
        var every = contender.upload().toMinutes();
        return every == 0
                ? minute
                : Math.ceil((Math.floor(minute) - phase) / every) * every + phase;
    }

    /** Everything that sounded. */
    List<Sound> sounds() {
        return sounds;
    }

    /** What it has said of a trouble that began at a minute and still lasts now. */
    Heard heardOf(long begun, long now) {
        var lasting =
                sounds.stream()
                        .filter(sound -> sound.until() > begun)
                        .mapToDouble(sound -> Math.max((double) begun, sound.minute()))
                        .filter(from -> from + LOOKED_AT_MIN <= now)
                        .filter(from -> onFor(from) >= TRUE_MIN)
                        .map(from -> from - begun)
                        .findFirst();
        var first = new TreeMap<String, Double>();
        sounds.stream()
                .filter(sound -> sound.minute() >= begun)
                .forEach(sound -> first.putIfAbsent(sound.rule(), sound.minute() - begun));
        return new Heard(lasting, first);
    }

    private double onFor(double from) {
        var on = 0.0;
        var reached = from;
        for (var sound : sounds) {
            var to = Math.min(sound.until(), from + LOOKED_AT_MIN);
            if (to > reached) {
                on += Math.max(0, to - Math.max(reached, sound.minute()));
                reached = Math.max(reached, to);
            }
        }
        return on;
    }
}
