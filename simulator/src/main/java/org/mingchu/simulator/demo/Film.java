package org.mingchu.simulator.demo;

import static org.mingchu.simulator.check.AlarmSightings.acknowledgement;
import static org.mingchu.simulator.check.AlarmSightings.event;
import static org.mingchu.simulator.check.AlarmSightings.reading;

import org.mingchu.simulator.Command;
import org.mingchu.simulator.check.Sighting;
import org.mingchu.simulator.wire.Level;
import org.mingchu.simulator.wire.PinLog;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * The film: a freezer fails and everyone who must know, knows. Every step is seen from outside the
 * gateway: in its files, on its pins, at its page, on the broker. One thread.
 */
final class Film {
    /** On-delay and off-delay of the film's rules. */
    static final Props PROPS = new Props(5_000, 3_000);

    /** How fast the weather runs once the compressor is off: half a day in 2.5 minutes. */
    static final int PACE = 300;

    /**
     * What the alarm may come later than crossing plus delay: two sampling periods of 1 s, because
     * a crossing is sampled up to one period late and judged with the next round, and half a second
     * for a busy machine.
     */
    static final Duration LATE_MAX = Duration.ofMillis(2_500);

    /** Nobody waits longer for one step; the whole film has to end in two minutes. */
    private static final Duration STEP_MAX = Duration.ofSeconds(45);

    /** Longer than the rest between two tones of any alarm at this priority (10 s). */
    private static final Duration QUIET = Duration.ofSeconds(11);

    private static final int COMPLAINTS_SHOWN = 5;
    private static final Duration LOOK_EVERY = Duration.ofMillis(5);

    private final Stage stage;
    private final Clocks clocks;
    private final Timeline timeline = new Timeline();

    /** The two clocks, and the moment at which the film must be over. */
    record Clocks(LongSupplier upNs, InstantSource wall, long endsUpNs) {}

    /** A step did not come. */
    private static final class Missing extends Exception {
        private static final long serialVersionUID = 1;

        Missing(String message) {
            super(message);
        }
    }

    Film(Stage stage, Clocks clocks) {
        this.stage = stage;
        this.clocks = clocks;
    }

    Timeline timeline() {
        return timeline;
    }

    /** Plays it; says what went wrong, or nothing. */
    List<String> play() throws InterruptedException {
        var problems = new ArrayList<String>();
        try {
            awaitWatching();
            var raised = breakFreezer();
            hear(raised);
            takeCare(raised);
            mend();
            awaitQuiet();
        } catch (Missing | IOException e) {
            problems.add(String.valueOf(e.getMessage()));
        }
        synchronized (timeline) {
            problems.addAll(timeline.problems(Duration.ofMillis(PROPS.delayMs()), LATE_MAX));
        }
        stage.supervisor().violations().stream()
                .limit(COMPLAINTS_SHOWN)
                .forEach(complaint -> problems.add("the platform complains: " + complaint));
        return List.copyOf(problems);
    }

    /** The gateway reads the freezer and the platform hears of it. */
    private void awaitWatching() throws Missing, InterruptedException {
        await(reading(Props.FREEZER_PROBE), "no reading of the freezer reached the platform");
    }

    private JsonNode breakFreezer() throws Missing, InterruptedException {
        stage.life().whenAbove(Props.FREEZER, Props.FREEZER_LIMIT_MILLI, this::crossed);
        mark(Step.COMPRESSOR_OFF, now(), "freezer-1");
        stage.life().obey(new Command.CompressorOff(Props.FREEZER));
        stage.life().pace(PACE);
        poll(() -> happened(Step.ABOVE_LIMIT), "the freezer did not get warm");
        var sighting = await(alarm("raised"), "no alarm was raised");
        var raised = sighting.json();
        mark(Step.RAISED, saidAt(raised), alarmWords(raised));
        return raised;
    }

    private void crossed(long upNs, long milliCelsius) {
        mark(Step.ABOVE_LIMIT, upNs, "probe shows %.2f °C".formatted(milliCelsius / 1e3));
    }

    private void hear(JsonNode raised) throws Missing, InterruptedException {
        var buzzer = sound(Level.HIGH, upNs(Step.COMPRESSOR_OFF));
        mark(Step.BUZZER_ON, buzzer.upNs(), "gpio%d = 1".formatted(Props.BUZZER_PIN));
        var epoch = raised.path("epoch").asString("");
        long seq = raised.path("seq").asLong(-1);
        poll(() -> stage.supervisor().received(seq), "the platform did not receive it");
        long heldNs = now();
        var ack = await(acknowledgement(epoch, seq), "the platform did not acknowledge it");
        // Asked late, it answers late; but what it has acknowledged it had received by then.
        mark(Step.PLATFORM_RECEIVED, Math.min(heldNs, ack.upNs()), "entry %d".formatted(seq));
        mark(Step.PLATFORM_ACKNOWLEDGED, ack.upNs(), "on …/ack");
    }

