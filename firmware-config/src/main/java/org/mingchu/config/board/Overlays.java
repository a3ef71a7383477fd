package org.mingchu.config.board;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Which pins of the header the firmware's overlays take, by the README of its folder {@code
 * overlays}. Those that a kitchen's board is likely to have; of others nothing is known here.
 */
final class Overlays {
    /** Pins that a parameter moves, with where they are if it is not given. */
    private static final Map<String, Map<String, Integer>> MOVABLE =
            Map.ofEntries(
                    Map.entry("w1-gpio", Map.of("gpiopin", 4)),
                    Map.entry("w1-gpio-pullup", Map.of("gpiopin", 4, "extpullup", 5)),
                    Map.entry("dht11", Map.of("gpiopin", 4)),
                    Map.entry("gpio-shutdown", Map.of("gpio_pin", 3)),
                    Map.entry("gpio-poweroff", Map.of("gpiopin", 26)),
                    Map.entry("gpio-fan", Map.of("gpiopin", 12)),
                    Map.entry("gpio-ir", Map.of("gpio_pin", 18)),
                    Map.entry("gpio-ir-tx", Map.of("gpio_pin", 18)),
                    Map.entry("gpio-key", Map.of("gpio", 3)),
                    Map.entry("pps-gpio", Map.of("gpiopin", 18)),
                    Map.entry("pwm", Map.of("pin", 18)),
                    Map.entry("pwm-2chan", Map.of("pin", 18, "pin2", 19)),
                    Map.entry("i2c-gpio", Map.of("i2c_gpio_sda", 23, "i2c_gpio_scl", 24)));

    /** Pins from … to that stay where they are. */
    private static final Map<String, List<Integer>> FIXED =
            Map.ofEntries(
                    Map.entry("i2c-rtc", List.of(2, 3)),
                    Map.entry("i2c-sensor", List.of(2, 3)),
                    Map.entry("uart2", List.of(0, 1)),
                    Map.entry("uart3", List.of(4, 5)),
                    Map.entry("uart4", List.of(8, 9)),
                    Map.entry("uart5", List.of(12, 13)),
                    Map.entry("spi1-1cs", List.of(18, 21)),
                    Map.entry("spi1-2cs", List.of(17, 21)),
                    Map.entry("spi1-3cs", List.of(16, 21)),
                    Map.entry("hifiberry-dac", List.of(18, 21)),
                    Map.entry("hifiberry-dacplus", List.of(18, 21)),
                    Map.entry("sdio", List.of(22, 27)),
                    Map.entry("vga666", List.of(2, 21)),
                    Map.entry("smi", List.of(2, 25)));

    /** What a parameter of the board itself takes while it is on. */
    private static final Map<String, List<Integer>> OF_BOARD =
            Map.of(
                    "i2c_arm", List.of(2, 3),
                    "spi", List.of(7, 11),
                    "i2s", List.of(18, 21));

    private Overlays() {}

    /** BCM numbers that such a line takes; none where the line, or the overlay, says nothing. */
    static List<Integer> pins(Setting setting) {
        return switch (setting.key()) {
            case "dtoverlay" -> ofOverlay(setting);
            case "dtparam" -> ofBoard(setting);
            case "gpio" -> ofList(setting.value());
            case "enable_uart" -> setting.value().equals("1") ? List.of(14, 15) : List.of();
            default -> List.of();
        };
    }

    /** Whether a parameter of the board takes pins. */
    static boolean takesPins(String name) {
        return OF_BOARD.containsKey(boardName(name));
    }

    private static List<Integer> ofOverlay(Setting setting) {
        var given = setting.parameters();
        var moved =
                MOVABLE.getOrDefault(setting.overlay(), Map.of()).entrySet().stream()
                        .map(pin -> given.getOrDefault(pin.getKey(), "" + pin.getValue()))
                        .filter(text -> text.matches("\\d{1,2}"))
                        .map(Integer::valueOf);
        return Stream.concat(moved, range(FIXED.getOrDefault(setting.overlay(), List.of())))
                .toList();
    }

    private static List<Integer> ofBoard(Setting setting) {
        return setting.parameters().entrySet().stream()
                .filter(parameter -> !Setting.isOff(parameter.getValue()))
                .flatMap(parameter ->
                        range(OF_BOARD.getOrDefault(boardName(parameter.getKey()), List.of())))
                .toList();
    }

    /** The board's parameters by the one name that this program uses. */
    static String boardName(String name) {
        return name.equals("i2c") || name.equals("i2c1") ? "i2c_arm" : name;
    }

    /** Of {@code 22-25,27=op,dl}: the pins. */
    private static List<Integer> ofList(String value) {
        var pins = value.indexOf('=') < 0 ? value : value.substring(0, value.indexOf('='));
        return Stream.of(pins.split(",", -1))
                .filter(piece -> piece.matches("\\d{1,2}(-\\d{1,2})?"))
                .flatMap(piece ->
                        range(
                                List.of(
                                        Integer.valueOf(piece.replaceAll("-.*", "")),
                                        Integer.valueOf(piece.replaceAll(".*-", "")))))
                .toList();
    }

    private static Stream<Integer> range(List<Integer> ends) {
        return ends.isEmpty()
                ? Stream.of()
                : IntStream.rangeClosed(ends.getFirst(), ends.getLast()).boxed();
    }
}
