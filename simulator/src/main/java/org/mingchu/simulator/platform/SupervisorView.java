package org.mingchu.simulator.platform;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes what a regulator would see. Stateless. */
final class SupervisorView {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

    private SupervisorView() {}

    static String of(Map<String, GatewayBook> gateways, int violations, long duplicates) {
        var text = new StringBuilder();
        gateways.forEach((name, book) -> gateway(name, book, text));
        return text.append("violations %d, duplicates %d%n".formatted(violations, duplicates))
                .toString();
    }

    private static void gateway(String name, GatewayBook book, StringBuilder text) {
        text.append(name).append("  ").append(status(book)).append('\n');
        book.epochs().forEach((id, epoch) -> epoch(id, epoch, book, text));
    }

    private static String status(GatewayBook book) {
        return book.state("status")
                .map(s ->
                        "%s since %s%s"
                                .formatted(
                                        s.get("state").asString(),
                                        s.get("since").asString(),
                                        s.get("simulated").asBoolean() ? ", simulated" : ""))
                .orElse("has never said whether it is there");
    }

    private static ZoneOffset zone(GatewayBook book) {
        return book.state("status")
                .map(s -> OffsetDateTime.parse(s.get("since").asString()).getOffset())
                .orElse(ZoneOffset.UTC);
    }

    private static void epoch(String id, EpochBook epoch, GatewayBook book, StringBuilder text) {
        text.append("  epoch ").append(id).append('\n');
        for (var lane : Lane.values()) {
            text.append("    ").append(lane(lane, epoch)).append('\n');
        }
        book.alarms().values().stream()
                .filter(AlarmBook::isTold)
                .map(alarm -> alarm.view(book))
                .filter(alarm -> alarm.epoch().equals(id))
                .sorted(Comparator.comparingLong(alarm -> alarm.steps().getFirst().seq()))
                .forEach(alarm -> alarm(alarm, zone(book), text));
    }

    private static String lane(Lane lane, EpochBook epoch) {
        var book = epoch.lane(lane);
        var missing =
                epoch.missing(lane).stream()
                        .map(hole -> hole.from() + ".." + hole.to())
                        .collect(Collectors.joining(", "));
        return "%s: %d entries up to %d, %s"
                .formatted(
                        lane.word(),
                        book.size(),
                        book.last(),
                        missing.isEmpty() ? "complete" : "missing " + missing);
    }

    private static void alarm(SeenAlarm alarm, ZoneOffset zone, StringBuilder text) {
        text.append(
                "    %s %s %s: %s%n"
                        .formatted(alarm.priority(), alarm.subject(), alarm.rule(), alarm.state()));
        for (var step : alarm.steps()) {
            text.append("      ")
                    .append(TIME.format(Instant.ofEpochMilli(step.atMs()).atOffset(zone)))
                    .append("  ")
                    .append(step.event());
            if (!step.reading().isEmpty()) {
                text.append("  ").append(step.reading());
            }
            step.person().ifPresent(person -> text.append("  by ").append(person));
            text.append('\n');
        }
    }
}
