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
    private final RecordDesk desk;
    private final RecordActs acts;
    private final Path file;
    private Optional<Console> console = Optional.empty();

    /** Opens it, if the disk takes its address. */
    AgentConsole(StateFolder state, RecordDesk desk, RecordActs acts) {
        this.state = state;
        this.desk = desk;
        this.acts = acts;
        file = state.path().resolve(FILE);
        open();
    }

    /** Opens it where that could not be done before. */
    synchronized void open() {
        if (console.isPresent()) {
            return;
        }
        try {
            var opened = new Console(state.consoleToken(), questions(desk), acts(desk, acts));
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

    private static Map<String, Console.Act> acts(RecordDesk desk, RecordActs acts) {
        return Map.of(
                Act.VERIFY.path(), new Console.Act.Whole(_ -> said(desk.verify())),
                Act.REPAIR.path(), new Console.Act.Whole(_ -> said(acts.repair())),
                Act.PLACE_HOLD.path(), new Console.Act.Quick(body -> said(acts.place(body))),
                Act.RELEASE_HOLD.path(), new Console.Act.Quick(body -> said(acts.release(body))),
                Act.CORRECT.path(), new Console.Act.Quick(body -> said(acts.correct(body))),
                Act.EXPORT.path(),
                        new Console.Act.Streamed((body, stream) ->
                                desk.export(body, () -> stream.open("application/zip"))
                                        .map(AgentConsole::said)));
    }

    private static Console.Said said(Told told) {
        var out = new ByteArrayOutputStream();
        try (var json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject().writeBooleanProperty("ok", told.ok());
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
