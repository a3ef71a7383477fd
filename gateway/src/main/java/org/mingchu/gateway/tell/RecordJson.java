package org.mingchu.gateway.tell;

import org.mingchu.gateway.judge.Fact;

import tools.jackson.core.JsonGenerator;

/** Writes the bodies of records. */
final class RecordJson {
    private RecordJson() {}

    static void epoch(JsonGenerator json, Fact.EpochBegan began) {
        began.previous().ifPresent(epoch -> json.writeStringProperty("previous", epoch));
        json.writeStringProperty("cause", began.cause());
    }

    static void config(JsonGenerator json, Fact.PlanChanged changed) {
        json.writeStringProperty("siteSha256", changed.siteSha256());
        json.writeStringProperty("rulePack", changed.rulePack());
        json.writeStringProperty("rulePackVersion", changed.rulePackVersion());
        json.writeStringProperty("rulePackSha256", changed.rulePackSha256());
    }

    static void clock(JsonGenerator json, String boot, Fact.ClockSet set) {
        json.writeStringProperty("boot", boot);
        json.writeNumberProperty("offsetMs", set.offsetMs());
        Json.error(json, set.errorMs());
        json.writeStringProperty("state", set.state().word());
    }

    static void checkpoint(JsonGenerator json, String note) {
        var lines = note.split("\n", 4);
        json.writeStringProperty("origin", lines[0]);
        json.writeNumberProperty("size", Long.parseLong(lines[1]));
        json.writeStringProperty("root", lines[2]);
        json.writeStringProperty("note", note);
    }
}
