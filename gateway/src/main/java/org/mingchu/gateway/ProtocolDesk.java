package org.mingchu.gateway;

import org.mingchu.config.Plan;
import org.mingchu.config.Platform;
import org.mingchu.config.board.BoardCheck;
import org.mingchu.config.board.BoardPlan;
import org.mingchu.gateway.doctor.Finding;
import org.mingchu.gateway.judge.Entry;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.Lane;
import org.mingchu.gateway.judge.Person;
import org.mingchu.gateway.judge.Role;
import org.mingchu.gateway.judge.State;
import org.mingchu.gateway.judge.Strength;
import org.mingchu.gateway.keep.Journal;
import org.mingchu.gateway.keep.OwnKeys;
import org.mingchu.gateway.keep.proof.VerifierKey;
import org.mingchu.gateway.tend.Told;
import org.mingchu.sensors.Clock;
import org.mingchu.sensors.Reading;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Tells a command what a commissioning protocol has to say, and keeps which document it made of
 * that. The document is drawn in the command's own process. Any thread but the house's; a look
 * takes up to ten seconds.
 */
final class ProtocolDesk {
    /** Rounds that are looked at for the first values, in number: half an hour at 10 s. */
    private static final int FIRST_ROUNDS = 200;

    /** Entries of the alarm lane that are looked back over for a self-test and a drill. */
    private static final int LOOK_BACK = 2_000;

    private static final long KEPT_WITHIN_S = 10;
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

    private final Source source;
    private final Function<String, Optional<Role>> roles;
    private final Function<Fact, CompletableFuture<?>> keep;
    private Optional<Given> given = Optional.empty();
    private long count;

    /** Where all of it stands. */
    record Source(
            Plan plan,
            Fact.Started program,
            Path root,
            Journal journal,
            Supplier<State> state,
            Supplier<List<Finding>> doctor,
            Clock clock) {}

    /** What a command was given, until it says what it made of it. */
    private record Given(String ticket, Protocol.Made made, Person person, String language) {}

    /**
     * @param roles the role of a person id, empty for a stranger
     * @param keep hands a fact to the house; completes when its commit is done
     */
    ProtocolDesk(
            Source source,
            Function<String, Optional<Role>> roles,
            Function<Fact, CompletableFuture<?>> keep) {
        this.source = source;
        this.roles = roles;
        this.keep = keep;
    }

    /** What it has to say: a ticket, the language, the time, the foot, then block by block. */
    Told told(Map<String, String> said) {
        var id = said.getOrDefault("by", "");
        var role = roles.apply(id);
        if (role.isEmpty()) {
            return Told.refused(
                    "--by '%s': there is no such person; `mingchu person list` names everybody"
                            .formatted(id));
        }
        if (!may(role.get())) {
            return Told.refused(
                    "--by '%s': their role may not; it takes a technician, a safety officer or a"
                                    .formatted(id)
                            + " manager");
        }
        var words =
                ProtocolWords.in(said.getOrDefault("language", source.plan().site().language()));
        var person = new Person(id, role.get(), Strength.TAP);
        var known = known();
        var made = new Protocol(known, person, words).made();
        var ticket = given(made, person, words.language());
        var lines =
                new ArrayList<>(
                        List.of(
                                ticket,
                                words.language(),
                                String.valueOf(known.now().wallMs()),
                                made.foot()));
        made.blocks().forEach(block -> lines.add(block.written()));
        return Told.well(lines);
    }

    private static boolean may(Role role) {
        return switch (role) {
            case SAFETY_OFFICER, MANAGER, TECHNICIAN -> true;
            case VOLUNTEER, STAFF, INSPECTOR -> false;
        };
    }

    private synchronized String given(Protocol.Made made, Person person, String language) {
        count++;
        var ticket = String.valueOf(count);
        given = Optional.of(new Given(ticket, made, person, language));
        return ticket;
    }

    private synchronized Optional<Given> taken(String ticket) {
        var found = given.filter(one -> one.ticket().equals(ticket));
        if (found.isPresent()) {
            given = Optional.empty();
        }
        return found;
    }

