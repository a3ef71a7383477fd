package org.mingchu.gateway;

import org.mingchu.gateway.doctor.Finding;
import org.mingchu.gateway.doctor.Status;
import org.mingchu.gateway.doctor.Wording;
import org.mingchu.gateway.tend.Told;
import org.mingchu.sensors.Moment;

import tools.jackson.core.JsonGenerator;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What {@code mingchu doctor} says of its findings. Immutable.
 *
 * @param agent whether a running agent was asked
 */
record DoctorReport(List<Finding> findings, boolean agent, String version, Moment now) {
    /** Of the JSON; {@code contract/doctor.json} describes it. */
    static final String SCHEMA = "kfs/doctor/1";

    /**
     * As the words ask.
     *
     * @param words {@code json}, {@code all} and {@code language}
     * @param language when none is named
     */
    Told told(Map<String, String> words, String language) {
        var said = words.getOrDefault("language", language);
        if (!Wording.LANGUAGES.contains(said)) {
            return Told.unusable(
                    "--language '%s': expected %s"
                            .formatted(said, String.join(" or ", Wording.LANGUAGES)));
        }
        var lines =
                words.containsKey("json")
                        ? List.of(JsonLine.of(this::write))
                        : lines(Wording.in(said), words.containsKey("all"));
        return Told.checked(count(Status.FAIL) == 0, lines);
    }

    /** What failed first, then what will, each with its remedy. */
    private List<String> lines(Wording words, boolean all) {
        var lines = new ArrayList<String>();
        of(Status.FAIL).forEach(finding -> line(finding, words, lines));
        of(Status.WARN).forEach(finding -> line(finding, words, lines));
        if (all) {
            of(Status.OK).forEach(finding -> line(finding, words, lines));
            of(Status.SKIPPED).forEach(finding -> line(finding, words, lines));
        }
        if (!agent) {
            lines.add(words.line("report.offline", Map.of()));
        }
        lines.add(
                words.line(
                        "report.summary",
                        Map.of(
                                "failed", String.valueOf(count(Status.FAIL)),
                                "warned", String.valueOf(count(Status.WARN)),
                                "fine", String.valueOf(count(Status.OK)),
                                "skipped", String.valueOf(count(Status.SKIPPED)))));
        return lines;
    }

    private static void line(Finding finding, Wording words, List<String> lines) {
        lines.add(
                "%-7s  %s: %s  [%s]"
                        .formatted(
                                finding.status().word(),
                                words.title(finding),
                                words.cause(finding).strip(),
                                finding.id()));
        words.remedy(finding).ifPresent(remedy -> lines.add("         → " + remedy));
    }

    private List<Finding> of(Status status) {
        return findings.stream().filter(finding -> finding.status() == status).toList();
    }

    private long count(Status status) {
        return of(status).size();
    }

    private void write(JsonGenerator json) {
        json.writeStringProperty("schema", SCHEMA)
                .writeStringProperty("version", version)
                .writeStringProperty("at", Instant.ofEpochMilli(now.wallMs()).toString())
                .writeStringProperty("clock", now.clock().word())
                .writeBooleanProperty("agent", agent)
                .writeNumberProperty("failed", count(Status.FAIL))
                .writeNumberProperty("warned", count(Status.WARN));
        json.writeArrayPropertyStart("checks");
        findings.forEach(finding -> write(json, finding));
        json.writeEndArray();
    }

    private static void write(JsonGenerator json, Finding finding) {
        json.writeStartObject().writeStringProperty("id", finding.id());
        if (!finding.of().isEmpty()) {
            json.writeStringProperty("of", finding.of());
        }
        json.writeStringProperty("status", finding.status().word())
                .writeStringProperty("why", finding.why());
        for (var language : Wording.LANGUAGES) {
            var words = Wording.in(language);
            json.writeObjectPropertyStart(language)
                    .writeStringProperty("title", words.title(finding))
                    .writeStringProperty("cause", words.cause(finding));
            words.remedy(finding).ifPresent(remedy -> json.writeStringProperty("remedy", remedy));
            json.writeEndObject();
        }
        json.writeEndObject();
    }
}
