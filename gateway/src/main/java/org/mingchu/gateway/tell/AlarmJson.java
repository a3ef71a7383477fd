package org.mingchu.gateway.tell;

import org.mingchu.config.Plan;
import org.mingchu.config.Quantity;
import org.mingchu.config.SensorPlan;
import org.mingchu.config.Unit;
import org.mingchu.gateway.judge.AlarmEvent;
import org.mingchu.gateway.judge.Person;

import tools.jackson.core.JsonGenerator;

import java.util.Map;
import java.util.stream.Collectors;

/** Writes the object {@code alarm} of alarm events and alarm states. Immutable. */
final class AlarmJson {
    private final Json json;
    private final Map<String, String> unitNames;

    /** What each contact is for, by subject. */
    private final Map<String, Quantity> contacts;

    AlarmJson(Plan plan, Json json) {
        this.json = json;
        unitNames = plan.site().units().stream().collect(Collectors.toMap(Unit::id, Unit::name));
        contacts =
                plan.site().units().stream()
                        .flatMap(unit -> unit.sensors().stream())
                        .filter(sensor -> sensor.measures().contact())
                        .collect(Collectors.toMap(SensorPlan::id, SensorPlan::measures));
    }

    void write(JsonGenerator out, AlarmEvent alarm) {
        out.writeObjectPropertyStart("alarm");
        out.writeStringProperty("id", alarm.id().toString());
        out.writeStringProperty("subject", alarm.subject());
        alarm.unit().ifPresent(unit -> unit(out, unit));
        rule(out, alarm);
        out.writeStringProperty("priority", alarm.priority().word());
        out.writeStringProperty("attention", alarm.attention().word());
        out.writeStringProperty("event", alarm.change().word());
        out.writeStringProperty("state", alarm.state().word());
        value(out, alarm);
        out.writeStringProperty("since", json.time(alarm.since()));
        alarm.person().ifPresentOrElse(p -> person(out, p), () -> out.writeNullProperty("person"));
        alarm.note()
                .ifPresentOrElse(
                        note -> out.writeStringProperty("note", note),
                        () -> out.writeNullProperty("note"));
        alarm.parent().ifPresent(parent -> out.writeStringProperty("parent", parent.toString()));
        if (alarm.drill()) {
            out.writeBooleanProperty("test", true);
        }
        alarm.leftMs().ifPresent(ms -> out.writeNumberProperty("leftMs", ms));
        out.writeEndObject();
    }

    private void unit(JsonGenerator out, String unit) {
        out.writeStringProperty("unit", unit);
        var name = unitNames.get(unit);
        if (name != null) {
            out.writeStringProperty("unitName", name);
        }
    }

    private static void rule(JsonGenerator out, AlarmEvent alarm) {
        out.writeStringProperty("rule", alarm.rule());
        out.writeStringProperty("rulePack", alarm.rulePack());
        out.writeStringProperty("rulePackVersion", alarm.rulePackVersion());
        out.writeBooleanProperty("override", alarm.override());
        alarm.basis().ifPresent(basis -> out.writeStringProperty("basis", basis));
    }

    /** A number means nothing without its unit, so it goes out with it or not at all. */
    private void value(JsonGenerator out, AlarmEvent alarm) {
        if (alarm.unitOfMeasure().isEmpty()) {
            return;
        }
        var unit = alarm.unitOfMeasure().get();
        if (unit.equals(Quantity.DOOR.senmlUnit())) {
            // Of a contact that is no more in the plan nobody knows what it was for.
            var contact = contacts.getOrDefault(alarm.subject(), Quantity.DOOR);
            alarm.valueMilli()
                    .ifPresent(milli ->
                            out.writeStringProperty("value", RoundJson.contact(contact, milli)));
            return;
        }
        alarm.valueMilli().ifPresent(milli -> Json.decimal(out, "value", milli));
        alarm.limitMilli().ifPresent(milli -> Json.decimal(out, "limit", milli));
        if (alarm.valueMilli().isPresent() || alarm.limitMilli().isPresent()) {
            out.writeStringProperty("unitOfMeasure", unit);
        }
    }

    static void person(JsonGenerator out, Person person) {
        out.writeObjectPropertyStart("person");
        out.writeStringProperty("id", person.id());
        out.writeStringProperty("role", person.role().word());
        out.writeStringProperty("strength", person.strength().word());
        out.writeEndObject();
    }
}
