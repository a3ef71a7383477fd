package org.mingchu.gateway.screen;

import org.mingchu.gateway.shipped.Eventually;

import java.time.Duration;
import java.util.function.Consumer;

/** How things stand in the kitchen. */
@SuppressWarnings("ImmutableEnumChecker") // what brings it about has no state
enum Scene {
    NORMAL(_ -> {}),
    ALARM(stage -> {
        stage.temperature(Unit.FREEZER_1, -5_000);
        stage.temperature(Unit.SAMPLES, 12_000);
        waitFor(stage, "\"rule\":\"freezer-high\"", "\"rule\":\"sample-fridge-high\"");
    }),
    /** Probes that answer no more: what they said last gets old. */
    STALE(stage -> {
        stage.tree().hang(Unit.COLD_2.rom());
        stage.tree().hang(Unit.HOT_1.rom());
        waitFor(stage, "\"fault\":\"silent\"");
    }),
    /** The power was away, and nobody has looked since. */
    NOT_PROVEN(stage -> {
        stage.powerFails();
        waitAtLeast(Props.OUTAGE);
        stage.start();
        waitFor(stage, "\"light\":\"doubt\"");
    }),
    /** In an alarm, as it is worst: the stream to the browser stands still. */
    OFFLINE(ALARM.bring);

    private static final Duration SOON = Duration.ofSeconds(30);

    private final Consumer<Stage> bring;

    Scene(Consumer<Stage> bring) {
        this.bring = bring;
    }

    void on(Stage stage) {
        bring.accept(stage);
    }

    private static void waitFor(Stage stage, String... words) {
        for (var word : words) {
            Eventually.within(
                    SOON,
                    word,
                    () -> stage.state("/api/state"),
                    () -> stage.state("/api/state").contains(word));
        }
    }

    static void waitAtLeast(Duration time) {
        var end = System.nanoTime() + time.toNanos();
        Eventually.within(SOON, "the outage has lasted", () -> System.nanoTime() > end);
    }
}
