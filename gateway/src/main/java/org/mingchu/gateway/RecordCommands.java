package org.mingchu.gateway;

import org.mingchu.config.Checked;
import org.mingchu.config.Plan;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.Lane;
import org.mingchu.gateway.keep.Export;
import org.mingchu.gateway.keep.Journal;
import org.mingchu.gateway.keep.OwnKeys;
import org.mingchu.gateway.keep.Seal;
import org.mingchu.gateway.keep.SiteNote;
import org.mingchu.gateway.keep.StateFolder;
import org.mingchu.gateway.keep.StateInUse;
import org.mingchu.gateway.keep.store.JournalException;
import org.mingchu.gateway.tend.CommandFailed;
import org.mingchu.gateway.tend.ExitCode;
import org.mingchu.gateway.tend.RecordAsk;
import org.mingchu.gateway.tend.Told;
import org.mingchu.sensors.Clock;
import org.mingchu.sensors.kernel.BoardSerial;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** Does the commands on the record, through the agent or without one. One thread. */
final class RecordCommands {
    /** Where {@code mingchu run} finds it. */
    private static final Path SITE = Path.of("/etc/mingchu/site.toml");

    private final Plans plans;
    private final Clock clock;
    private final SecureRandom chance;
    private final String version;
    private final boolean onTerminal;

    /**
     * @param onTerminal whether somebody sees progress
     */
    RecordCommands(
            Plans plans, Clock clock, SecureRandom chance, String version, boolean onTerminal) {
        this.plans = plans;
        this.clock = clock;
        this.chance = chance;
        this.version = version;
        this.onTerminal = onTerminal;
    }

    Told record(RecordAsk ask) {
        if (!ask.offline()) {
            return new ConsoleClient(ask).told();
        }
        return switch (ask.act()) {
            case STATUS -> offline(ask, RecordDesk::status);
            case KEY -> offline(ask, desk -> desk.key(ask.words()));
            case PROVE -> offline(ask, desk -> desk.prove(ask.words()));
            case LAST -> questions(ask, RecordQuestions::last);
            case CHART -> questions(ask, RecordQuestions::chart);
            case COMPLETENESS -> questions(ask, RecordQuestions::completeness);
            case EXCURSIONS -> questions(ask, RecordQuestions::excursions);
            case SAMPLE -> questions(ask, RecordQuestions::sample);
            case UPTIME -> questions(ask, RecordQuestions::uptime);
            case STATUS_JSON -> offline(ask, RecordDesk::statusJson);
            case HOLDS -> offline(ask, RecordDesk::holds);
            case VERIFY -> offline(ask, RecordDesk::verify);
            case REPAIR -> repaired(ask);
            case REPLAY -> replayed(ask);
            case LOAD ->
                    looked(
                            ask,
                            (journal, _) ->
                                    new LoadDesk(journal, clock, () -> kitchen(ask))
                                            .load(ask.words()));
            case PLACE_HOLD,
                    RELEASE_HOLD,
                    CORRECT,
                    ALARMS,
                    ACKNOWLEDGE,
                    SHELVE,
                    UNSHELVE,
                    RESET,
                    UNIT,
                    SENSOR,
                    SENSORS,
                    RELEARN,
                    SELF_TEST,
                    PHOTO,
                    BATCH ->
                    throw new CommandFailed(
                            ExitCode.USAGE, "acts go through the agent; leave --offline out");
            case DRILL, DRILL_NEWS, PROTOCOL, PROTOCOL_MADE ->
                    throw new IllegalArgumentException(ask.act() + " asks the agent");
            case DOCTOR, COMMISSION ->
                    throw new IllegalArgumentException("the doctor needs no record");
            case EXPORT, READINGS -> throw new IllegalArgumentException(ask.act() + " is streamed");
        };
    }

    /** A whole file or none: it gets its name when all of it is there. */
    Told export(RecordAsk ask, Path file) {
        var draft = file.resolveSibling(file.getFileName() + ".part");
        try {
            try (var out = Files.newOutputStream(draft)) {
                var told = exported(ask, out);
                if (!told.ok()) {
                    return told;
                }
            }
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
            return Told.well(
                    "%s: %d KiB; `mingchu verify %s` judges it"
                            .formatted(file, Files.size(file) >> 10, file));
        } catch (IOException e) {
            throw new CommandFailed(
                    ExitCode.INTERNAL, "cannot write " + file + ": " + e.getMessage());
        } finally {
            progress("");
            forget(draft);
        }
    }

    private static void forget(Path draft) {
        try {
            Files.deleteIfExists(draft);
        } catch (IOException e) {
            System.err.println("mingchu: remove " + draft + " yourself: " + e.getMessage());
        }
    }

    private Told exported(RecordAsk ask, OutputStream out) {
        if (!ask.offline()) {
            return new ConsoleClient(ask).download(out, bytes -> progress((bytes >> 20) + " MiB"));
        }
        return offline(
                ask, desk -> desk.export(ask.words(), () -> out).orElseGet(() -> Told.well()));
    }

    private void progress(String text) {
        if (onTerminal) {
            System.err.print("\r\u001b[K" + text);
            System.err.flush();
        }
    }

    /** What is asked of the record itself. */
    @FunctionalInterface
    private interface Work {
        Told on(RecordDesk desk) throws IOException;
    }

