package org.mingchu.sensors.kernel;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which board this is, so that a record that was carried to another one is noticed. A card that is
 * put into another Pi keeps its machine id, so the device tree's serial number goes first. Any
 * thread.
 */
public final class BoardSerial {
    private static final List<String> DEVICE_TREES =
            List.of("proc/device-tree", "sys/firmware/devicetree/base");

    private static final Pattern SERIAL = Pattern.compile("[0-9A-Za-z._:-]{1,64}");

    /** What a board says that has none. */
    private static final Pattern BLANK = Pattern.compile("0+");

    private static final Pattern MACHINE_ID = Pattern.compile("[0-9a-f]{32}");

    /** machine-id(5): the id itself must not leave the machine, only something derived from it. */
    private static final String OURS = "mingchu board of machine ";

    private static final int DERIVED_BYTES = 16;

    private BoardSerial() {}

    /**
     * The board's serial number; on a machine without one, 32 hexadecimal digits derived from its
     * machine id; empty where neither can be read.
     *
     * @param root of the tree the files are read from: {@code /}, or a simulated kitchen
     */
    public static Optional<String> serial(Path root) {
        return DEVICE_TREES.stream()
                .flatMap(tree -> line(root.resolve(tree).resolve("serial-number")).stream())
                .filter(serial -> SERIAL.matcher(serial).matches())
                .filter(serial -> !BLANK.matcher(serial).matches())
                .findFirst()
                .or(() ->
                        line(root.resolve("etc/machine-id"))
                                .filter(id -> MACHINE_ID.matcher(id).matches())
                                .filter(id -> !BLANK.matcher(id).matches())
                                .map(BoardSerial::derived));
    }

    /** Text of a device tree ends with a NUL. */
    private static Optional<String> line(Path file) {
        try {
            var text = Files.readString(file, StandardCharsets.ISO_8859_1);
            var end = text.indexOf('\0');
            return Optional.of((end < 0 ? text : text.substring(0, end)).strip());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static String derived(String machineId) {
        try {
            var hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest((OURS + machineId).getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(hash, 0, DERIVED_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
