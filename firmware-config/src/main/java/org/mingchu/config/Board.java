package org.mingchu.config;

import java.util.List;
import java.util.Optional;

/**
 * What hangs on the board beside sensors and lamps. Immutable.
 *
 * @param oneWire BCM numbers of the pins that carry a 1-Wire bus, where there are {@code w1:}
 *     probes
 * @param ups what feeds the board when the mains do not
 */
public record Board(List<Integer> oneWire, Clock clock, Optional<Ups> ups) {
    /** Where the kernel puts its 1-Wire bus unless it is told otherwise. */
    public static final int ONE_WIRE_BCM = 4;

    /** A board as it comes out of its box. */
    public static final Board BARE = new Board(List.of(ONE_WIRE_BCM), Clock.NONE, Optional.empty());

    public Board {
        oneWire = List.copyOf(oneWire);
    }

    /**
     * A battery that feeds the board while the mains are gone.
     *
     * @param supply its name below {@code /sys/class/power_supply}
     * @param stopAtPercent at this charge and below, without mains, the gateway ends in order
     */
    public record Ups(String supply, int stopAtPercent) {
        /** What is taken where the site file names none: some minutes of a Pi on one cell. */
        public static final int STOP_AT_PERCENT = 15;
    }

    /** Who keeps the time while the power is off. */
    public enum Clock {
        NONE("none"),
        /** On the I²C bus of the header, at 0x68. */
        DS3231("ds3231"),
        /** On the I²C bus of the header, at 0x68. */
        PCF8523("pcf8523"),
        /** The Raspberry Pi 5's own, with a cell at its connector. */
        ON_BOARD("on-board");

        private final String word;

        Clock(String word) {
            this.word = word;
        }

        /** The word that files use; of a chip also its name among the overlays. */
        public String word() {
            return word;
        }
    }
}
