package org.mingchu.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.mingchu.gateway.keep.Export;
import org.mingchu.gateway.keep.Holds;
import org.mingchu.gateway.keep.Journal;
import org.mingchu.gateway.keep.LiveCheck;
import org.mingchu.gateway.keep.OwnKeys;
import org.mingchu.gateway.keep.RecordStatus;
import org.mingchu.gateway.keep.store.JournalException;
import org.mingchu.gateway.tend.Told;
import org.mingchu.sensors.Clock;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * Answers what a technician asks of the record, in the agent or, with {@code --offline}, in the
 * command itself. Any thread but the house's; a whole check takes a second for 100,000 entries.
 */
final class RecordDesk {
    private static final JsonFactory JSON = JsonFactory.builder().build();

    private final Journal journal;
    private final Path folder;
    private final Clock clock;
    private final Supplier<Kitchen> kitchen;
    private final Supplier<Export.Terms> terms;

    RecordDesk(
            Journal journal,
            Path folder,
            Clock clock,
            Supplier<Kitchen> kitchen,
            Supplier<Export.Terms> terms) {
        this.journal = journal;
        this.folder = folder;
        this.clock = clock;
        this.kitchen = kitchen;
        this.terms = terms;
    }

    /** For people. */
    Told status() throws IOException {
        var status = RecordStatus.of(journal, folder);
        var lines = new ArrayList<String>();
        for (var epoch : status.epochs()) {
            lines.add("epoch %s: %d entries".formatted(epoch.id(), epoch.size()));
        }
        lines.add(
                "kept: %s, %s; %d MiB %s, %d MiB free"
                        .formatted(
                                status.condition().word(),
                                age("last entry", status.lastEntryMs()),
                                status.bytes() >> 20,
                                status.budgetBytes()
                                        .map(most ->
                                                "of the budget of %d MiB".formatted(most >> 20))
                                        .orElse("on the disk"),
                                status.freeBytes() >> 20));
        var size = status.epochs().isEmpty() ? 0 : status.epochs().getLast().size();
        lines.add("signed: 1.." + status.checkpoint());
        lines.add(
                status.witnessed().isEmpty()
                        ? "witnessed: nothing yet; all of it stands on this device's word alone"
                        : "witnessed: 1..%d %s; self-attested: %d entries"
                                .formatted(
                                        status.witnessedTo(),
                                        status.witnessed(),
                                        size - status.witnessedTo()));
        if (status.unwitnessedMs().isPresent()) {
            lines.add(age("oldest entry without a receipt", status.unwitnessedMs()));
        }
        lines.add("quarantines: " + none(String.join(", ", status.quarantines())));
        status.holds().forEach(hold -> lines.add(line(hold)));
        lines.addAll(table(status).lines());
        lines.add("device key: " + status.key().map(k -> k.fingerprint()).orElse("none"));
        status.key().ifPresent(key -> lines.add("verifier key: " + key));
        return Told.well(lines);
    }

    /** For machines: one line of JSON. */
    Told statusJson() throws IOException {
        var status = RecordStatus.of(journal, folder);
        var out = new ByteArrayOutputStream();
        try (var json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            write(json, status);
            table(status).write(json);
            json.writeEndObject();
        }
        return Told.well(out.toString(UTF_8));
    }

    private static void write(JsonGenerator json, RecordStatus status) {
        json.writeStringProperty("schema", "kfs/journal-status/1");
        json.writeArrayPropertyStart("epochs");
        for (var epoch : status.epochs()) {
            json.writeStartObject()
                    .writeStringProperty("epoch", epoch.id())
                    .writeNumberProperty("entries", epoch.size())
                    .writeEndObject();
        }
        json.writeEndArray();
        json.writeStringProperty("condition", status.condition().word())
                .writeNumberProperty("bytes", status.bytes())
                .writeNumberProperty("freeBytes", status.freeBytes());
        status.budgetBytes().ifPresent(most -> json.writeNumberProperty("budgetBytes", most));
        at(json, "lastEntryAt", status.lastEntryMs());
        at(json, "oldestReadingAt", status.kept().oldestReadingMs());
        at(json, "oldestMinutesAt", status.kept().oldestMinutesMs());
        json.writeNumberProperty("checkpoint", status.checkpoint());
        json.writeObjectPropertyStart("witnessed");
        status.witnessed().forEach(json::writeNumberProperty);
        json.writeEndObject();
        at(json, "unwitnessedSince", status.unwitnessedMs());
        json.writeArrayPropertyStart("quarantines");
        status.quarantines().forEach(json::writeString);
        json.writeEndArray();
        json.writeArrayPropertyStart("holds");
        for (var hold : status.holds()) {
            json.writeStartObject().writeStringProperty("id", hold.placed().id());
            at(json, "from", OptionalLong.of(hold.placed().fromMs()));
            at(json, "to", OptionalLong.of(hold.placed().toMs()));
            json.writeStringProperty("reason", hold.placed().reason());
            json.writeNumberProperty("releasedBy", hold.releasedBy().size()).writeEndObject();
        }
        json.writeEndArray();
        status.key()
                .ifPresent(key ->
                        json.writeStringProperty("fingerprint", key.fingerprint())
                                .writeStringProperty("verifierKey", key.toString()));
    }

