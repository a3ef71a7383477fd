package org.mingchu.gateway.show;

import org.mingchu.config.Plan;
import org.mingchu.config.Wall;
import org.mingchu.sensors.Moment;

import tools.jackson.core.JsonGenerator;

import java.util.List;

/**
 * Licences and health certificates that run out within a month, for staff: each stands there once,
 * at the stage it has reached. It is no alarm and makes no sound. Any thread.
 */
final class Papers {
    private final Plan plan;

    Papers(Plan plan) {
        this.plan = plan;
    }

    /** The field {@code papers}; empty while nobody knows what day it is. */
    void write(JsonGenerator json, Moment now) {
        var wall = plan.site().wall();
        var named = wall.staff().stream().map(Wall.HealthCertificate::consent).iterator();
        json.writeArrayPropertyStart("papers");
        for (var one : Expiry.all(wall, plan.site().timeZone(), now).orElse(List.of())) {
            var mayBeNamed =
                    one.kind() == Expiry.Kind.CERTIFICATE || named.next() == Wall.Consent.GIVEN;
            if (one.stage().isPresent()) {
                json.writeStartObject()
                        .writeStringProperty("id", one.id())
                        .writeStringProperty("kind", one.kind().word())
                        .writeStringProperty("stage", one.stage().get().word())
                        .writeStringProperty("detail", one.detail())
                        .writeStringProperty("validTo", one.validTo().toString())
                        .writeNumberProperty("daysLeft", one.daysLeft());
                if (mayBeNamed) {
                    json.writeStringProperty("name", one.name());
                }
                json.writeEndObject();
            }
        }
        json.writeEndArray();
    }
}
