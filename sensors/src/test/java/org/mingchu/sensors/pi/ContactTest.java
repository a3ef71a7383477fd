package org.mingchu.sensors.pi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mingchu.config.Calibration;
import org.mingchu.config.Quantity;
import org.mingchu.sensors.Correction;
import org.mingchu.sensors.Fault;
import org.mingchu.sensors.Flag;
import org.mingchu.sensors.HandClock;
import org.mingchu.sensors.Reading;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

final class ContactTest {
    @TempDir private Path root;
    private TreeBoard board = new TreeBoard(Path.of("unset"));

    @BeforeEach
    void openBoard() {
        board.close();
        board = new TreeBoard(root);
    }

    @AfterEach
    void closeBoard() {
        board.close();
    }

    @Test
    void a_closed_contact_is_a_closed_door() throws IOException {
        var contact = contact(Contact.Sense.CLOSED_IS_SHUT);

        pin("0\n");
        assertThat(contact.read()).isEqualTo(door(0, 0));
        pin("1\n");
        assertThat(contact.read()).isEqualTo(door(1000, 1000));
    }

    @Test
    void an_inverted_contact_turns_the_door_and_leaves_the_raw_value() throws IOException {
        var contact = contact(Contact.Sense.OPEN_IS_SHUT);

        pin("0\n");
        assertThat(contact.read()).isEqualTo(door(0, 1000));
        pin("1\n");
        assertThat(contact.read()).isEqualTo(door(1000, 0));
    }

    @Test
    void a_door_says_by_itself_that_it_moved() throws IOException, InterruptedException {
        BlockingQueue<Reading> told = new LinkedBlockingQueue<>();
        pin("0\n");
        var contact = contact(Contact.Sense.CLOSED_IS_SHUT);
        contact.whenChanged(told::add);
        contact.read();

        pin("1\n");

        assertThat(told.poll(5, TimeUnit.SECONDS)).isEqualTo(door(1000, 1000));
    }

    @Test
    void a_pin_that_cannot_be_had_is_a_bus_fault_until_it_can() throws IOException {
        Files.createDirectories(root.resolve("sys/class"));
        var obstacle = Files.writeString(root.resolve("sys/class/gpio"), "in the way");
        var contact = contact(Contact.Sense.CLOSED_IS_SHUT);

        var silent = (Reading.Silent) contact.read();
        assertThat(silent.fault()).isEqualTo(Fault.BUS);
        assertThat(silent.detail()).contains("gpio:17");

        Files.delete(obstacle);
        pin("0\n");
        assertThat(contact.read()).isEqualTo(door(0, 0));
    }

    private Contact contact(Contact.Sense sense) {
        var correction =
                new Correction(
                        Calibration.NONE, Set.of(Flag.SIMULATED), new HandClock(), ZoneOffset.UTC);
        return new Contact("door", Quantity.DOOR, 17, sense, board, correction);
    }

    private static Reading door(long rawMilli, long milli) {
        return new Reading.Measured(
                "door", Quantity.DOOR, rawMilli, milli, 0, Set.of(Flag.SIMULATED));
    }

    private void pin(String text) throws IOException {
        var file = root.resolve("sys/class/gpio/gpio17/value");
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
