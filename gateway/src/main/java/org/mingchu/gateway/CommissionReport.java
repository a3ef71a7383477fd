package org.mingchu.gateway;

import org.mingchu.gateway.doctor.Finding;
import org.mingchu.gateway.doctor.Status;
import org.mingchu.gateway.doctor.Wording;
import org.mingchu.gateway.tend.Told;

import tools.jackson.core.JsonGenerator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What {@code mingchu commission} says of its steps: what is done, and what comes next. Immutable.
 */
record CommissionReport(List<Finding> steps) {
    private static final String SCHEMA = "kfs/commission/1";

    /**
     * As the words ask.
     *
     * @param words {@code json} and {@code language}
     * @param language when none is named
     */
    Told told(Map<String, String> words, String language) {
        var said = words.getOrDefault("language", language);
        if (!Wording.LANGUAGES.contains(said)) {
            return Told.unusable(
                    "--language '%s': expected %s"
                            .formatted(said, String.join(" or ", Wording.LANGUAGES)));
        }
        return Told.checked(
                open().isEmpty(),
                words.containsKey("json")
                        ? List.of(JsonLine.of(this::write))
                        : lines(Wording.in(said)));
    }

    private List<Finding> open() {
        return steps.stream().filter(step -> step.status() == Status.FAIL).toList();
    }

    private List<String> lines(Wording words) {
        var lines = new ArrayList<String>();
        for (var i = 0; i < steps.size(); i++) {
            var step = steps.get(i);
            lines.add(
                    "%s %2d  %s: %s"
                            .formatted(
                                    mark(step),
                                    i + 1,
                                    words.title(step),
                                    words.cause(step).strip()));
        }
        lines.add("");
        if (open().isEmpty()) {
            lines.add(words.line("steps.done", Map.of()));
            return lines;
        }
        var next = open().getFirst();
        lines.add(
                words.line(
                        "steps.next",
                        Map.of(
                                "left",
                                String.valueOf(open().size()),
                                "n",
                                String.valueOf(steps.indexOf(next) + 1),
                                "step",
                                words.title(next))));
        words.remedy(next).ifPresent(remedy -> lines.add("→ " + remedy));
        return lines;
    }

    private static String mark(Finding step) {
        return switch (step.status()) {
            case OK -> "[x]";
            case WARN -> "[?]";
            case FAIL -> "[ ]";
            case SKIPPED -> "[-]";
        };
    }

    private void write(JsonGenerator json) {
        json.writeStringProperty("schema", SCHEMA).writeNumberProperty("open", open().size());
        if (!open().isEmpty()) {
            json.writeStringProperty("next", open().getFirst().id());
        }
        json.writeArrayPropertyStart("steps");
        for (var step : steps) {
            json.writeStartObject()
                    .writeStringProperty("id", step.id())
                    .writeStringProperty("status", status(step))
                    .writeStringProperty("why", step.why());
            for (var language : Wording.LANGUAGES) {
                var words = Wording.in(language);
                json.writeObjectPropertyStart(language)
                        .writeStringProperty("title", words.title(step))
                        .writeStringProperty("said", words.cause(step));
                words.remedy(step).ifPresent(next -> json.writeStringProperty("do", next));
                json.writeEndObject();
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static String status(Finding step) {
        return switch (step.status()) {
            case OK -> "done";
            case WARN -> "unknown";
            case FAIL -> "open";
            case SKIPPED -> "nothing-to-do";
        };
    }
}
