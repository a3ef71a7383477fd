package org.mingchu.sensors.camera.picture;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** What a camera has shown so far; learns from healthy pictures only. One thread. */
final class Memory {
    /** Of the edges seen in the other mode. */
    private static final double PLAUSIBLE_EDGES_MIN = 0.1;

    /** How often what was learned is worth a write to the card. */
    private static final Duration KEEP_EVERY = Duration.ofHours(1);

    private final Map<Mode, View> views = new EnumMap<>(Mode.class);
    private Optional<Picture.Size> size = Optional.empty();
    private Optional<Long> learnedNs = Optional.empty();
    private Optional<Long> keptNs = Optional.empty();
    private boolean fresh;

    Memory(Optional<Baseline> known) {
        known.ifPresent(this::restore);
    }

    private void restore(Baseline baseline) {
        size = Optional.of(baseline.size());
        for (var mode : Mode.values()) {
            baseline.view(mode).ifPresent(view -> views.put(mode, view));
        }
    }

    /** Whether what was learned is of pictures of this size. */
    boolean fits(Picture picture) {
        return size.isEmpty() || size.equals(Optional.of(picture.size()));
    }

    void forget() {
        views.clear();
        size = Optional.empty();
        learnedNs = Optional.empty();
        keptNs = Optional.empty();
        fresh = false;
    }

    /** Whether any mode is known: then the camera is no stranger. */
    boolean known() {
        return views.values().stream().anyMatch(View::known);
    }

    /** What it usually sees in a picture's mode and size, once that is known. */
    Optional<View> view(Picture picture) {
        return Optional.ofNullable(views.get(Mode.of(picture)))
                .filter(view -> view.known() && fits(picture));
    }

    void learn(Picture picture, Sight sight, long upNs) {
        if (fits(picture) && plausible(sight)) {
            size = Optional.of(picture.size());
            learn(Mode.of(picture), sight, upNs);
        }
    }

    private void learn(Mode mode, Sight sight, long upNs) {
        var passedNs = learnedNs.map(before -> upNs - before).orElse(0L);
        var view = Optional.ofNullable(views.get(mode));
        views.put(mode, view.map(v -> v.with(sight, passedNs)).orElseGet(() -> View.first(sight)));
        learnedNs = Optional.of(upNs);
        fresh = true;
    }

    /** A cover lit by infrared must not become what it sees by night. */
    private boolean plausible(Sight sight) {
        return views.values().stream()
                .allMatch(view -> sight.edges() >= PLAUSIBLE_EDGES_MIN * view.edges());
    }

    Optional<Baseline> baseline(Optional<Box> time) {
        return known() ? size.map(s -> new Baseline(s, time, views)) : Optional.empty();
    }

    /** The baseline when something was learned and none was given out for an hour. */
    Optional<Baseline> toKeep(Optional<Box> time, long upNs) {
        var due = keptNs.map(kept -> upNs - kept >= KEEP_EVERY.toNanos()).orElse(true);
        if (!fresh || !due || !known()) {
            return Optional.empty();
        }
        keptNs = Optional.of(upNs);
        fresh = false;
        return baseline(time);
    }
}
