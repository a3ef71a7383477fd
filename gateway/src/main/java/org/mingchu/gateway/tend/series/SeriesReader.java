package org.mingchu.gateway.tend.series;

import org.mingchu.config.Checked;
import org.mingchu.config.SensorPlan;
import org.mingchu.config.Site;
import org.mingchu.gateway.tend.series.Complaints.Expected;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Looks through a series once: what is wrong with it, how often each sensor measured, from when to
 * when. One thread, one file.
 */
public final class SeriesReader {
    private final CsvFile file;
    private final Map<String, SensorPlan> sensors = new LinkedHashMap<>();
    private final ZoneId zone;
    private final Duration samplingPeriod;
    private final Span span;
    private final Complaints wrong;
    private final Times times;
    private final Intervals byRow = new Intervals();
    private final Map<String, Intervals> bySensor = new LinkedHashMap<>();
    private Optional<Header> header = Optional.empty();
    private boolean headed;
    private long fromMs;
    private long toMs;
    private long rows;
    private Optional<Long> firstMs = Optional.empty();
    private long lastMs;

    private SeriesReader(Path file, Site site, Span span) {
        this.file = new CsvFile(file);
        this.zone = site.timeZone();
        this.samplingPeriod = site.samplingPeriod();
        this.span = span;
        this.wrong = new Complaints(file.toString());
        this.times = new Times(zone);
        for (var unit : site.units()) {
            unit.sensors().forEach(sensor -> sensors.put(sensor.id(), sensor));
        }
    }

    /**
     * The series of a file, or all that is wrong with it.
     *
     * @param span which rows are wanted; the others must be right all the same
     */
    public static Checked<Series> read(Path file, Site site, Span span, Progress progress) {
        return new SeriesReader(file, site, span).read(progress);
    }

    private Checked<Series> read(Progress progress) {
        var sha256 = "";
        try {
            sha256 = file.read(this::line, progress);
        } catch (NoSuchFileException _) {
            wrong.add("no such file", "the path of a file");
        } catch (CsvFile.Unreadable e) {
            wrong.add(String.valueOf(e.getMessage()), e.expected());
        } catch (IOException e) {
            wrong.add(
                    Files.isDirectory(file.path())
                            ? "a folder"
                            : "a file that cannot be read (" + e.getClass().getSimpleName() + ")",
                    "the path of a file that this user may read");
        }
        if (wrong.none() && rows == 0) {
            nothing();
        }
        return wrong.none()
                ? new Checked.Good<>(series(sha256), List.of())
                : new Checked.Bad<>(wrong.all());
    }

    private void nothing() {
        if (firstMs.isEmpty()) {
            wrong.add("no rows", "a line \"time\" and sensor ids, and a row for each round");
        } else {
            wrong.add(
                    "no row from --from to --to",
                    "another range: its rows go from %s to %s"
                            .formatted(firstMs.map(this::local).orElse(""), local(lastMs)));
        }
    }

    private String local(long ms) {
        return Instant.ofEpochMilli(ms).atZone(zone).toLocalDateTime().toString();
    }

    private Series series(String sha256) {
        var periods = new LinkedHashMap<String, Duration>();
        var rare = new ArrayList<String>();
        var otherwise = byRow.median().orElse(samplingPeriod);
        bySensor.forEach((id, intervals) -> {
            periods.put(id, intervals.median().orElse(otherwise));
            if (intervals.tooRare()) {
                rare.add(id);
            }
        });
        return new Series(
                file,
                header.orElseThrow(),
                zone,
                span,
                new Series.Found(sha256, fromMs, toMs, rows, periods, rare));
    }

    private void line(Line line) {
        if (!headed) {
            headed = true;
            header = Header.read(line, sensors, wrong);
            header.ifPresent(
                    h -> h.columns().forEach(column -> bySensor.put(column.id(), new Intervals())));
        } else {
            header.ifPresent(h -> row(line, h));
        }
    }

    private void row(Line line, Header head) {
        if (line.cells().size() != head.width()) {
            wrong.add(
                    line.number(),
                    1,
                    "row",
                    line.cells().size() + " fields",
                    new Expected(head.width() + " fields, as in the first line"));
            return;
        }
        var cell = line.cells().get(head.time());
        switch (times.next(cell.text())) {
            case Times.Read.Not(var expected) ->
                    wrong.add(
                            line.number(),
                            cell.column(),
                            "time",
                            Complaints.quoted(cell.text()),
                            expected);
            case Times.Read.At(var ms) -> {
                at(ms);
                head.columns().forEach(column -> value(line, column, ms));
            }
        }
    }

    private void at(long ms) {
        firstMs = firstMs.or(() -> Optional.of(ms));
        lastMs = ms;
        if (span.has(ms)) {
            fromMs = rows == 0 ? ms : fromMs;
            toMs = ms;
            rows++;
        }
        byRow.at(ms);
    }

    private void value(Line line, Column column, long ms) {
        var cell = line.cells().get(column.index());
        if (cell.isEmpty()) {
            return;
        }
        var quantity = column.sensor().measures();
        if (Values.milli(quantity, cell.text()).isPresent()) {
            bySensor.computeIfAbsent(column.id(), _ -> new Intervals()).at(ms);
        } else {
            wrong.add(
                    line.number(),
                    cell.column(),
                    column.id(),
                    Complaints.quoted(cell.text()),
                    Values.expected(quantity, cell.text()));
        }
    }
}
