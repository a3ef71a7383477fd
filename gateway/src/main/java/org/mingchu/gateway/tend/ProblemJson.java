package org.mingchu.gateway.tend;

import org.mingchu.config.Problem;

import tools.jackson.core.JsonGenerator;

import java.util.List;
import java.util.Locale;

/** Problems of a file, as machines read them. */
final class ProblemJson {
    private ProblemJson() {}

    static void write(JsonGenerator out, List<Problem> problems) {
        out.writeArrayPropertyStart("problems");
        for (var problem : problems) {
            out.writeStartObject();
            out.writeStringProperty("severity", problem.severity().name().toLowerCase(Locale.ROOT));
            out.writeStringProperty("file", problem.file());
            out.writeNumberProperty("line", problem.line());
            out.writeNumberProperty("column", problem.column());
            out.writeStringProperty("key", problem.key());
            out.writeStringProperty("found", problem.found());
            out.writeStringProperty("expected", problem.expected());
            problem.hint().ifPresent(hint -> out.writeStringProperty("hint", hint));
            out.writeEndObject();
        }
        out.writeEndArray();
    }
}
