package org.mingchu.gateway;

import org.mingchu.config.Plan;
import org.mingchu.gateway.desk.Acts;
import org.mingchu.gateway.desk.Answer;
import org.mingchu.gateway.desk.Deed;
import org.mingchu.gateway.judge.Strength;
import org.mingchu.gateway.tend.Told;

import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** What {@code mingchu camera relearn} has the running agent keep, and then do. Any thread. */
final class CameraDesk {
    private final Acts acts;
    private final Consumer<String> relearn;
    private final Refusals refusals;

    /**
     * @param relearn has a camera forget what it used to see
     */
    CameraDesk(Plan plan, Acts acts, Consumer<String> relearn) {
        this.acts = acts;
        this.relearn = relearn;
        this.refusals = new Refusals(plan);
    }

    /** Forgets nothing before the record says who wanted it, and why. */
    Told relearn(Map<String, String> words) {
        var camera = words.getOrDefault("camera", "");
        var deed = new Deed.Relearns(camera, words.getOrDefault("reason", ""));
        var by = new Deed.By(words.getOrDefault("by", ""), Strength.TAP);
        return switch (acts.on(deed, by)) {
            case Answer.Refused(var reason) -> refusals.told(reason, words, Optional.empty());
            case Answer.Done _ -> {
                relearn.accept(camera);
                yield Told.well(
                        camera
                                + ": what it used to see is forgotten; it learns from its next pictures");
            }
        };
    }
}