    private Told offline(RecordAsk ask, Work work) {
        return looked(
                ask,
                (journal, folder) ->
                        work.on(
                                new RecordDesk(
                                        journal,
                                        folder,
                                        clock,
                                        () -> kitchen(ask),
                                        () -> terms(journal, folder))));
    }

    private Told questions(
            RecordAsk ask, BiFunction<RecordQuestions, Map<String, String>, Told> question) {
        return looked(ask, (journal, _) -> question.apply(questions(ask, journal), ask.words()));
    }

    private RecordQuestions questions(RecordAsk ask, Journal journal) {
        var kitchen = kitchen(ask);
        return new RecordQuestions(journal, clock, () -> kitchen);
    }

    /** Each reading of one sensor to standard output. */
    Told readings(RecordAsk ask, OutputStream out) {
        if (!ask.offline()) {
            return new ConsoleClient(ask).download(out, _ -> {});
        }
        return looked(
                ask,
                (journal, _) ->
                        questions(ask, journal)
                                .readings(ask.words(), _ -> out)
                                .orElseGet(() -> Told.well()));
    }

    /** Without a site file there are no rules to ask. */
    private Told replayed(RecordAsk ask) {
        var site = ask.from().site().orElse(SITE);
        return looked(
                ask,
                (journal, _) ->
                        new ReplayDesk(journal, pack -> plans.read(site, pack))
                                .replay(ask.words()));
    }

    /** The plan, for its zone, sensors and rules: a record can be looked at without one. */
    private Kitchen kitchen(RecordAsk ask) {
        var named = ask.from().site();
        var file = named.or(() -> Optional.of(SITE).filter(Files::isReadable));
        return file.map(site ->
                        switch (plans.read(site, Optional.empty())) {
                            case Checked.Good<Plan>(var plan, _) -> Kitchen.of(plan);
                            case Checked.Bad<Plan> bad when named.isPresent() ->
                                    throw new CommandFailed(
                                            ExitCode.CONFIGURATION_INVALID, bad.error().text());
                            case Checked.Bad<Plan> _ ->
                                    Kitchen.unknown(SiteNote.of(ask.state()).zone());
                        })
                .orElseGet(() -> Kitchen.unknown(SiteNote.of(ask.state()).zone()));
    }

    /** What is done with the record as it lies there. */
    @FunctionalInterface
    private interface Look {
        Told at(Journal journal, Path folder) throws IOException;
    }

    private Told looked(RecordAsk ask, Look look) {
        return alone(
                ask,
                folder -> {
                    try (var journal = Journal.asItIs(folder, chance)) {
                        seal(folder).ifPresent(journal::sealWith);
                        return look.at(journal, folder);
                    }
                });
    }

    /** Opening the record as the agent does mends what can be mended. */
    private Told repaired(RecordAsk ask) {
        return alone(
                ask,
                folder -> {
                    var place = Agent.place(folder, board(folder));
                    try (var journal = Journal.open(place, chance, clock.now())) {
                        journal.tend(clock.now());
                        journal.inspectAll();
                        journal.append(clock.now(), journal.findings());
                        journal.commit();
                        return Told.well(
                                "condition %s, epoch %s, %d entries"
                                        .formatted(
                                                journal.condition().word(),
                                                journal.epoch(),
                                                journal.lastSeq()));
                    }
                });
    }

    /** The board of a played kitchen is played as well, and not this one. */
    private Optional<String> board(Path folder) {
        try (var journal = Journal.asItIs(folder, chance)) {
            if (simulated(journal)) {
                return Optional.empty();
            }
        } catch (JournalException _) {
            // It is opened again, and mended.
        }
        return BoardSerial.serial(Path.of("/"));
    }

    /** Something done while no agent may run. */
    @FunctionalInterface
    private interface Alone {
        Told in(Path folder) throws IOException;
    }

    private Told alone(RecordAsk ask, Alone work) {
        if (!Files.isDirectory(ask.state())) {
            throw new CommandFailed(
                    ExitCode.USAGE,
                    "--state " + ask.state() + ": there is no such folder; name the gateway's own");
        }
        try (var folder = StateFolder.open(ask.state(), chance)) {
            return work.in(folder.path());
        } catch (StateInUse e) {
            throw new CommandFailed(ExitCode.STATE_IN_USE, e);
        } catch (JournalException e) {
            throw new CommandFailed(ExitCode.CHECK_FAILED, e);
        } catch (IOException e) {
            throw new CommandFailed(ExitCode.INTERNAL, e);
        }
    }

    /** The name under which the device has signed last says whose record it is. */
    private Optional<Seal> seal(Path folder) {
        var known = OwnKeys.known(folder);
        if (known.isEmpty()) {
            return Optional.empty();
        }
        var name = known.getLast().name().split("/", 3);
        return name.length < 3
                ? Optional.empty()
                : OwnKeys.open(folder, chance, clock.now())
                        .map(key -> new Seal(name[0], name[1], name[2], key));
    }

    private Export.Terms terms(Journal journal, Path folder) {
        return new Export.Terms(
                Instant.ofEpochMilli(clock.now().wallMs()),
                version,
                simulated(journal),
                SiteNote.of(folder));
    }

    /** As the program said when it began to keep this record. */
    private static boolean simulated(Journal journal) {
        return journal.read(Lane.NONE, 1, 1).stream()
                .anyMatch(e -> e.fact() instanceof Fact.Started started && started.simulated());
    }
}
