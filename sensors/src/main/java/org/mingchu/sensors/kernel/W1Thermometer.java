package org.mingchu.sensors.kernel;

import org.mingchu.config.Quantity;
import org.mingchu.sensors.Correction;
import org.mingchu.sensors.Fault;
import org.mingchu.sensors.Reading;
import org.mingchu.sensors.Sensor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * A DS18B20, read through the kernel's w1_therm driver; −55 to +125 °C. Reading starts a conversion
 * and takes about 0.75 s; on a hung bus it takes for ever. One thread at a time.
 *
 * <p>How the driver fails (drivers/w1/slaves/w1_therm.c): since Linux 5.8 it hides every error, a
 * probe off its bus, a checksum wrong five times in a row, a bulk conversion still running, behind
 * an <em>empty file</em>; the folder itself goes only after about ten lost searches, 100 s later.
 * Older ones print {@code NO} and the values of the read before. So one empty file is {@code bus}
 * and is asked again at the next round; from the second on the probe is {@code disconnected}.
 */
public final class W1Thermometer implements Sensor {
    /** Chips whose scratchpad is a DS18B20's: DS18B20, DS1822, DS1825, DS28EA00. */
    private static final Pattern ROM = Pattern.compile("(28|22|3b|42)-[0-9a-f]{12}");

    private static final Pattern TEXT =
            Pattern.compile(
                    "((?:[0-9a-f]{2} ){9}): crc=[0-9a-f]{2} (YES|NO)\\n"
                            + "(?:[0-9a-f]{2} ){9}t=(-?[0-9]{1,7})\\s*");

    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,7}");

    /** A page; sysfs never gives more. */
    private static final int FILE_BYTES_MAX = 4096;

    private static final int EMPTY_READS_MAX = 1;
    private static final long MIN_MILLI_CELSIUS = -55_000;
    private static final long MAX_MILLI_CELSIUS = 125_000;
    private static final long POWER_ON_MILLI_CELSIUS = 85_000;

    /** A probe that is really at 85 °C was near it one period ago. */
    private static final long POWER_ON_JUMP_MILLI = 10_000;

    private final String id;
    private final Path folder;
    private final Correction correction;
    private int emptyReads;
    private OptionalLong lastMilli = OptionalLong.empty();

    /**
     * @param rom one that {@link #serves} accepts
     * @param root below which {@code sys/bus/w1} lies
     */
    public W1Thermometer(String id, String rom, Path root, Correction correction) {
        if (!serves(rom)) {
            throw new IllegalArgumentException("not the ROM code of a DS18B20: " + rom);
        }
        this.id = id;
        this.folder = root.resolve("sys/bus/w1/devices").resolve(rom);
        this.correction = correction;
    }

    /** Whether a ROM code names a chip that speaks as a DS18B20 does. */
    public static boolean serves(String rom) {
        return ROM.matcher(rom).matches();
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Reading read() {
        try {
            return ofSlave(text("w1_slave"));
        } catch (NoSuchFileException e) {
            return readTemperature();
        } catch (IOException e) {
            return failed(e);
        }
    }

    /** A kernel may offer the number alone. */
    private Reading readTemperature() {
        try {
            return ofNumber(text("temperature"));
        } catch (IOException e) {
            return failed(e);
        }
    }

    private String text(String name) throws IOException {
        try (var file = Files.newInputStream(folder.resolve(name))) {
            return new String(file.readNBytes(FILE_BYTES_MAX), StandardCharsets.ISO_8859_1);
        }
    }

    private Reading ofSlave(String text) {
        if (text.isBlank()) {
            return empty();
        }
        emptyReads = 0;
        var match = TEXT.matcher(text);
        if (!match.matches()) {
            return silent(Fault.BUS, "w1_slave is not what w1_therm writes: " + quoted(text));
        }
        return ofScratchpad(
                Scratchpad.parse(match.group(1)),
                match.group(2).equals("YES"),
                Long.parseLong(match.group(3)));
    }

    private Reading ofScratchpad(Scratchpad pad, boolean kernelSaysYes, long kernelMilli) {
        if (pad.allZero()) {
            return kernelSaysYes
                    ? silent(Fault.BUS, "all bytes zero: data line shorted to ground")
                    : silent(Fault.DISCONNECTED, "the probe gave no byte");
        }
        if (!kernelSaysYes || !pad.checksumHolds()) {
            return silent(Fault.CRC, "checksum wrong: long or noisy cable, or a loose plug");
        }
        if (pad.milliCelsius() != kernelMilli) {
            return silent(Fault.BUS, "t=" + kernelMilli + " is not what the nine bytes say");
        }
        if (pad.unconverted()) {
            return silent(Fault.POWER_ON, "85 °C before the first conversion");
        }
        if (pad.powerTooLow()) {
            return silent(Fault.OUT_OF_RANGE, "127.94 °C: too little power to convert");
        }
        return pad.converted() ? inRange(kernelMilli) : plausible(kernelMilli);
    }

    private Reading ofNumber(String text) {
        if (text.isBlank()) {
            return empty();
        }
        emptyReads = 0;
        return NUMBER.matcher(text.strip()).matches()
                ? plausible(Long.parseLong(text.strip()))
                : silent(Fault.BUS, "temperature is not a number: " + quoted(text));
    }

    /** Without proof of a conversion, 85 °C counts only where the probe was near it before. */
    private Reading plausible(long milli) {
        var near =
                lastMilli.isPresent()
                        && Math.abs(lastMilli.getAsLong() - milli) <= POWER_ON_JUMP_MILLI;
        return milli == POWER_ON_MILLI_CELSIUS && !near
                ? silent(Fault.POWER_ON, "85 °C out of nowhere: the probe lost power")
                : inRange(milli);
    }

    private Reading inRange(long milli) {
        if (milli < MIN_MILLI_CELSIUS || milli > MAX_MILLI_CELSIUS) {
            return silent(Fault.OUT_OF_RANGE, milli + " m°C is outside −55 to +125 °C");
        }
        lastMilli = OptionalLong.of(milli);
        return correction.of(id, Quantity.TEMPERATURE, milli);
    }

    private Reading empty() {
        if (emptyReads++ < EMPTY_READS_MAX) {
            return silent(Fault.BUS, "the kernel gave nothing; asked again at the next round");
        }
        return silent(
                Fault.DISCONNECTED,
                "the kernel gives nothing: no probe on the bus, or its checksum is always wrong");
    }

    private Reading failed(IOException e) {
        return switch (e) {
            case NoSuchFileException _ ->
                    silent(Fault.DISCONNECTED, "the kernel does not list " + folder.getFileName());
            case AccessDeniedException denied ->
                    silent(Fault.BUS, "may not read " + denied.getFile() + ": check its mode");
            default -> silent(Fault.DISCONNECTED, "the read failed: " + e.getMessage());
        };
    }

    private Reading.Silent silent(Fault fault, String detail) {
        return new Reading.Silent(id, fault, detail);
    }

    private static String quoted(String text) {
        var line = text.replaceAll("[^\\x20-\\x7e]", ".");
        return "\"" + line.substring(0, Math.min(line.length(), 80)) + "\"";
    }
}
