package org.mingchu.gateway;

import org.mingchu.gateway.keep.Joined;
import org.mingchu.gateway.keep.Joined.Part;
import org.mingchu.gateway.tend.Told;
import org.mingchu.sensors.Flag;
import org.mingchu.sensors.Moment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What {@code mingchu join} says: a line for each value, with who received it. Immutable. */
record JoinedCurve(String subject, List<Path> files, KitchenTime time) {
    private static final String HEAD =
            "time 时间,error ms 误差毫秒,value 数值,unit 单位,flags 标记,gateway 网关,epoch 纪元,seq 序号";

    Told told(boolean json) {
        try {
            return switch (Joined.of(subject, files)) {
                case Joined.Refused(var why) -> Told.refused(why);
                case Joined.Curve(var parts) when parts.isEmpty() ->
                        Told.refused(
                                "SUBJECT '%s': no value of it is in %s; name it as both sites do,"
                                                .formatted(subject, named())
                                        + " or export another time");
                case Joined.Curve(var parts) -> Told.well(json ? objects(parts) : lines(parts));
            };
        } catch (IOException e) {
            return Told.refused("%s: cannot be read: %s".formatted(named(), e.getMessage()));
        }
    }

    private List<String> objects(List<Part> parts) {
        return parts.stream().map(this::object).toList();
    }

    private List<String> lines(List<Part> parts) {
        return Stream.concat(Stream.of(HEAD), parts.stream().map(this::line)).toList();
    }

    private String named() {
        return files.stream().map(Path::toString).collect(Collectors.joining(", "));
    }

    /** Nothing in it needs quotes: ids, words and numbers. */
    private String line(Part part) {
        var value = part.value();
        return String.join(
                ",",
                time.offset(part.when().wallMs()),
                part.when().errorMs() == Moment.ERROR_UNKNOWN_MS
                        ? "unknown"
                        : Long.toString(part.when().errorMs()),
                Shown.number(value.milli()),
                value.quantity().senmlUnit(),
                String.join(" ", flags(part)),
                part.gateway(),
                part.epoch(),
                Long.toString(part.seq()));
    }

    private static List<String> flags(Part part) {
        return part.value().flags().stream().map(Flag::word).sorted().toList();
    }

    private String object(Part part) {
        return JsonLine.of(json -> {
            json.writeStringProperty("at", time.offset(part.when().wallMs()));
            if (part.when().errorMs() != Moment.ERROR_UNKNOWN_MS) {
                json.writeNumberProperty("errorMs", part.when().errorMs());
            }
            json.writeNumberProperty("value", Shown.decimal(part.value().milli()))
                    .writeStringProperty("unit", part.value().quantity().senmlUnit());
            if (!flags(part).isEmpty()) {
                json.writeArrayPropertyStart("flags");
                flags(part).forEach(json::writeString);
                json.writeEndArray();
            }
            json.writeStringProperty("gateway", part.gateway())
                    .writeStringProperty("epoch", part.epoch())
                    .writeNumberProperty("seq", part.seq());
        });
    }
}