    /** The document is drawn: which it is goes into the record. */
    Told made(Map<String, String> said) {
        var sha256 = said.getOrDefault("sha256", "");
        var one = taken(said.getOrDefault("ticket", ""));
        if (one.isEmpty() || !HASH.matcher(sha256).matches()) {
            return Told.refused("somebody else has asked for a protocol meanwhile; make it again");
        }
        var fact =
                new Fact.Commissioned(
                        sha256, one.get().language(), one.get().made().items(), one.get().person());
        try {
            keep.apply(fact).get(KEPT_WITHIN_S, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException _) {
            return Told.refused(
                    "the record did not take it; look with `mingchu journal status`, make it again");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
        return said.containsKey("json") ? Told.well(json(fact)) : Told.well();
    }

    private static String json(Fact.Commissioned fact) {
        return JsonLine.of(json -> {
            json.writeStringProperty("schema", "kfs/commissioning/1")
                    .writeStringProperty("sha256", fact.sha256())
                    .writeStringProperty("language", fact.language())
                    .writeStringProperty("by", fact.person().id());
            json.writeArrayPropertyStart("items");
            for (var item : fact.items()) {
                json.writeStartObject()
                        .writeStringProperty("name", item.name())
                        .writeStringProperty("value", item.value())
                        .writeEndObject();
            }
            json.writeEndArray();
        });
    }

    private Protocol.Known known() {
        var state = source.state().get();
        var latest = new HashMap<String, Reading>();
        state.heard().forEach((id, heard) -> latest.put(id, heard.latest()));
        var links = new HashMap<String, String>();
        state.links().forEach((id, link) -> links.put(id, link.state().word()));
        return new Protocol.Known(
                source.plan(),
                source.program(),
                source.clock().now(),
                OwnKeys.newest(source.journal()).map(VerifierKey::fingerprint),
                BoardCheck.look(source.root(), BoardPlan.of(source.plan())),
                first(),
                latest,
                last(Fact.SelfTested.class, _ -> true)
                        .map(one -> new Protocol.At<>(one.what(), one.at())),
                state.duties().tested().map(test -> new Protocol.At<>(test.heard(), test.at())),
                last(Fact.Drilled.class, one -> one.ran().isPresent()).map(Protocol.At::what),
                links,
                delivered(),
                source.doctor().get());
    }

    private Map<String, Protocol.At<Reading>> first() {
        var first = new HashMap<String, Protocol.At<Reading>>();
        for (Entry entry : source.journal().read(Lane.READING, 1, FIRST_ROUNDS)) {
            if (entry.fact() instanceof Fact.Round(var readings)) {
                readings.stream()
                        .filter(Reading.Measured.class::isInstance)
                        .forEach(one ->
                                first.putIfAbsent(
                                        one.subject(), new Protocol.At<>(one, entry.at())));
            }
        }
        return first;
    }

    /** Where it is noted, whatever came after it; else among the latest entries. */
    private <T extends Fact> Optional<Protocol.At<T>> last(Class<T> kind, Predicate<T> which) {
        var noted = source.journal().noted(kind);
        return noted.isPresent()
                ? source.journal().read(Lane.ALARM, noted.getAsLong(), 1).stream()
                        .filter(entry -> kind.isInstance(entry.fact()))
                        .map(entry -> new Protocol.At<>(kind.cast(entry.fact()), entry.at()))
                        .findFirst()
                : lookedFor(kind, which);
    }

    private <T extends Fact> Optional<Protocol.At<T>> lookedFor(Class<T> kind, Predicate<T> which) {
        var journal = source.journal();
        var from =
                journal.lastBefore(journal.epoch(), Lane.ALARM, journal.lastSeq() + 1, LOOK_BACK);
        return journal.read(Lane.ALARM, Math.max(1, from), LOOK_BACK).stream()
                .filter(entry -> kind.isInstance(entry.fact()))
                .map(entry -> new Protocol.At<>(kind.cast(entry.fact()), entry.at()))
                .filter(one -> which.test(one.what()))
                .reduce((_, later) -> later);
    }

    private Map<String, Protocol.Delivered> delivered() {
        var journal = source.journal();
        var alarms = journal.countInLane(Lane.ALARM, 1);
        var readings = journal.countInLane(Lane.READING, 1);
        var delivered = new HashMap<String, Protocol.Delivered>();
        for (var id : source.plan().site().platforms().stream().map(Platform::id).toList()) {
            delivered.put(
                    id,
                    new Protocol.Delivered(
                            alarms - Uplink.waiting(id, Lane.ALARM, journal),
                            alarms,
                            readings - Uplink.waiting(id, Lane.READING, journal),
                            readings));
        }
        return delivered;
    }
}
