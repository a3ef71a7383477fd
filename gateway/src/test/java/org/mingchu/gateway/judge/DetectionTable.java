package org.mingchu.gateway.judge;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The figures as a table for people. Stateless. */
final class DetectionTable {
    private static final double HOURS_FROM_MIN = 600;
    private static final double DAYS_FROM_MIN = 3 * 1440;

    private DetectionTable() {}

    static String of(Detection found) {
        return Stream.concat(
                        Stream.of(legend(found)),
                        Arrays.stream(Appliance.values()).map(a -> block(found, a)))
                .collect(Collectors.joining("\n"));
    }

    private static String legend(Detection found) {
        return """
        %d seeds. Each pack: median and p95 from the trouble's beginning | the same from the moment the legal limit is
        passed for good, negative before it | missed. In minutes, or h, d; a run that was missed counts as late for ever.
        A call counts at once where its rule calls for nothing at most 4 times per unit and year, else when it lasts 2 h.
        "at once": the limit without delay; "30 min": with that delay; "all of 30 min": a sample every 10 min, an upload
        every 20 min. Behind: a baseline is sooner; "!" where it also calls no more often for nothing.
        """
                .formatted(found.seeds());
    }

    private static String block(Detection found, Appliance appliance) {
        var text = new StringBuilder();
        text.append(
                "%s, legal limit %.0f ℃%n"
                        .formatted(appliance.title(), appliance.limitMilli(Ward.PACK) / 1000.0));
        text.append(line("", "limit", found.contenders().stream().map(c -> "%-30s".formatted(c))));
        for (var row : found.rows(appliance)) {
            var cells = row.marks().stream().map(DetectionTable::cell);
            text.append(
                    line(
                            row.trouble().title(),
                            row.trouble().warms() ? time(row.passed()) : "",
                            Stream.concat(cells, Stream.of(verdict(found, row)))));
        }
        var calm = found.calm(appliance);
        text.append(counts("calls for nothing, a unit and year", calm.aYear()));
        text.append(counts("  of them failures foretold", calm.foretoldAYear()));
        text.append(counts("calls in a unit's first week", calm.firstWeek()));
        text.append(compressor(found.rows(appliance)));
        return text.toString();
    }

    private static String compressor(List<Row> rows) {
        return rows.stream()
                .filter(row -> row.trouble() == Trouble.COMPRESSOR_DIES)
                .map(row ->
                        counts(
                                        "dead compressor told 20 min ahead, %",
                                        row.marks().stream().map(Row.Mark::ahead).toList())
                                + counts(
                                        "  its limit came within 40 min, %",
                                        List.of(row.hurried())))
                .collect(Collectors.joining());
    }

    private static String counts(String title, List<Double> counts) {
        return "  %-36s".formatted(title)
                + counts.stream()
                        .map(count -> String.format(Locale.ROOT, "%,10.1f", count) + " ".repeat(22))
                        .collect(Collectors.joining())
                        .stripTrailing()
                + "\n";
    }

    private static String line(String title, String limit, Stream<String> cells) {
        return "  %-28s%8s".formatted(title, limit)
                + cells.map(cell -> "  " + cell).collect(Collectors.joining()).stripTrailing()
                + "\n";
    }

    private static String cell(Row.Mark mark) {
        return "%6s%7s |%7s%7s"
                        .formatted(
                                time(mark.median()),
                                time(mark.most()),
                                time(mark.toLimit()),
                                time(mark.toLimitMost()))
                + (mark.missedPercent() > 0 ? "%4.0f%%".formatted(mark.missedPercent()) : "     ");
    }

    private static String verdict(Detection found, Row row) {
        var ahead = found.aheadOfOurs(row);
        if (ahead.isEmpty()) {
            return "";
        }
        var names = ahead.stream().map(found.contenders()::get).collect(Collectors.joining(", "));
        return "behind " + names + (found.betterThanOurs(row).isEmpty() ? "" : " !");
    }

    /** Minutes, hours or days; "-" is never. */
    private static String time(double minutes) {
        if (Double.isInfinite(minutes) || Double.isNaN(minutes)) {
            return "-";
        }
        if (Math.abs(minutes) < HOURS_FROM_MIN) {
            return "%.0f".formatted(minutes);
        }
        return Math.abs(minutes) < DAYS_FROM_MIN
                ? "%.0f h".formatted(minutes / 60)
                : "%.1f d".formatted(minutes / 1440);
    }
}
