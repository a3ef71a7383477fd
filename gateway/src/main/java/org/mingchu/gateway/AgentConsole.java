package org.mingchu.gateway;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import org.mingchu.gateway.keep.StateFolder;
import org.mingchu.gateway.keep.store.JournalException;
import org.mingchu.gateway.show.Console;
import org.mingchu.gateway.tend.RecordAsk.Act;
import org.mingchu.gateway.tend.Told;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Lets commands ask the running agent: a {@link Console}, and its address in {@value #FILE} of the
 * state folder, mode 0600. Without it the kitchen is watched all the same. Any thread.
 */
final class AgentConsole implements AutoCloseable {
    /** Names host and port; there while the agent runs. */
    static final String FILE = "console.address";

    private static final JsonFactory JSON = JsonFactory.builder().build();
    private static final Logger LOG = LoggerFactory.getLogger(AgentConsole.class);

    private final StateFolder state;
    private final Desks desks;
    private final Path file;
    private Optional<Console> console = Optional.empty();

    /** Where it hands on what is asked. */
    record Desks(
            RecordDesk record,
            RecordQuestions questions,
            RecordActs acts,
            ReplayDesk replay,
            LoadDesk load,
            AlarmDesk alarms,
            UnitDesk units,
            SensorDesk sensors,
            CameraDesk cameras,
            DoctorDesk doctor,
            DrillDesk drills,
            ProtocolDesk protocol,
            SelfTestDesk selfTest,
            PlaceDesk places) {}

    /** Opens it, if the disk takes its address. */
    AgentConsole(StateFolder state, Desks desks) {
        this.state = state;
        this.desks = desks;
        file = state.path().resolve(FILE);
        open();
    }

    /** Opens it where that could not be done before. */
    synchronized void open() {
        if (console.isPresent()) {
            return;
        }
        try {
            var opened = new Console(state.consoleToken(), questions(desks.record()), acts(desks));
            console = Optional.of(opened);
            publish(opened.address());
        } catch (UncheckedIOException | IOException | JournalException e) {
            LOG.error("event=console-missing cause=\"{}\"", e.getMessage());
            console.ifPresent(Console::close);
            console = Optional.empty();
        }
    }

    private static Map<String, Console.Question> questions(RecordDesk desk) {
        return Map.of(
                Act.STATUS.path(), () -> said(desk.status()),
                Act.STATUS_JSON.path(), () -> said(desk.statusJson()),
                Act.HOLDS.path(), () -> said(desk.holds()));
    }

    private static Map<String, Console.Act> acts(Desks desks) {
        var all = new HashMap<>(recordActs(desks.record(), desks.acts()));
        all.putAll(judgeActs(desks.replay(), desks.load()));
        all.putAll(questions(desks.questions()));
        all.putAll(kitchenActs(desks));
        return all;
    }

    private static Map<String, Console.Act> recordActs(RecordDesk desk, RecordActs acts) {
        return Map.ofEntries(
                whole(Act.VERIFY, _ -> desk.verify()),
                whole(Act.REPAIR, _ -> acts.repair()),
                quick(Act.PLACE_HOLD, acts::place),
                quick(Act.RELEASE_HOLD, acts::release),
                quick(Act.CORRECT, acts::correct),
                quick(Act.KEY, desk::key),
                whole(Act.PROVE, desk::prove),
                streamed(
                        Act.EXPORT,
                        (body, stream) -> desk.export(body, () -> stream.open("application/zip"))));
    }

    private static Map<String, Console.Act> judgeActs(ReplayDesk replay, LoadDesk load) {
        return Map.ofEntries(whole(Act.REPLAY, replay::replay), whole(Act.LOAD, load::load));
    }

    private static Map<String, Console.Act> questions(RecordQuestions questions) {
        return Map.ofEntries(
                quick(Act.LAST, questions::last),
                quick(Act.SAMPLE, questions::sample),
                quick(Act.EXCURSIONS, questions::excursions),
                whole(Act.CHART, questions::chart),
                whole(Act.UPTIME, questions::uptime),
                whole(Act.COMPLETENESS, questions::completeness),
                streamed(Act.READINGS, (body, stream) -> questions.readings(body, stream::open)));
    }

    private static Map<String, Console.Act> kitchenActs(Desks desks) {
        var alarms = desks.alarms();
        var units = desks.units();
        return Map.ofEntries(
                quick(Act.ALARMS, alarms::list),
                quick(Act.ACKNOWLEDGE, alarms::acknowledge),
                quick(Act.SHELVE, alarms::shelve),
                quick(Act.UNSHELVE, alarms::unshelve),
                quick(Act.RESET, alarms::reset),
                quick(Act.UNIT, units::unit),
                quick(Act.SENSOR, units::sensor),
                quick(Act.BATCH, units::batch),
                quick(Act.SENSORS, desks.sensors()::list),
                quick(Act.DOCTOR, desks.doctor()::told),
                quick(Act.DRILL, desks.drills()::begin),
                quick(Act.DRILL_NEWS, desks.drills()::news),
                quick(Act.PROTOCOL, desks.protocol()::told),
                quick(Act.PROTOCOL_MADE, desks.protocol()::made),
                quick(Act.COMMISSION, desks.doctor()::commission),
                whole(Act.SELF_TEST, desks.selfTest()::told),
                Map.entry(
                        Act.PHOTO.path(),
                        new Console.Act.Picture(body -> said(desks.places().told(body)))),
                quick(Act.RELEARN, desks.cameras()::relearn));
    }

    /** What is told when something is done. */
    @FunctionalInterface
    private interface Doing {
        Told on(Map<String, String> body) throws IOException;
    }

    /** The same of what is streamed when nothing stands in the way. */
    @FunctionalInterface
    private interface Streaming {
        Optional<Told> on(Map<String, String> body, Console.Stream stream) throws IOException;
    }

    private static Map.Entry<String, Console.Act> quick(Act act, Doing doing) {
        return Map.entry(act.path(), new Console.Act.Quick(body -> said(doing.on(body))));
    }

    private static Map.Entry<String, Console.Act> whole(Act act, Doing doing) {
        return Map.entry(act.path(), new Console.Act.Whole(body -> said(doing.on(body))));
    }

    private static Map.Entry<String, Console.Act> streamed(Act act, Streaming streaming) {
        return Map.entry(
                act.path(),
                new Console.Act.Streamed(
                        (body, stream) -> streaming.on(body, stream).map(AgentConsole::said)));
    }

    private static Console.Said said(Told told) {
        var out = new ByteArrayOutputStream();
        try (var json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject().writeNumberProperty("exit", told.exitCode());
            json.writeArrayPropertyStart("lines");
            told.lines().forEach(json::writeString);
            json.writeEndArray().writeEndObject();
        }
        return new Console.Said(200, out.toString(UTF_8));
    }

    /** Beside and renamed: nobody reads half an address. */
    private void publish(String address) throws IOException {
        var draft = file.resolveSibling(FILE + ".new");
        Files.deleteIfExists(draft);
        Files.createFile(
                draft,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(draft, address + "\n", US_ASCII);
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public synchronized void close() {
        console.ifPresent(Console::close);
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("event=console-address-stays file={} cause=\"{}\"", file, e.getMessage());
        }
    }
}
