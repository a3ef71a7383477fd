package org.mingchu.gateway;

import org.mingchu.config.Plan;
import org.mingchu.config.SensorPlan;
import org.mingchu.gateway.desk.Answer;
import org.mingchu.gateway.desk.Desk;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.Person;
import org.mingchu.gateway.judge.Role;
import org.mingchu.gateway.judge.Strength;
import org.mingchu.gateway.keep.Places;
import org.mingchu.gateway.show.By;
import org.mingchu.gateway.show.Technician;
import org.mingchu.gateway.tend.Told;
import org.mingchu.sensors.camera.picture.PlainJpeg;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Takes pictures of the places where probes hang: what does not belong to the picture is left out,
 * the rest is put down, and its hash goes into the record. Any thread.
 *
 * @param roles the role of a person id, empty for a stranger
 * @param keep hands a fact to the house; completes when its commit is done
 */
record PlaceDesk(
        Plan plan,
        Places places,
        Function<String, Optional<Role>> roles,
        Function<Fact, CompletableFuture<?>> keep) {
    private static final Logger LOG = LoggerFactory.getLogger(PlaceDesk.class);

    /** The answer to {@code mingchu sensors photo}. */
    Told told(Map<String, String> words) {
        var sensor = words.getOrDefault("sensor", "");
        var by = words.getOrDefault("by", "");
        var role = roles.apply(by);
        if (role.isEmpty()) {
            return Told.refused(
                    "--by '%s': there is no such person; `mingchu person list` names everybody"
                            .formatted(by));
        }
        try {
            var jpeg = Base64.getDecoder().decode(words.getOrDefault("jpeg", ""));
            return switch (taken(sensor, jpeg, new Person(by, role.get(), Strength.TAP))) {
                case Outcome.Kept(var hash, var bytes) ->
                        Told.well(
                                "%s: place kept, %d bytes, sha256 %s"
                                        .formatted(sensor, bytes, hash));
                case Outcome.Not(_, var why) -> Told.refused(why);
            };
        } catch (IllegalArgumentException _) {
            return Told.unusable("the picture came broken; the same version on both sides?");
        }
    }

    /** What the technician's page sees and takes of it. */
    Technician.Album album() {
        return new Technician.Album(places::of, this::takenAtThePage);
    }

    /** The word of a refusal; empty when it is kept. */
    private Optional<String> takenAtThePage(String sensor, byte[] jpeg, By by) {
        return roles.apply(by.person())
                .map(role -> taken(sensor, jpeg, new Person(by.person(), role, by.strength())))
                .map(PlaceDesk::refusal)
                .orElseGet(() -> Optional.of(Answer.Reason.NO_SUCH_PERSON.word()));
    }

    private static Optional<String> refusal(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Kept _ -> Optional.empty();
            case Outcome.Not(var word, _) -> Optional.of(word);
        };
    }

    /** What came of it. */
    private sealed interface Outcome {
        /** It is in the folder and in the record. */
        record Kept(String hash, int bytes) implements Outcome {}

        /**
         * It is not.
         *
         * @param word for the page
         * @param why for a technician at the terminal
         */
        record Not(String word, String why) implements Outcome {}
    }

    private Outcome taken(String sensor, byte[] jpeg, Person person) {
        if (plan.site().units().stream()
                .flatMap(unit -> unit.sensors().stream())
                .map(SensorPlan::id)
                .noneMatch(sensor::equals)) {
            return new Outcome.Not(
                    Answer.Reason.NO_SUCH_SENSOR.word(),
                    "SENSOR '%s': the site has none of this name; mingchu sensors list"
                            .formatted(sensor));
        }
        if (!may(person.role())) {
            return new Outcome.Not(
                    Answer.Reason.NOT_YOUR_ROLE.word(),
                    "--by '%s': it takes a technician, a safety officer or a manager"
                            .formatted(person.id()));
        }
        return switch (PlainJpeg.of(jpeg)) {
            case PlainJpeg.Refused(var reason) ->
                    new Outcome.Not(
                            "bad-picture",
                            "FILE: "
                                    + reason
                                    + "; expected a JPEG as cameras write them, at most 12"
                                    + " megapixels and 4 MiB");
            case PlainJpeg.Plain(var picture) -> kept(sensor, picture.bytes(), person);
        };
    }

    /** Put down before it is recorded: a hash without its picture would prove nothing. */
    private Outcome kept(String sensor, byte[] picture, Person person) {
        try {
            if (places.put(sensor, picture) == Places.Put.NO_ROOM) {
                return new Outcome.Not(
                        "no-room",
                        "not kept: all pictures together are %d MiB at most; make this one smaller"
                                .formatted(Places.ALL_BYTES_MAX >> 20));
            }
        } catch (UncheckedIOException e) {
            LOG.error("event=place-not-kept sensor={} cause=\"{}\"", sensor, e.getMessage());
            return new Outcome.Not(
                    Answer.Reason.NOT_KEPT.word(),
                    "not kept: the disk does not take it; mingchu doctor");
        }
        var hash = sha256(picture);
        var fact = new Fact.PlacePictured(sensor, hash, picture.length, person);
        return switch (Desk.answered(keep.apply(fact))) {
            case Answer.Done _ -> new Outcome.Kept(hash, picture.length);
            case Answer.Refused(var reason) ->
                    new Outcome.Not(reason.word(), "not recorded: " + reason.word());
        };
    }

    private static boolean may(Role role) {
        return switch (role) {
            case SAFETY_OFFICER, MANAGER, TECHNICIAN -> true;
            case VOLUNTEER, STAFF, INSPECTOR -> false;
        };
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
