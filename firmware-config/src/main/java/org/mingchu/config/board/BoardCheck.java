package org.mingchu.config.board;

import org.mingchu.config.Board;
import org.mingchu.config.HeaderBus;
import org.mingchu.config.Line;
import org.mingchu.config.board.Finding.State;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Does the running kernel show what a site needs? Reads below a root folder only, and opens no
 * device: to open a watchdog would start it. One thread.
 */
public final class BoardCheck {
    private static final String REBOOT = "mingchu board apply, then reboot";

    /** {@code pin 17 (gpio17): fe205000.i2c (GPIO UNCLAIMED) …}, or {@code device x} if strict. */
    private static final Pattern MUX =
            Pattern.compile("pin (\\d+) \\(gpio\\d+\\): (?:device )?(\\S+).*");

    private final Path root;

    private BoardCheck(Path root) {
        this.root = root;
    }

    /** In the order of the plan. */
    public static List<Finding> look(Path root, BoardPlan plan) {
        var check = new BoardCheck(root);
        var findings = new ArrayList<Finding>();
        plan.needs().forEach(need -> findings.addAll(check.look(need, plan)));
        return List.copyOf(findings);
    }

    private List<Finding> look(Need need, BoardPlan plan) {
        return switch (need) {
            case Need.Watchdog _ ->
                    List.of(
                            finding(
                                    need,
                                    "dev/watchdog0",
                                    there("dev/watchdog0") || there("dev/watchdog"),
                                    REBOOT));
            case Need.Bus(var bus, _) -> bus(need, bus, plan);
            case Need.OneWire(var bcm, _) -> List.of(oneWire(need, bcm));
            case Need.Probe(var rom, _) ->
                    List.of(
                            finding(
                                    need,
                                    "sys/bus/w1/devices/" + rom,
                                    there("sys/bus/w1/devices/" + rom),
                                    "look at its wires and at the number on its label; ls "
                                            + root.resolve("sys/bus/w1/devices")));
            case Need.Chip(var name, _) ->
                    List.of(
                            finding(
                                    need,
                                    "sys/bus/i2c/devices/*/name",
                                    anySays("sys/bus/i2c/devices", "name", name),
                                    REBOOT + "; is it wired, at its usual address?"));
            case Need.Clock(var clock) -> List.of(clock(need, clock));
            case Need.Output(_, var bcm) -> List.of(pin(need, bcm));
            case Need.Input(_, var bcm) -> List.of(pin(need, bcm));
            case Need.Way(var link) -> new WayCheck(root, need).look(link);
        };
    }

    private List<Finding> bus(Need need, HeaderBus bus, BoardPlan plan) {
        return switch (bus) {
            case I2C -> List.of(finding(need, "dev/i2c-1", there("dev/i2c-1"), REBOOT));
            case SPI -> List.of(finding(need, "dev/spidev0.0", there("dev/spidev0.0"), REBOOT));
            case UART -> plan.lines().stream().flatMap(line -> serial(need, line)).toList();
        };
    }

    private Stream<Finding> serial(Need need, Line line) {
        var device = line.device().substring(1);
        return Stream.of(
                finding(need, device, there(device), REBOOT),
                new Finding(
                        need.words() + " free of the kernel's console",
                        root.resolve("proc/cmdline").toString(),
                        console(),
                        REBOOT));
    }

    private State console() {
        return text(root.resolve("proc/cmdline"))
                .map(text ->
                        Stream.of(text.strip().split(" ", -1)).anyMatch(BootFiles::isSerialConsole)
                                ? State.MISSING
                                : State.THERE)
                .orElse(State.NOT_SEEN);
    }

    /** Which pin a bus is at, only the device tree says; a simulated tree has none. */
    private Finding oneWire(Need need, int bcm) {
        var nodes =
                list("proc/device-tree").stream()
                        .filter(node -> node.getFileName().toString().startsWith("onewire@"))
                        .map(node -> node.resolve("gpios"))
                        .toList();
        if (there("proc/device-tree")) {
            return finding(
                    need,
                    "proc/device-tree/onewire@*/gpios",
                    masters() && nodes.stream().anyMatch(node -> gpio(node) == bcm),
                    REBOOT);
        }
        return finding(need, "sys/bus/w1/devices/w1_bus_master*", masters(), REBOOT);
    }