    private void takeCare(JsonNode raised) throws Missing, IOException, InterruptedException {
        var id = raised.path("alarm").path("id").asString("");
        var answer = stage.gateway().acknowledge(id, Props.PERSON);
        long answeredNs = now();
        if (answer.statusCode() != 200) {
            throw new Missing(
                    "the page answered %d: %s".formatted(answer.statusCode(), answer.body()));
        }
        var told = await(alarm("acknowledged"), "the platform was not told who takes care");
        var person = told.json().path("alarm").path("person").path("id").asString("nobody");
        if (!person.equals(Props.PERSON)) {
            throw new Missing("the platform was told that " + person + " takes care");
        }
        mark(Step.PERSON_ACKNOWLEDGED, answeredNs, Props.PERSON + " " + Props.PERSON_NAME);
        poll(() -> stage.pins().level(Props.BUZZER_PIN) == Level.LOW, "the buzzer did not stop");
        mark(Step.BUZZER_OFF, lastFall(answeredNs), "gpio%d = 0".formatted(Props.BUZZER_PIN));
    }

    /** When the pin fell after the tap; if it rested between two tones, it ended with the tap. */
    private long lastFall(long tappedNs) {
        return stage.pins().changes(Props.BUZZER_PIN).stream()
                .filter(change -> change.level() == Level.LOW)
                .mapToLong(PinLog.Change::upNs)
                .filter(upNs -> upNs > tappedNs)
                .max()
                .orElse(tappedNs);
    }

    private void mend() throws Missing, InterruptedException {
        mark(Step.COMPRESSOR_ON, now(), "freezer-1");
        stage.life().obey(new Command.CompressorOn(Props.FREEZER));
        var returned = await(alarm("returned"), "the alarm did not return").json();
        mark(Step.RETURNED, saidAt(returned), valueWords(returned));
        var cleared = await(alarm("cleared"), "the alarm was not cleared").json();
        mark(Step.CLEARED, saidAt(cleared), "state " + text(cleared, "state"));
    }

    /** A buzzer that rests between two tones is not off: it must stay low for longer than that. */
    private void awaitQuiet() throws Missing, InterruptedException {
        long offNs = upNs(Step.BUZZER_OFF);
        poll(() -> now() - offNs > QUIET.toNanos(), "the film is over its time");
        boolean again =
                stage.pins().changes(Props.BUZZER_PIN).stream()
                        .anyMatch(c -> c.level() == Level.HIGH && c.upNs() > offNs);
        if (again) {
            throw new Missing("the buzzer sounded again after somebody had taken care");
        }
    }

    private static Predicate<Sighting> alarm(String event) {
        return event(Props.FREEZER_PROBE, Props.FREEZER_RULE, event);
    }

    private PinLog.Change sound(Level level, long fromUpNs) throws Missing, InterruptedException {
        return stage.pins()
                .await(Props.BUZZER_PIN, level, fromUpNs, patience())
                .orElseThrow(() -> new Missing("the buzzer did not sound"));
    }

    private Sighting await(Predicate<Sighting> wanted, String otherwise)
            throws Missing, InterruptedException {
        return stage.witness().await(wanted, patience()).orElseThrow(() -> new Missing(otherwise));
    }

    private void poll(BooleanSupplier wanted, String otherwise)
            throws Missing, InterruptedException {
        long deadlineNs = now() + patience().toNanos();
        while (!wanted.getAsBoolean()) {
            if (now() > deadlineNs) {
                throw new Missing(otherwise);
            }
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
    }

    private Duration patience() {
        var left = Duration.ofNanos(Math.max(0, clocks.endsUpNs() - now()));
        return left.compareTo(STEP_MAX) < 0 ? left : STEP_MAX;
    }

    /** The crossing is marked by the weather's thread, everything else by the film's. */
    private void mark(Step step, long upNs, String detail) {
        synchronized (timeline) {
            timeline.mark(step, upNs, detail);
        }
    }

    private boolean happened(Step step) {
        synchronized (timeline) {
            return timeline.at(step).isPresent();
        }
    }

    private long upNs(Step step) {
        synchronized (timeline) {
            return timeline.at(step).orElseThrow();
        }
    }

    private long now() {
        return clocks.upNs().getAsLong();
    }

    /** The moment the gateway itself names, on our clock: both run on this machine. */
    private long saidAt(JsonNode message) {
        Instant said = OffsetDateTime.parse(message.path("at").asString("")).toInstant();
        var age = Duration.between(said, clocks.wall().instant());
        return now() - age.toNanos();
    }

    private static String alarmWords(JsonNode message) {
        return "%s, %s, %s"
                .formatted(text(message, "rule"), text(message, "priority"), valueWords(message));
    }

    private static String valueWords(JsonNode message) {
        return Optional.of(message.path("alarm").path("value"))
                .filter(JsonNode::isNumber)
                .map(value -> "%.2f °C".formatted(value.asDouble()))
                .orElse("no value");
    }

    private static String text(JsonNode message, String name) {
        return message.path("alarm").path(name).asString("?");
    }
}
