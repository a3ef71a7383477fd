package org.mingchu.sensors.camera;

import org.mingchu.config.CameraLevel;
import org.mingchu.config.CameraVerdict;
import org.mingchu.sensors.Clock;
import org.mingchu.sensors.camera.onvif.Recorder;
import org.mingchu.sensors.camera.onvif.Skew;
import org.mingchu.sensors.camera.onvif.Told;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/** Asks a recorder for its clock, its disks and how far back it records. One thread. */
final class RecordRound implements Asking.Round {
    private final RecorderPlan plan;
    private final Clock clock;
    private final List<Recorder> languages;
    private final Retention retention;
    private Optional<Recorder> spoken = Optional.empty();

    /**
     * @param languages those it may speak, the likeliest first
     */
    RecordRound(RecorderPlan plan, Clock clock, List<Recorder> languages) {
        this.plan = plan;
        this.clock = clock;
        this.languages = List.copyOf(languages);
        this.retention = new Retention(plan);
    }

    @Override
    public void ask(Asking.Findings findings) {
        var told = clock();
        findings.say(CameraLevel.CLOCK.subject(plan.id()), clock(told));
        told.known().ifPresent(retention::clock);
        switch (told) {
            case Told.Failed<Skew>(var stage, var cause) when stage != CameraVerdict.PROTOCOL ->
                    blind(stage.word() + ": " + cause, findings);
            default -> recordings(spoken.orElse(languages.getFirst()), findings);
        }
    }

    /** The first language in which it tells the time is its language from then on. */
    private Told<Skew> clock() {
        if (spoken.isPresent()) {
            return spoken.get().clock();
        }
        Told<Skew> told = new Told.Absent<>("no language");
        for (var language : languages) {
            told = language.clock();
            if (told.known().isPresent()) {
                spoken = Optional.of(language);
            }
            if (!foreign(told)) {
                return told;
            }
        }
        return told;
    }

    /** Whoever refuses a login understands it: another language is not tried on him. */
    private static boolean foreign(Told<Skew> told) {
        return switch (told) {
            case Told.Known<Skew> _ -> false;
            case Told.Absent<Skew> _ -> true;
            case Told.Failed<Skew>(var stage, _) -> stage == CameraVerdict.PROTOCOL;
        };
    }

    private static Found clock(Told<Skew> told) {
        return switch (told) {
            case Told.Known<Skew>(var skew) ->
                    new Found(skew.verdict(), "ahead by " + skew.ms() + " ms");
            case Told.Absent<Skew>(var cause) -> new Found(CameraVerdict.UNKNOWN, cause);
            case Told.Failed<Skew>(var stage, var cause) ->
                    new Found(CameraVerdict.UNKNOWN, stage.word() + ": " + cause);
        };
    }

    private void blind(String cause, Asking.Findings findings) {
        var unknown = new Found(CameraVerdict.UNKNOWN, cause);
        findings.say(CameraLevel.RECORDING.subject(plan.id()), unknown);
        plan.channels().forEach(c -> findings.say(CameraLevel.RECORDING.subject(c.id()), unknown));
    }

    private void recordings(Recorder recorder, Asking.Findings findings) {
        var numbers = new LinkedHashSet<Integer>();
        plan.channels().forEach(c -> numbers.add(c.number()));
        var disks = recorder.disks();
        var recorded = recorder.recorded(numbers, new Recorder.Horizon(plan.keep(), plan.near()));
        var evidence = new Retention.Evidence(clock.now(), disks.known(), recorded.whole().known());
        var own = retention.recorder(evidence);
        findings.say(CameraLevel.RECORDING.subject(plan.id()), own);
        for (var channel : plan.channels()) {
            var span =
                    Optional.ofNullable(recorded.channels().get(channel.number()))
                            .flatMap(Told::known);
            findings.say(
                    CameraLevel.RECORDING.subject(channel.id()),
                    retention.channel(channel.id(), span, own, evidence));
        }
    }
}
