package org.mingchu.simulator.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The files of a Pi's kernel below a root folder: 1-Wire probes, pins, boot id, clock state. Every
 * file changes at once, so a reader never sees half of one. Any thread.
 */
public final class SysfsTree {
    private final Path root;
    private final Path bus;
    private final Path deviceTree;
    private final Map<String, Slave> slaves = new LinkedHashMap<>();

    private Optional<List<String>> listed = Optional.empty();

    /**
     * An empty tree of a machine that has just booted and does not know the time.
     *
     * @param bootId a UUID in lower case
     */
    public SysfsTree(Path root, String bootId) {
        this.root = root;
        this.bus = root.resolve("sys/bus/w1/devices");
        this.deviceTree = root.resolve("sys/devices/w1_bus_master1");
        TreeFiles.folder(bus);
        TreeFiles.folder(deviceTree);
        TreeFiles.folder(root.resolve("sys/class/gpio"));
        TreeFiles.folder(root.resolve("proc/sys/kernel/random"));
        TreeFiles.folder(root.resolve("run/systemd/timesync"));
        if (!Files.exists(bus.resolve("w1_bus_master1"))) {
            TreeFiles.link(bus, deviceTree);
        }
        boot(bootId);
        listSlaves();
    }

    public Path root() {
        return root;
    }

    /** The machine starts again: another boot id, the time unknown. */
    public synchronized void boot(String bootId) {
        TreeFiles.replace(root.resolve("proc/sys/kernel/random/boot_id"), bootId + "\n");
        clockLost();
    }

    /** systemd-timesyncd has reached a time server. */
    public synchronized void clockSynchronized() {
        TreeFiles.replace(synchronizedMark(), "");
    }

    public synchronized void clockLost() {
        TreeFiles.delete(synchronizedMark());
    }

    private Path synchronizedMark() {
        return root.resolve("run/systemd/timesync/synchronized");
    }

    /** The probe has converted. −55 000 … 125 000, rounded to sixteenths of a kelvin. */
    public synchronized void temperature(String rom, long milliCelsius) {
        slave(rom).answer(Scratchpad.of(milliCelsius));
        listSlaves();
    }

    /** The frame is damaged on the line: {@code crc=… NO}, the second line repeats the last. */
    public synchronized void crcNoise(String rom, long milliCelsius) {
        slave(rom).answerDamaged(Scratchpad.of(milliCelsius));
        listSlaves();
    }

    /**
     * 85 °C with a valid checksum and byte 6 = 0x0C: the probe lost power, nothing was measured.
     */
    public synchronized void powerOn(String rom) {
        slave(rom).answer(Scratchpad.powerOn());
        listSlaves();
    }

    /** 127.94 °C with a valid checksum and byte 6 = 0x0C: the supply sagged. */
    public synchronized void weakPower(String rom) {
        slave(rom).answer(Scratchpad.weakPower());
        listSlaves();
    }

    /** Nine zero bytes, whose checksum is valid: the line is shorted to ground. */
    public synchronized void allZero(String rom) {
        slave(rom).answer(Scratchpad.allZero());
        listSlaves();
    }

    /** The files are there and empty: the driver gave up, or a bulk conversion runs. */
    public synchronized void empty(String rom) {
        slave(rom).empty();
        listSlaves();
    }

    /** Reading does not return until the probe does something else. */
    public synchronized void hang(String rom) {
        slave(rom).hang();
        listSlaves();
    }

    /** Pulled out: the slave's folder is gone. */
    public synchronized void vanish(String rom) {
        slave(rom).vanish();
        listSlaves();
    }

    private Slave slave(String rom) {
        return slaves.computeIfAbsent(rom, name -> new Slave(name, deviceTree, bus));
    }

    private void listSlaves() {
        var present = slaves.values().stream().filter(Slave::present).map(Slave::rom).toList();
        if (listed.equals(Optional.of(present))) {
            return;
        }
        listed = Optional.of(present);
        var lines = present.isEmpty() ? "not found.\n" : String.join("\n", present) + "\n";
        TreeFiles.replace(deviceTree.resolve("w1_master_slaves"), lines);
        TreeFiles.replace(deviceTree.resolve("w1_master_slave_count"), present.size() + "\n");
    }

    /** The level somebody outside gives to a contact or a button, by BCM number. */
    public synchronized void input(int bcm, Level level) {
        TreeFiles.folder(pin(bcm));
        TreeFiles.replace(pin(bcm).resolve("value"), level.text() + "\n");
    }

    /** The level the gateway gives to a lamp or the buzzer now. */
    public Level output(int bcm) {
        try {
            return Level.read(Files.readString(pin(bcm).resolve("value")));
        } catch (NoSuchFileException e) {
            return Level.LOW;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path pin(int bcm) {
        return root.resolve("sys/class/gpio/gpio" + bcm);
    }
}
