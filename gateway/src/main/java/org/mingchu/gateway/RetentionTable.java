package org.mingchu.gateway;

import org.mingchu.config.Plan;
import org.mingchu.config.Retention;
import org.mingchu.gateway.keep.RecordStatus;

import tools.jackson.core.JsonGenerator;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How long what must be kept, by what right, and how long it is. Immutable.
 *
 * @param plan its rule pack has the table; without a plan nobody knows it
 */
record RetentionTable(Optional<Plan> plan, RecordStatus.Kept kept, long nowMs) {
    private static final int MIB_SHIFT = 20;

    List<String> lines() {
        var lines = new ArrayList<String>();
        var budget = plan.map(p -> " of a budget of " + p.site().journalBudgetMib() + " MiB");
        lines.add("takes up: " + (kept.bytes() >> MIB_SHIFT) + " MiB" + budget.orElse(""));
        if (plan.isEmpty()) {
            lines.add("oldest reading: " + age(kept.oldestReadingMs()));
            lines.add("oldest minutes: " + age(kept.oldestMinutesMs()));
            lines.add("how long what must be kept: unknown without a plan; name it with --site");
            return lines;
        }
        var sheet = new Sheet("kept", "at least>", "goes back>", "mark", "because", "source");
        for (var clause : plan.get().pack().retention().clauses()) {
            sheet.row(
                    clause.record().word(),
                    clause.keep().map(keep -> keep.toDays() + " d").orElse("for ever"),
                    really(clause.record()),
                    clause.basis().mark(),
                    clause.basis().text(),
                    clause.basis().source());
        }
        lines.addAll(sheet.lines());
        return lines;
    }

    private String really(Retention.Kind kind) {
        return kind == Retention.Kind.LOG ? "see journalctl" : age(since(kind));
    }

    /** Since when there is something of a kind; nothing but rounds is ever dropped. */
    private OptionalLong since(Retention.Kind kind) {
        return switch (kind) {
            case RAW_READING -> kept.oldestReadingMs();
            case MINUTES -> kept.oldestMinutesMs();
            case ALARM, ACT, EVIDENCE, RECORD -> kept.firstMs();
            case LOG -> OptionalLong.empty();
        };
    }

    private String age(OptionalLong ms) {
        return ms.isEmpty()
                ? "nothing yet"
                : KitchenTime.length(Math.max(0, nowMs - ms.getAsLong()));
    }

    /** Fields of an open object. */
    void write(JsonGenerator json) {
        json.writeNumberProperty("usedBytes", kept.bytes());
        plan.ifPresent(p -> {
            json.writeNumberProperty(
                    "budgetBytes", (long) p.site().journalBudgetMib() << MIB_SHIFT);
            json.writeArrayPropertyStart("retention");
            p.pack().retention().clauses().forEach(clause -> write(json, clause));
            json.writeEndArray();
        });
    }

    private void write(JsonGenerator json, Retention.Clause clause) {
        json.writeStartObject().writeStringProperty("record", clause.record().word());
        clause.keep().ifPresent(keep -> json.writeNumberProperty("keepDays", keep.toDays()));
        var since = since(clause.record());
        if (since.isPresent()) {
            json.writeStringProperty("since", Instant.ofEpochMilli(since.getAsLong()).toString());
        }
        json.writeStringProperty("basis", clause.basis().text())
                .writeStringProperty("source", clause.basis().source())
                .writeStringProperty("mark", clause.basis().mark())
                .writeEndObject();
    }
}
