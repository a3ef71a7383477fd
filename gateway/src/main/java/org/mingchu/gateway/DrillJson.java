package org.mingchu.gateway;

import org.mingchu.gateway.doctor.Wording;

import java.time.ZoneId;

/** A drill in one line for machines: how far it has come, with words in one language. Immutable. */
record DrillJson(ZoneId zone) {
    String of(DrillCourse course, Wording wording) {
        var time = new KitchenTime(zone);
        return JsonLine.of(json -> {
            json.writeStringProperty("schema", "kfs/drill/1")
                    .writeStringProperty("asked", time.offset(course.asked().wallMs()))
                    .writeStringProperty("by", course.person().id())
                    .writeBooleanProperty("over", course.over());
            if (course.over()) {
                json.writeBooleanProperty("passed", course.passed());
            }
            course.alarm().ifPresent(id -> json.writeStringProperty("alarm", id.toString()));
            json.writeArrayPropertyStart("hops");
            for (var hop : course.hops()) {
                var finding = DrillCourse.finding(hop);
                var waits = hop.why().equals(DrillCourse.WAITING);
                json.writeStartObject().writeStringProperty("hop", hop.hop());
                if (!hop.of().isEmpty()) {
                    json.writeStringProperty("of", hop.of());
                }
                json.writeStringProperty("result", waits ? hop.why() : hop.result().word());
                hop.afterMs().ifPresent(ms -> json.writeNumberProperty("afterMs", ms));
                json.writeStringProperty("why", hop.why())
                        .writeStringProperty("title", wording.title(finding))
                        .writeStringProperty("said", wording.cause(finding));
                wording.remedy(finding)
                        .ifPresent(words -> json.writeStringProperty("remedy", words));
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    /** So long after it was asked for, as people say it. */
    static String after(long ms) {
        return ms < 10_000 ? ms + " ms" : KitchenTime.length(ms / 1_000 * 1_000);
    }
}
