package org.mingchu.config.board;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The 40-pin header of every Raspberry Pi since 2014, as its makers publish it ("GPIO and the
 * 40-pin header" in the Raspberry Pi documentation). Immutable.
 */
final class Header {
    /** By physical number from 1; a number is a BCM number. */
    private static final List<String> NAMES =
            List.of(
                    "3V3", "5V", //
                    "2", "5V", //
                    "3", "GND", //
                    "4", "14", //
                    "GND", "15", //
                    "17", "18", //
                    "27", "GND", //
                    "22", "23", //
                    "3V3", "24", //
                    "10", "GND", //
                    "9", "25", //
                    "11", "8", //
                    "GND", "7", //
                    "0", "1", //
                    "5", "GND", //
                    "6", "12", //
                    "13", "GND", //
                    "19", "16", //
                    "26", "20", //
                    "GND", "21");

    /** Of them, 0 to 8 are pulled up from power-on until somebody says otherwise (BCM2835). */
    static final int PULLED_UP_AT_POWER_ON_MAX = 8;

    private static final List<Pin> PINS =
            IntStream.rangeClosed(1, NAMES.size())
                    .mapToObj(number -> new Pin(number, NAMES.get(number - 1)))
                    .toList();

    private Header() {}

    /**
     * One pin.
     *
     * @param number physical, from 1: odd ones in the row at the board's inside
     * @param name 3V3, 5V, GND or a BCM number
     */
    record Pin(int number, String name) {
        boolean isGpio() {
            return name.chars().allMatch(Character::isDigit);
        }

        int bcm() {
            return Integer.parseInt(name);
        }

        boolean isOdd() {
            return number % 2 == 1;
        }
    }

    static List<Pin> pins() {
        return PINS;
    }

    /** Where a BCM number comes out. */
    static Pin of(int bcm) {
        return PINS.stream()
                .filter(pin -> pin.name().equals(String.valueOf(bcm)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no BCM " + bcm));
    }

    /** The ground next to a pin. */
    static Pin groundNear(Pin pin) {
        return near(pin, "GND");
    }

    /** The 3.3 V next to a pin. */
    static Pin supplyNear(Pin pin) {
        return near(pin, "3V3");
    }

    private static Pin near(Pin pin, String name) {
        return PINS.stream()
                .filter(other -> other.name().equals(name))
                .min(Comparator.comparingInt(other -> Math.abs(other.number() - pin.number())))
                .orElseThrow();
    }
}
