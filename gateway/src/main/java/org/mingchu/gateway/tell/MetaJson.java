package org.mingchu.gateway.tell;

import org.mingchu.config.Calibration;
import org.mingchu.config.Plan;
import org.mingchu.config.RulePack;
import org.mingchu.config.SensorPlan;
import org.mingchu.config.Site;
import org.mingchu.config.SiteLimit;
import org.mingchu.config.Unit;

import tools.jackson.core.JsonGenerator;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;

/** Writes what is installed and which limits bind it. */
final class MetaJson {
    static final List<String> SCHEMAS =
            List.of(
                    "kfs/status/1",
                    "kfs/meta/1",
                    "kfs/readings/1",
                    "kfs/alarm-event/1",
                    "kfs/alarm-state/1",
                    "kfs/record/1",
                    "kfs/heartbeat/1",
                    "kfs/ack/1",
                    "kfs/receipt/1");

    /** What every X.509 Ed25519 key begins with (RFC 8410 section 4). */
    private static final byte[] ED25519_HEAD = {
        0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00
    };

    private MetaJson() {}

    static void write(JsonGenerator json, Plan plan) {
        site(json, plan);
        json.writeArrayPropertyStart("units");
        plan.site().units().forEach(unit -> unit(json, unit, plan.site()));
        json.writeEndArray();
        cameras(json, plan.site());
        json.writeArrayPropertyStart("overrides");
        for (var unit : plan.site().units()) {
            unit.overrides().forEach(limit -> override(json, unit, limit));
        }
        json.writeEndArray();
        pack(json, plan.pack());
        json.writeArrayPropertyStart("schemas");
        SCHEMAS.forEach(json::writeString);
        json.writeEndArray();
    }

    /**
     * The key that signs, in two spellings: for tools that read X.509 and for those of C2SP.
     *
     * @param verifierKey a C2SP verifier key of type 01
     */
    static void key(JsonGenerator json, String verifierKey) {
        // Base64 may have a plus of its own; name and key id have none.
        var typed = Base64.getDecoder().decode(verifierKey.split("\\+", 3)[2]);
        var x509 = ByteBuffer.allocate(ED25519_HEAD.length + typed.length - 1);
        x509.put(ED25519_HEAD).put(typed, 1, typed.length - 1);
        json.writeStringProperty("verifierKey", verifierKey);
        json.writeStringProperty(
                "publicKey", "ed25519:" + Base64.getEncoder().encodeToString(x509.array()));
    }

    private static void site(JsonGenerator json, Plan plan) {
        var site = plan.site();
        json.writeObjectPropertyStart("site");
        json.writeStringProperty("name", site.name());
        json.writeStringProperty("kind", site.kind().word());
        json.writeStringProperty("timeZone", site.timeZone().getId());
        json.writeStringProperty("language", site.language());
        json.writeStringProperty("sha256", plan.siteSha256());
        json.writeEndObject();
    }

    private static void unit(JsonGenerator json, Unit unit, Site site) {
        json.writeStartObject();
        json.writeStringProperty("id", unit.id());
        json.writeStringProperty("name", unit.name());
        json.writeStringProperty("kind", unit.kind().word());
        unit.place().ifPresent(place -> json.writeStringProperty("place", place));
        unit.partOf().ifPresent(other -> json.writeStringProperty("partOf", other));
        json.writeArrayPropertyStart("sensors");
        unit.sensors().forEach(sensor -> sensor(json, sensor, site));
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void sensor(JsonGenerator json, SensorPlan sensor, Site site) {
        json.writeStartObject();
        json.writeStringProperty("id", sensor.id());
        json.writeStringProperty("measures", sensor.measures().word());
        if (!sensor.measures().contact()) {
            json.writeStringProperty("unitOfMeasure", sensor.measures().senmlUnit());
        }
        json.writeNumberProperty(
                "periodMs", sensor.period().orElse(site.samplingPeriod()).toMillis());
        calibration(json, sensor.calibration());
        json.writeEndObject();
    }

    private static void calibration(JsonGenerator json, Calibration calibration) {
        json.writeObjectPropertyStart("calibration");
        Json.decimal(json, "offset", calibration.offsetMilli());
        calibration
                .certificate()
                .ifPresent(number -> json.writeStringProperty("certificate", number));
        calibration.due().ifPresent(day -> json.writeStringProperty("due", day.toString()));
        json.writeEndObject();
    }

    private static void cameras(JsonGenerator json, Site site) {
        json.writeArrayPropertyStart("cameras");
        for (var eye : site.video().eyes()) {
            json.writeStartObject();
            json.writeStringProperty("id", eye.subject());
            eye.name().ifPresent(name -> json.writeStringProperty("name", name));
            json.writeStringProperty("level", eye.level().word());
            json.writeStringProperty("of", eye.owner());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void override(JsonGenerator json, Unit unit, SiteLimit limit) {
        json.writeStartObject();
        json.writeStringProperty("unit", unit.id());
        json.writeStringProperty("rule", limit.rule());
        limit.limitMilli().ifPresent(milli -> Json.decimal(json, "limit", milli));
        limit.delay().ifPresent(d -> json.writeNumberProperty("delayMs", d.toMillis()));
        json.writeStringProperty("reason", limit.reason());
        json.writeStringProperty("by", limit.by());
        json.writeEndObject();
    }

    private static void pack(JsonGenerator json, RulePack pack) {
        json.writeObjectPropertyStart("rulePack");
        json.writeStringProperty("id", pack.id());
        json.writeStringProperty("version", pack.version());
        json.writeStringProperty("sha256", pack.sha256());
        json.writeEndObject();
    }
}
