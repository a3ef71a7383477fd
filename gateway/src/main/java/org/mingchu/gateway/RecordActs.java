package org.mingchu.gateway;

import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.Person;
import org.mingchu.gateway.judge.Role;
import org.mingchu.gateway.judge.Strength;
import org.mingchu.gateway.keep.Holds;
import org.mingchu.gateway.keep.Incident;
import org.mingchu.gateway.keep.Journal;
import org.mingchu.gateway.tend.Told;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.LocalTime;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * What people do to the record itself: holds, and corrections. Each is an entry, answered when it
 * is kept. Any thread but the house's.
 */
final class RecordActs {
    /** Longest wait for a commit or the next wake, seconds. */
    private static final long KEPT_WITHIN_S = 10;

    /** Longest reason or text, characters. */
    private static final int TEXT_MAX = 500;

    /** Of the epoch in a hold's id, characters: people type it. */
    private static final int EPOCH_CHARS = 8;

    private final Journal journal;
    private final RandomGenerator chance;
    private final RecordDesk desk;
    private final Function<String, Optional<Role>> roles;
    private final Function<Fact, CompletableFuture<?>> keep;

    /**
     * @param chance from which holds get their ids
     */
    RecordActs(
            Journal journal,
            RandomGenerator chance,
            RecordDesk desk,
            Function<String, Optional<Role>> roles,
            Function<Fact, CompletableFuture<?>> keep) {
        this.journal = journal;
        this.chance = chance;
        this.desk = desk;
        this.roles = roles;
        this.keep = keep;
    }

    /** Holds what lies in a time. */
    Told place(Map<String, String> words) {
        return byPerson(
                words,
                "reason",
                (person, reason) -> {
                    var range = range(words);
                    if (range.isEmpty()) {
                        return Told.refused(
                                "--alarm '%s': the record has no such alarm; `journal export`"
                                                .formatted(words.get("alarm"))
                                        + " names all in alarms.csv, or name a time with --at");
                    }
                    var from = range.get().fromMs();
                    var to = range.get().toMs();
                    if (from > to) {
                        return Told.refused("--from lies after --to");
                    }
                    var id = holdId();
                    return kept(new Fact.HoldPlaced(id, from, to, reason, person), "placed " + id);
                });
    }

    /** Exactly as named, or with the margin around an incident; empty when there is no such. */
    private Optional<Holds.Range> range(Map<String, String> words) throws IOException {
        if (words.containsKey("alarm")) {
            return Incident.of(journal, words.get("alarm"));
        }
        if (words.containsKey("at")) {
            var at = words.get("at");
            // A day alone: something that happened on it.
            return Optional.of(
                    Holds.around(desk.ms(at, LocalTime.MIN), desk.ms(at, LocalTime.MAX)));
        }
        return Optional.of(
                new Holds.Range(
                        desk.ms(words.getOrDefault("from", ""), LocalTime.MIN),
                        desk.ms(words.getOrDefault("to", ""), LocalTime.MAX)));
    }

    /** Never given twice: not in two epochs, and not to two who ask before one commit. */
    private String holdId() {
        return "hold-%s-%08x"
                .formatted(journal.epoch().substring(0, EPOCH_CHARS), chance.nextInt());
    }

    /** One of the two words that end a hold. */
    Told release(Map<String, String> words) {
        return byPerson(
                words,
                "reason",
                (person, reason) -> {
                    var id = words.getOrDefault("id", "");
                    var hold = Holds.of(journal).standing(id);
                    if (hold.isEmpty()) {
                        return Told.refused(
                                "no hold '" + id + "' is in force; `journal hold list` names all");
                    }
                    if (hold.get().releasedBy().containsKey(person.id())) {
                        return Told.refused(
                                "%s has released %s already; somebody else of another role must too"
                                        .formatted(person.id(), id));
                    }
                    if (hold.get().releasedBy().containsValue(person.role())) {
                        return Told.refused(
                                "a %s has released %s already; somebody of another role must too"
                                        .formatted(person.role().word(), id));
                    }
                    var last = hold.get().endsWith(person);
                    return kept(
                            new Fact.HoldReleased(id, reason, person),
                            last
                                    ? "released " + id
                                    : "noted; " + id + " is in force until another role says so");
                });
    }

    /** Adds to an earlier entry. */
    Told correct(Map<String, String> words) {
        return byPerson(
                words,
                "text",
                (person, text) -> {
                    var epoch = words.getOrDefault("epoch", journal.epoch());
                    var seq = Long.parseLong(words.getOrDefault("seq", ""));
                    if (seq < 1 || seq > journal.lastSeq(epoch)) {
                        return Told.refused("there is no entry " + seq + " in epoch " + epoch);
                    }
                    return kept(
                            new Fact.Corrected(epoch, seq, text, person), "added to entry " + seq);
                });
    }

    /** Goes through all of it, has the disk looked after at the next wake, says what came of it. */
    Told repair() {
        var before = journal.condition();
        // What it finds missing is kept at the next wake, which is asked for below.
        journal.inspectAll();
        try {
            var after = journal.tendSoon().get(KEPT_WITHIN_S, TimeUnit.SECONDS);
            return Told.well(
                    "gone through and looked after: condition %s, before %s; `journal status` and the log say more"
                            .formatted(after.word(), before.word()));
        } catch (TimeoutException | ExecutionException _) {
            return Told.refused("the agent did not come to it; see its log");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Told.refused("the agent is ending");
        }
    }

    /** An act by somebody known. */
    @FunctionalInterface
    private interface Act {
        Told by(Person person, String text) throws IOException;
    }

    private Told byPerson(Map<String, String> words, String textWord, Act act) {
        var id = words.getOrDefault("person", "");
        var text = words.getOrDefault(textWord, "");
        var role = roles.apply(id);
        if (role.isEmpty()) {
            return Told.refused(
                    "there is no person '" + id + "'; `mingchu person list` names everybody");
        }
        if (role.get() == Role.INSPECTOR) {
            return Told.refused("an inspector reads only");
        }
        if (text.isBlank() || text.length() > TEXT_MAX) {
            return Told.refused("--" + textWord + ": 1 to " + TEXT_MAX + " characters are needed");
        }
        try {
            return act.by(new Person(id, role.get(), Strength.TAP), text);
        } catch (DateTimeException | NumberFormatException | IOException e) {
            return Told.refused(String.valueOf(e.getMessage()));
        }
    }

    private Told kept(Fact fact, String done) {
        try {
            keep.apply(fact).get(KEPT_WITHIN_S, TimeUnit.SECONDS);
            return Told.well(done);
        } catch (TimeoutException | ExecutionException _) {
            return Told.refused("the record did not take it in time; look with `journal status`");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Told.refused("the agent is ending");
        }
    }
}
