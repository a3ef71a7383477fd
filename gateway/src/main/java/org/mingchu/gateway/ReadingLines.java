package org.mingchu.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.mingchu.gateway.keep.Answers.Said;
import org.mingchu.gateway.keep.Extract;
import org.mingchu.gateway.keep.Window;
import org.mingchu.sensors.Flag;
import org.mingchu.sensors.Moment;
import org.mingchu.sensors.Reading;

import tools.jackson.core.JsonGenerator;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;

/** The readings of one sensor as JSON, one object in each line. One thread. */
record ReadingLines(Writer out, KitchenTime time) implements Extract.Sink {
    /** The stream below stays open. */
    static void write(Extract extract, Window window, KitchenTime time, OutputStream out)
            throws IOException {
        var lines = new ReadingLines(new BufferedWriter(new OutputStreamWriter(out, UTF_8)), time);
        extract.into(lines, window);
        lines.out.flush();
    }

    @Override
    public void said(Said said) throws IOException {
        line(
                JsonLine.of(json -> {
                    json.writeStringProperty("at", time.offset(said.when().wallMs()));
                    if (said.when().errorMs() != Moment.ERROR_UNKNOWN_MS) {
                        json.writeNumberProperty("errorMs", said.when().errorMs());
                    }
                    reading(json, said.reading());
                    json.writeStringProperty("epoch", said.epoch())
                            .writeNumberProperty("seq", said.seq());
                }));
    }

    private static void reading(JsonGenerator json, Reading reading) {
        switch (reading) {
            case Reading.Measured m -> {
                json.writeNumberProperty("value", Shown.decimal(m.milli()))
                        .writeNumberProperty("raw", Shown.decimal(m.rawMilli()))
                        .writeStringProperty("unit", m.quantity().senmlUnit());
                if (!m.flags().isEmpty()) {
                    json.writeArrayPropertyStart("flags");
                    m.flags().stream().map(Flag::word).sorted().forEach(json::writeString);
                    json.writeEndArray();
                }
            }
            case Reading.Seen seen -> json.writeStringProperty("verdict", seen.verdict().word());
            case Reading.Silent silent ->
                    json.writeStringProperty("fault", silent.fault().word())
                            .writeStringProperty("detail", silent.detail());
        }
    }

    @Override
    public void minute(Extract.Minute minute) throws IOException {
        line(
                JsonLine.of(json ->
                        json.writeStringProperty("minute", time.offset(minute.ms()))
                                .writeNumberProperty("min", Shown.decimal(minute.min()))
                                .writeNumberProperty("mean", Shown.decimal(minute.mean()))
                                .writeNumberProperty("max", Shown.decimal(minute.max()))
                                .writeNumberProperty("count", minute.count())));
    }

    private void line(String json) throws IOException {
        out.write(json);
        out.write('\n');
    }
}
