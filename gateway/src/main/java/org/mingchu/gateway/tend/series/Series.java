package org.mingchu.gateway.tend.series;

import org.mingchu.sensors.Fault;
import org.mingchu.sensors.Reading;

import java.io.IOException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A series that has been looked through once and found good. It stays in its file. One thread.
 *
 * @see SeriesReader
 */
public final class Series {
    /** How much earlier than its period a word counts as due: a tenth of it. */
    private static final int EARLY = 10;

    private final CsvFile file;
    private final Header header;
    private final ZoneId zone;
    private final Span span;
    private final Found found;

    /**
     * What the first look found.
     *
     * @param sha256 of the file's bytes, in hexadecimal
     * @param fromMs the first row of the span, milliseconds since 1970
     * @param toMs the last row of the span
     * @param rows rows of the span, in number
     * @param periods how often each sensor measured, in the order of the columns
     * @param rare sensors that measured less often than the rules can be held to
     */
    public record Found(
            String sha256,
            long fromMs,
            long toMs,
            long rows,
            Map<String, Duration> periods,
            List<String> rare) {}

    Series(CsvFile file, Header header, ZoneId zone, Span span, Found found) {
        this.file = file;
        this.header = header;
        this.zone = zone;
        this.span = span;
        this.found = found;
    }

    public Found found() {
        return found;
    }

    /** How often each sensor measured, in the order of the columns. */
    public Map<String, Duration> periods() {
        return new LinkedHashMap<>(found.periods());
    }

    /**
     * Hands on the rows of the span in their order.
     *
     * @throws IOException when the file cannot be read again, or is not what it was
     */
    public void read(Consumer<Row> rows, Progress progress) throws IOException {
        var reading = new Rereading(rows);
        try {
            var sha256 = file.read(reading::line, progress);
            if (!sha256.equals(found.sha256())) {
                throw changed();
            }
        } catch (CsvFile.Unreadable _) {
            throw changed();
        }
    }

    private IOException changed() {
        return new IOException("it was written to meanwhile: copy it, and judge the copy");
    }

    /** The second look. One thread. */
    private final class Rereading {
        private final Consumer<Row> rows;
        private final Times times = new Times(zone);
        private final Map<String, Long> lastMs = new HashMap<>();
        private boolean first = true;

        Rereading(Consumer<Row> rows) {
            this.rows = rows;
        }

        void line(Line line) {
            if (first) {
                first = false;
            } else if (line.cells().size() > header.time()
                    && times.next(line.cells().get(header.time()).text())
                            instanceof Times.Read.At(var ms)
                    && span.has(ms)) {
                row(line, ms);
            }
        }

        private void row(Line line, long ms) {
            var readings = new ArrayList<Reading>(header.columns().size());
            for (var column : header.columns()) {
                var cell = line.cells().get(column.index());
                var milli = Values.milli(column.sensor().measures(), cell.text());
                if (milli.isPresent()) {
                    readings.add(
                            new Reading.Measured(
                                    column.id(),
                                    column.sensor().measures(),
                                    milli.getAsLong(),
                                    milli.getAsLong(),
                                    0,
                                    Set.of()));
                    lastMs.put(column.id(), ms);
                } else if (isDue(column.id(), ms)) {
                    readings.add(new Reading.Silent(column.id(), Fault.SILENT, "empty cell"));
                    lastMs.put(column.id(), ms);
                }
            }
            if (!readings.isEmpty()) {
                rows.accept(new Row(ms, readings));
            }
        }

        /** An empty cell of a sensor that is asked less often than there are rows says nothing. */
        private boolean isDue(String id, long ms) {
            var period = found.periods().getOrDefault(id, Intervals.MAX).toMillis();
            var last = lastMs.computeIfAbsent(id, _ -> ms);
            return ms - last >= period - period / EARLY;
        }
    }
}
