package org.mingchu.sensors.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

final class BoardSerialTest {
    private static final String MACHINE = "0123456789abcdef0123456789abcdef";

    @TempDir private Path root;

    @Test
    void a_pi_is_known_by_the_serial_number_of_its_device_tree() throws IOException {
        write("etc/machine-id", MACHINE + "\n");
        write("sys/firmware/devicetree/base/serial-number", "10000000abcd1234\0");
        assertThat(BoardSerial.serial(root)).contains("10000000abcd1234");

        write("proc/device-tree/serial-number", "10000000abcd5678\0");
        assertThat(BoardSerial.serial(root)).contains("10000000abcd5678");
    }

    @Test
    void a_machine_without_a_serial_number_is_known_by_what_follows_from_its_machine_id()
            throws IOException {
        write("etc/machine-id", MACHINE + "\n");
        var serial = BoardSerial.serial(root).orElseThrow();

        assertThat(serial).matches("[0-9a-f]{32}").isNotEqualTo(MACHINE);
        assertThat(BoardSerial.serial(root)).contains(serial);
        write("etc/machine-id", MACHINE.replace('0', '1') + "\n");
        assertThat(BoardSerial.serial(root)).isPresent().isNotEqualTo(serial);
    }

    @Test
    void zeros_rubbish_and_an_id_that_is_not_yet_drawn_are_no_serial_number() throws IOException {
        assertThat(BoardSerial.serial(root)).isEmpty();
        write("proc/device-tree/serial-number", "0000000000000000\0");
        write("sys/firmware/devicetree/base/serial-number", "no such thing\0");
        write("etc/machine-id", "uninitialized\n");
        assertThat(BoardSerial.serial(root)).isEmpty();

        write("etc/machine-id", MACHINE + "\n");
        assertThat(BoardSerial.serial(root)).isPresent();
    }

    private void write(String name, String text) throws IOException {
        var file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