    private boolean masters() {
        return list("sys/bus/w1/devices").stream()
                .anyMatch(file -> file.getFileName().toString().startsWith("w1_bus_master"));
    }

    /** Three cells, each 32 bits with the high byte first: the chip, the pin, the flags. */
    private static int gpio(Path property) {
        try {
            var cells = ByteBuffer.wrap(Files.readAllBytes(property));
            return cells.remaining() < 12 ? -1 : cells.getInt(4);
        } catch (IOException _) {
            return -1;
        }
    }

    private Finding clock(Need need, Board.Clock clock) {
        var driver =
                switch (clock) {
                    case DS3231 -> "ds1307";
                    case PCF8523 -> "pcf8523";
                    case ON_BOARD -> "rpi";
                    case NONE -> throw new IllegalArgumentException("nobody needs no clock");
                };
        var remedy =
                clock == Board.Clock.ON_BOARD
                        ? "only a Raspberry Pi 5 has one"
                        : REBOOT + "; is it wired to pins 1, 3, 5 and 9?";
        return finding(
                need, "sys/class/rtc/rtc*/name", anySays("sys/class/rtc", "name", driver), remedy);
    }

    /**
     * A pin is ours to take when no bus has it. The kernel says so to root only; whether there is a
     * header at all, to everybody.
     */
    private Finding pin(Need need, int bcm) {
        if (there("sys/class/gpio/gpio" + bcm + "/value")) {
            return finding(need, "sys/class/gpio/gpio" + bcm + "/value", true, "");
        }
        if (list("dev").stream()
                .noneMatch(file -> file.getFileName().toString().startsWith("gpiochip"))) {
            return finding(need, "dev/gpiochip*", false, "is this a Raspberry Pi?");
        }
        var map = muxes();
        if (map.isEmpty()) {
            return new Finding(
                    need.words(),
                    root.resolve("sys/kernel/debug/pinctrl").toString(),
                    State.NOT_SEEN,
                    "only root may see who has a pin: sudo mingchu board verify");
        }
        var owner = owner(map.get(), bcm);
        return finding(
                need,
                "sys/kernel/debug/pinctrl/*/pinmux-pins",
                owner.isEmpty(),
                owner.map(who -> who + " has the pin: see the overlays in config.txt").orElse(""));
    }

    /** Of the chip at the header: a 5 has others beside it. */
    private Optional<String> muxes() {
        return list("sys/kernel/debug/pinctrl").stream()
                .filter(chip ->
                        chip.getFileName().toString().matches(".*pinctrl-(rp1|bcm2835|bcm2711)"))
                .flatMap(chip -> text(chip.resolve("pinmux-pins")).stream())
                .findFirst();
    }

    private static Optional<String> owner(String map, int bcm) {
        return map.lines()
                .map(MUX::matcher)
                .filter(line -> line.matches() && line.group(1).equals(String.valueOf(bcm)))
                .map(line -> line.group(2))
                .filter(who -> !List.of("(MUX", "UNCLAIMED", "GPIO").contains(who))
                .findFirst();
    }

    private Finding finding(Need need, String where, boolean seen, String remedy) {
        return new Finding(
                need.words(),
                root.resolve(where).toString(),
                seen ? State.THERE : State.MISSING,
                seen ? "" : remedy);
    }

    private boolean there(String file) {
        return Files.exists(root.resolve(file));
    }

    private boolean anySays(String folder, String file, String word) {
        return list(folder).stream()
                .anyMatch(entry ->
                        text(entry.resolve(file)).filter(text -> text.contains(word)).isPresent());
    }

    private List<Path> list(String folder) {
        try (var files = Files.list(root.resolve(folder))) {
            return files.sorted().toList();
        } catch (IOException | UncheckedIOException _) {
            return List.of();
        }
    }

    private static Optional<String> text(Path file) {
        try {
            return Optional.of(Files.readString(file, StandardCharsets.ISO_8859_1));
        } catch (IOException _) {
            return Optional.empty();
        }
    }
}
