package org.mingchu.sensors.kernel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.HexFormat;

/** Files as w1_therm shows them, below a root. */
public record W1Tree(Path root) {
    /** What the driver prints for a scratchpad whose checksum it has judged. */
    public static String slave(byte[] pad, String verdict, String more, long milli) {
        var hex = HexFormat.ofDelimiter(" ").formatHex(pad) + " ";
        var crc = HexFormat.of().toHexDigits((byte) Scratchpad.crc8(first8(pad)));
        return hex + ": crc=" + crc + " " + verdict + "\n" + more + "t=" + milli + "\n";
    }

    /** The nearest of the sixteenths of a degree the chip knows. */
    private static int raw(long milli) {
        return Math.toIntExact(Math.round(milli * 16 / 1000.0));
    }

    /** A converted scratchpad of a genuine chip. */
    public static byte[] pad(long milli) {
        var raw = raw(milli);
        var pad =
                new byte[] {
                    (byte) raw,
                    (byte) (raw >> 8),
                    0x4b,
                    0x46,
                    0x7f,
                    (byte) 0xff,
                    (byte) (16 - (raw & 15)),
                    0x10,
                    0
                };
        pad[8] = (byte) Scratchpad.crc8(first8(pad));
        return pad;
    }

    public void temperature(String rom, long milli) {
        var pad = pad(milli);
        var hex = HexFormat.ofDelimiter(" ").formatHex(pad) + " ";
        slaveFile(rom, slave(pad, "YES", hex, raw(milli) * 1000L / 16));
    }

    public void slaveFile(String rom, String text) {
        file(rom, "w1_slave", text);
    }

    /** In one step, as a read of sysfs is one step. */
    public void file(String rom, String name, String text) {
        var file = folder(rom).resolve(name);
        try {
            Files.createDirectories(file.getParent());
            var fresh = Files.writeString(file.resolveSibling(name + ".new"), text);
            Files.move(
                    fresh,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void gone(String rom) {
        try (var files = Files.list(folder(rom))) {
            for (var file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(folder(rom));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Path folder(String rom) {
        return root.resolve("sys/bus/w1/devices").resolve(rom);
    }

    private static byte[] first8(byte[] pad) {
        return Arrays.copyOf(pad, 8);
    }
}
