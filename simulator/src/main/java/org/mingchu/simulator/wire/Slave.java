package org.mingchu.simulator.wire;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * One slave on the 1-Wire bus as w1_therm shows it. One thread.
 *
 * <p>The folder is a link into the device tree, as in the kernel; a slave that is not found any
 * more loses both.
 */
final class Slave {
    private static final Pattern ROM = Pattern.compile("28-[0-9a-f]{12}");
    private static final byte FAMILY = 0x28;
    private static final int DATA_BITS = 64;

    /** Has no factor in common with {@link #DATA_BITS}: noise hits every bit in turn. */
    private static final int NOISE_STRIDE = 37;

    private final String rom;
    private final Path folder;
    private final Path bus;
    private final Path link;
    private Scratchpad retained = Scratchpad.allZero();
    private int noise;

    Slave(String rom, Path deviceTree, Path bus) {
        if (!ROM.matcher(rom).matches()) {
            throw new IllegalArgumentException(
                    "a ROM code is 28- and 12 hexadecimal digits, not " + rom);
        }
        this.rom = rom;
        this.folder = deviceTree.resolve(rom);
        this.bus = bus;
        this.link = bus.resolve(rom);
    }

    String rom() {
        return rom;
    }

    boolean present() {
        return Files.exists(link);
    }

    void answer(Scratchpad frame) {
        appear();
        if (frame.valid()) {
            retained = frame;
        }
        TreeFiles.replace(folder.resolve("w1_slave"), text(frame));
        TreeFiles.replace(folder.resolve("temperature"), frame.milliCelsius() + "\n");
    }

    /** The frame comes through with one bit turned over. */
    void answerDamaged(Scratchpad frame) {
        noise = (noise + NOISE_STRIDE) % DATA_BITS;
        answer(frame.withFlippedBit(noise));
    }

    /** The second line holds the bytes of the last good frame, but t= of the one just read. */
    private String text(Scratchpad frame) {
        return "%s: crc=%02x %s\n%st=%d\n"
                .formatted(
                        frame.hex(),
                        frame.computedCrc(),
                        frame.valid() ? "YES" : "NO",
                        retained.hex(),
                        frame.milliCelsius());
    }

    /** The driver gave up after its retries and returns nothing. */
    void empty() {
        appear();
        TreeFiles.replace(folder.resolve("w1_slave"), "");
        TreeFiles.replace(folder.resolve("temperature"), "");
    }

    void hang() {
        appear();
        TreeFiles.replaceByPipe(folder.resolve("w1_slave"));
        TreeFiles.replaceByPipe(folder.resolve("temperature"));
    }

    void vanish() {
        TreeFiles.delete(link);
        TreeFiles.deleteTree(folder);
    }

    private void appear() {
        if (present()) {
            return;
        }
        TreeFiles.folder(folder);
        TreeFiles.replace(folder.resolve("name"), rom + "\n");
        TreeFiles.replace(folder.resolve("id"), registration());
        TreeFiles.link(bus, folder);
    }

    /** Eight raw bytes: family, serial number low byte first, CRC-8. */
    private byte[] registration() {
        var bytes = new byte[8];
        bytes[0] = FAMILY;
        var serial = HexFormat.of().parseHex(rom, rom.indexOf('-') + 1, rom.length());
        for (int i = 0; i < serial.length; i++) {
            bytes[1 + i] = serial[serial.length - 1 - i];
        }
        bytes[7] = (byte) Crc8.of(bytes, 7);
        return bytes;
    }
}