    private RetentionTable table(RecordStatus status) {
        return new RetentionTable(kitchen.get().plan(), status.kept(), clock.now().wallMs());
    }

    private static void at(JsonGenerator json, String name, OptionalLong ms) {
        if (ms.isPresent()) {
            json.writeStringProperty(name, Instant.ofEpochMilli(ms.getAsLong()).toString());
        }
    }

    /** The fingerprint alone, so that it can be drawn, or all of the key for machines. */
    Told key(Map<String, String> words) {
        var key = OwnKeys.newest(journal);
        if (key.isEmpty()) {
            return Told.refused(
                    "the device has no key to sign with; see event=device-key-missing in the log");
        }
        return words.containsKey("json")
                ? Told.well(
                        JsonLine.of(json ->
                                json.writeStringProperty("schema", "kfs/device-key/1")
                                        .writeStringProperty("fingerprint", key.get().fingerprint())
                                        .writeStringProperty("verifierKey", key.get().toString())))
                : Told.well(key.get().fingerprint());
    }

    /** Proofs of the tree. */
    Told prove(Map<String, String> words) throws IOException {
        return ProofText.of(journal, words);
    }

    Told holds() throws IOException {
        var holds = Holds.of(journal).standing();
        return holds.isEmpty()
                ? Told.well("no holds")
                : Told.well(holds.stream().map(this::line).toList());
    }

    private String line(Holds.Standing hold) {
        var placed = hold.placed();
        return "hold %s: %s to %s, %s, placed by %s; releases: %d of %d"
                .formatted(
                        placed.id(),
                        time(OptionalLong.of(placed.fromMs())),
                        time(OptionalLong.of(placed.toMs())),
                        placed.reason(),
                        placed.person().id(),
                        hold.releasedBy().size(),
                        Holds.RELEASES);
    }

    /** Checks the record where it lies. */
    Told verify() throws IOException {
        var found = LiveCheck.of(journal, OwnKeys.known(folder));
        var lines = new ArrayList<String>();
        if (found.sound()) {
            lines.add(
                    "sound: %d entries, %d checkpoints"
                            .formatted(found.entries(), found.checkpoints()));
        } else {
            lines.add("NOT SOUND; first bad: " + found.faults().getFirst());
            found.faults().stream().skip(1).forEach(fault -> lines.add(fault.toString()));
        }
        return Told.checked(found.sound(), lines);
    }

    /**
     * Exports what the words ask.
     *
     * @param opening called when it is clear that there is something; the caller closes the stream
     */
    Optional<Told> export(Map<String, String> words, Opening opening) throws IOException {
        try (var export = Export.of(journal, folder, asked(words), terms.get())) {
            export.write(opening.open());
            return Optional.empty();
        } catch (JournalException | DateTimeException | NumberFormatException e) {
            return Optional.of(Told.refused(String.valueOf(e.getMessage())));
        }
    }

    /** Opens what an export goes into. */
    @FunctionalInterface
    interface Opening {
        OutputStream open() throws IOException;
    }

    private Export.Asked asked(Map<String, String> words) {
        var from = Optional.ofNullable(words.get("from")).map(w -> ms(w, LocalTime.MIN));
        var to = Optional.ofNullable(words.get("to")).map(w -> ms(w, LocalTime.MAX));
        var days = Optional.ofNullable(words.get("days")).map(Integer::parseInt);
        return new Export.Asked(
                from.or(() -> days.map(n -> clock.now().wallMs() - Duration.ofDays(n).toMillis())),
                to);
    }

    /**
     * A time as somebody writes it, milliseconds since 1970.
     *
     * @param ofDay when only a day is named
     * @throws DateTimeException when it is none
     */
    long ms(String word, LocalTime ofDay) {
        return new KitchenTime(zone()).ms(word, ofDay);
    }

    private ZoneId zone() {
        return terms.get().site().zone();
    }

    private String time(OptionalLong ms) {
        return ms.isEmpty()
                ? "none"
                : Instant.ofEpochMilli(ms.getAsLong()).atZone(zone()).toOffsetDateTime().toString();
    }

    private String age(String what, OptionalLong ms) {
        return ms.isEmpty()
                ? "no " + what
                : what
                        + " "
                        + KitchenTime.length(Math.max(0, clock.now().wallMs() - ms.getAsLong()))
                        + " ago";
    }

    private static String none(String text) {
        return text.isEmpty() ? "none" : text;
    }
}
