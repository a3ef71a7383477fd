package org.mingchu.sensors.coap;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.mingchu.sensors.Clock;
import org.mingchu.sensors.Reading;

import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The newest kept value of each sensor, for those who observe it. Any thread. */
final class Present {
    private static final JsonFactory JSON = JsonFactory.builder().build();
    private static final int MILLI_DIGITS = 3;

    private final Clock clock;
    private final Map<String, Held> held = new ConcurrentHashMap<>();
    private final List<Consumer<String>> watchers = new CopyOnWriteArrayList<>();

    private record Held(Reading.Measured reading, long takenNs) {}

    Present(Clock clock) {
        this.clock = clock;
    }

    /** Told the sensor's id at each new value. */
    void watch(Consumer<String> watcher) {
        watchers.add(watcher);
    }

    void unwatch(Consumer<String> watcher) {
        watchers.remove(watcher);
    }

    void keep(Reading.Measured reading) {
        var told = new Held(reading, clock.now().upNs() - reading.ageNs());
        var now = held.merge(reading.subject(), told, (a, b) -> b.takenNs >= a.takenNs ? b : a);
        if (now.equals(told)) {
            watchers.forEach(w -> w.accept(reading.subject()));
        }
    }

    /** A pack of SenML with the judged value, its time counted back from now. */
    String senml(String sensor) {
        var out = new ByteArrayOutputStream();
        try (var json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartArray().writeStartObject();
            var value = Optional.ofNullable(held.get(sensor));
            // A pack cannot be empty; one that only sets the base name has no value.
            json.writeStringProperty(value.isPresent() ? "n" : "bn", sensor);
            if (value.isPresent()) {
                var reading = value.orElseThrow().reading;
                json.writeStringProperty("u", reading.quantity().senmlUnit())
                        .writeNumberProperty("v", BigDecimal.valueOf(reading.milli(), MILLI_DIGITS))
                        .writeNumberProperty("t", -ageS(value.orElseThrow()));
            }
            json.writeEndObject().writeEndArray();
        }
        return out.toString(UTF_8);
    }

    private long ageS(Held value) {
        return TimeUnit.NANOSECONDS.toSeconds(clock.now().upNs() - value.takenNs);
    }
}
