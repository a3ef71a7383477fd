package org.mingchu.gateway.keep;

import org.mingchu.gateway.keep.Answers.Said;
import org.mingchu.gateway.keep.pack.Measure;
import org.mingchu.sensors.Moment;
import org.mingchu.sensors.Reading;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/**
 * The readings of one sensor in a window, one after the other: what was said where it is still
 * there, minutes where it was thinned. Asks for a few hours at a time, so that memory stays flat
 * and the watch over the kitchen never waits long. One thread.
 */
public final class Extract {
    /** Asked for at once: 21,600 readings of a sensor that is asked each second. */
    private static final int LINES_BYTES = 1 << 13;

    private static final long PIECE_MS = Duration.ofHours(6).toMillis();

    private static final List<String> COLUMNS =
            List.of(
                    "time 时间",
                    "error ms 误差毫秒",
                    "kind 种类",
                    "value 数值",
                    "least 最小",
                    "greatest 最大",
                    "count 个数",
                    "unit 单位",
                    "raw 原始值",
                    "flags 标记",
                    "fault 故障",
                    "detail 说明",
                    "epoch 纪元",
                    "seq 序号");

    private final History history;
    private final Curve curve;

    /**
     * @param lateness how long after it was taken a value may have come
     */
    public Extract(Journal journal, Curve curve, Duration period, Duration lateness) {
        this.history = journal.history(period, lateness);
        this.curve = curve;
    }

    /** What a minute of values was, thousandths; the time is when it began. */
    public record Minute(long ms, long min, long max, long mean, long count) {}

    /** Takes them, ascending but for a clock that was set back. */
    public interface Sink {
        void said(Said said) throws IOException;

        void minute(Minute minute) throws IOException;
    }

    public void into(Sink sink, Window window) throws IOException {
        for (var from = window.fromMs(); from < window.toMs(); from += PIECE_MS) {
            var piece = new Window(from, Math.min(window.toMs(), from + PIECE_MS));
            var readings = history.range(curve.subject(), piece);
            if (!readings.byMinutes().isEmpty()) {
                for (var minute : minutes(piece)) {
                    sink.minute(minute);
                }
            }
            for (var said : readings.said()) {
                sink.said(said);
            }
        }
    }

    private List<Minute> minutes(Window window) {
        return history.minutes(curve, window).stream()
                .map(piece ->
                        new Minute(
                                piece.fromMs(),
                                piece.min(),
                                piece.max(),
                                Math.floorDiv(piece.sum(), piece.count()),
                                piece.count()))
                .toList();
    }

    /** The same as a table for people and their programs; the stream stays open. */
    public void csv(Window window, ZoneId zone, OutputStream out) throws IOException {
        var lines = new BufferedOutputStream(out, LINES_BYTES);
        var csv = new Csv(lines);
        csv.header(COLUMNS);
        into(new Table(csv, curve.measure(), zone), window);
        lines.flush();
    }

    /** SenML's word for the unit of a measure; empty where there is none. */
    static String unit(Measure measure) {
        return switch (measure) {
            case TEMPERATURE -> "Cel";
            case HUMIDITY -> "%RH";
            case PERCENT -> "%";
            case SIGNAL -> "dBm";
            case DOOR, CONTACT, CAMERA, NONE -> "";
        };
    }

    private record Table(Csv csv, Measure measure, ZoneId zone) implements Sink {
        @Override
        public void said(Said said) throws IOException {
            var when = said.when();
            csv.begin().text(time(when.wallMs()));
            if (when.errorMs() == Moment.ERROR_UNKNOWN_MS) {
                csv.text("unknown");
            } else {
                csv.number(when.errorMs());
            }
            switch (said.reading()) {
                case Reading.Measured m ->
                        csv.text("value")
                                .decimal(m.milli())
                                .empty(3)
                                .text(m.quantity().senmlUnit())
                                .decimal(m.rawMilli())
                                .text(ExportTables.flags(m))
                                .empty(2);
                case Reading.Seen seen -> csv.text("camera").text(seen.verdict().word()).empty(8);
                case Reading.Silent silent ->
                        csv.text("fault")
                                .empty(7)
                                .text(silent.fault().word())
                                .free(silent.detail());
            }
            csv.text(said.epoch()).number(said.seq()).end();
        }

        @Override
        public void minute(Minute minute) throws IOException {
            csv.begin()
                    .text(time(minute.ms()))
                    .empty(1)
                    .text("minute")
                    .decimal(minute.mean())
                    .decimal(minute.min())
                    .decimal(minute.max())
                    .number(minute.count())
                    .text(unit(measure))
                    .empty(6)
                    .end();
        }

        private String time(long ms) {
            return Instant.ofEpochMilli(ms).atZone(zone).toOffsetDateTime().toString();
        }
    }
}
