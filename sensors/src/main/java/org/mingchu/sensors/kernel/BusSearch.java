package org.mingchu.sensors.kernel;

import org.mingchu.config.Calibration;
import org.mingchu.config.Quantity;
import org.mingchu.config.Source;
import org.mingchu.sensors.Clock;
import org.mingchu.sensors.Correction;
import org.mingchu.sensors.Fault;
import org.mingchu.sensors.Reading;
import org.mingchu.sensors.Sensor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/**
 * What hangs on the board and says a temperature or a humidity, whether the site file knows it or
 * not: DS18B20 probes on 1-Wire, chips that the kernel reads itself (hwmon, IIO). A read that hangs
 * is left behind, and none of the same thing begins before it has returned. One thread.
 */
public final class BusSearch {
    /** Longest wait for all of one look: a probe takes 0.75 s, ten of them share a bus. */
    public static final Duration PATIENCE = Duration.ofSeconds(12);

    /** Most things that one look reads: more than four full buses. */
    public static final int THINGS_MAX = 64;

    /** Longest file that is read, in bytes; sysfs never gives more. */
    private static final int FILE_BYTES_MAX = 4096;

    private static final Pattern ROM = Pattern.compile("28-[0-9a-f]{12}");
    private static final Pattern SLAVE = Pattern.compile("[0-9a-f]{2}-[0-9a-f]{12}");
    private static final Pattern PART = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.:-]{0,63}");
    private static final Pattern HWMON = Pattern.compile("((temp|humidity)[0-9]{1,2})_input");

    /** What the board measures of itself, and the 1-Wire probes once more. */
    private static final Set<String> OWN =
            Set.of("cpu_thermal", "rpi_volt", "rp1_adc", "pwmfan", "nvme", "w1_slave_temp");

    private final Path root;
    private final Clock clock;
    private final Duration patience;
    private final Map<Source, Sensor> sensors = new LinkedHashMap<>();
    private final Map<Source, FutureTask<Reading>> asked = new LinkedHashMap<>();

    /**
     * @param root of the tree the files are read from: {@code /}, or a simulated kitchen
     */
    public BusSearch(Path root, Clock clock) {
        this(root, clock, PATIENCE);
    }

    BusSearch(Path root, Clock clock, Duration patience) {
        this.root = root;
        this.clock = clock;
        this.patience = patience;
    }

    /** How the 1-Wire bus is. */
    public enum Bus {
        /** The kernel has none. */
        OFF,
        /** There is one, and nothing on it. */
        EMPTY,
        /** Something hangs on it. */
        USED
    }

    /**
     * One thing and what it says now.
     *
     * @param source as the site file would write it
     * @param reading under the source as its name; a silence has its reason
     */
    public record Found(Source source, Quantity measures, Reading reading) {}

    /**
     * What one look has found.
     *
     * @param found 1-Wire first, each kind in the order of its names
     * @param strangers things on 1-Wire that are no DS18B20, by their codes
     */
    public record Seen(Bus oneWire, List<Found> found, List<String> strangers) {
        public Seen {
            found = List.copyOf(found);
            strangers = List.copyOf(strangers);
        }
    }

    /** Looks once; takes up to {@link #PATIENCE}. */
    public Seen look() {
        var slaves = names("sys/bus/w1/devices");
        var things = new LinkedHashMap<Source, Quantity>();
        slaves.stream()
                .filter(name -> ROM.matcher(name).matches())
                .forEach(rom -> things.put(new Source.W1(rom), Quantity.TEMPERATURE));
        hwmon(things);
        iio(things);
        var first = things.entrySet().stream().limit(THINGS_MAX).toList();
        first.forEach(thing -> ask(thing.getKey()));
        var until = clock.now().upNs() + patience.toNanos();
        return new Seen(
                bus(slaves),
                first.stream()
                        .map(thing ->
                                new Found(
                                        thing.getKey(),
                                        thing.getValue(),
                                        answer(thing.getKey(), until)))
                        .toList(),
                slaves.stream()
                        .filter(name -> SLAVE.matcher(name).matches())
                        .filter(name -> !ROM.matcher(name).matches())
                        .toList());
    }

    private static Bus bus(List<String> names) {
        if (names.stream().anyMatch(name -> SLAVE.matcher(name).matches())) {
            return Bus.USED;
        }
        return names.stream().anyMatch(name -> name.startsWith("w1_bus_master"))
                ? Bus.EMPTY
                : Bus.OFF;
    }

    private void hwmon(Map<Source, Quantity> things) {
        for (var chip : names("sys/class/hwmon")) {
            var folder = "sys/class/hwmon/" + chip;
            var name = text(folder + "/name").orElse("");
            if (OWN.contains(name) || !PART.matcher(name).matches()) {
                continue;
            }
            for (var file : names(folder)) {
                var input = HWMON.matcher(file);
                if (input.matches()) {
                    var source = new Source.Hwmon(name, input.group(1));
                    things.put(source, quantity(input.group(2)));
                    sensors.putIfAbsent(
                            source,
                            new NumberFile(source, quantity(input.group(2)), folder + "/" + file));
                }
            }
        }
    }

    private void iio(Map<Source, Quantity> things) {
        for (var device : names("sys/bus/iio/devices")) {
            var folder = "sys/bus/iio/devices/" + device;
            var name = text(folder + "/name").orElse("");
            if (!PART.matcher(name).matches()) {
                continue;
            }
            for (var channel : List.of("in_temp", "in_humidityrelative")) {
                var file = folder + "/" + channel + "_input";
                if (Files.exists(root.resolve(file))) {
                    var source = new Source.Iio(name, channel);
                    things.put(source, quantity(channel));
                    sensors.putIfAbsent(source, new NumberFile(source, quantity(channel), file));
                }
            }
        }
    }

    private static Quantity quantity(String name) {
        return name.contains("temp") ? Quantity.TEMPERATURE : Quantity.HUMIDITY;
    }

    private void ask(Source source) {
        var last = Optional.ofNullable(asked.get(source));
        if (last.filter(before -> !before.isDone()).isPresent()) {
            return;
        }
        var sensor = sensors.computeIfAbsent(source, this::probe);
        var task = new FutureTask<>(sensor::read);
        asked.put(source, task);
        Thread.ofPlatform().daemon().name("asks " + source.written()).start(task);
    }

    private Sensor probe(Source source) {
        if (!(source instanceof Source.W1(var rom))) {
            throw new IllegalArgumentException("no file of its own: " + source.written());
        }
        var bare = new Correction(Calibration.NONE, Set.of(), clock, ZoneOffset.UTC);
        return new W1Thermometer(source.written(), rom, root, bare);
    }

    private Reading answer(Source source, long untilNs) {
        var task = Optional.ofNullable(asked.get(source)).orElseThrow();
        try {
            var left = Math.max(0, untilNs - clock.now().upNs());
            return task.get(left, TimeUnit.NANOSECONDS);
        } catch (TimeoutException _) {
            return new Reading.Silent(
                    source.written(),
                    Fault.SILENT,
                    "no answer within " + patience.toMillis() + " ms: its bus hangs");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return new Reading.Silent(source.written(), Fault.SILENT, "interrupted");
        } catch (ExecutionException e) {
            throw new IllegalStateException(source.written() + " cannot be read", e.getCause());
        }
    }

    /** The names in a folder, in order; none where there is no such folder. */
    private List<String> names(String folder) {
        var names = new ArrayList<String>();
        try (var all = Files.newDirectoryStream(root.resolve(folder))) {
            all.forEach(one -> names.add(one.getFileName().toString()));
        } catch (IOException _) {
            return List.of();
        }
        names.sort(null);
        return names;
    }

    private Optional<String> text(String file) {
        try (var in = Files.newInputStream(root.resolve(file))) {
            var bytes = in.readNBytes(FILE_BYTES_MAX);
            return Optional.of(new String(bytes, StandardCharsets.ISO_8859_1).strip());
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    /** A file with one number in thousandths, as hwmon and IIO give processed values. */
    private final class NumberFile implements Sensor {
        private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,9}(\\.[0-9]{1,9})?");

        private final Source source;
        private final Quantity measures;
        private final String file;

        NumberFile(Source source, Quantity measures, String file) {
            this.source = source;
            this.measures = measures;
            this.file = file;
        }

        @Override
        public String id() {
            return source.written();
        }

        @Override
        public Reading read() {
            var word = text(file).orElse("");
            if (!NUMBER.matcher(word).matches()) {
                return new Reading.Silent(id(), Fault.BUS, file + " gives no number");
            }
            var milli = Math.round(Double.parseDouble(word));
            return new Reading.Measured(id(), measures, milli, milli, 0, Set.of());
        }
    }
}
