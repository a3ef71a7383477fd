package org.mingchu.config.board;

import org.mingchu.config.Board;
import org.mingchu.config.HeaderBus;
import org.mingchu.config.Network;

import java.util.List;

/** One thing that a site asks of its board. Immutable. */
public sealed interface Need {
    /** What a person calls it. */
    String words();

    /** The lines of config.txt that bring it about. */
    List<String> settings();

    /** The BCM numbers that it takes. */
    List<Integer> pins();

    /** The board starts again when its kernel or systemd hangs. */
    record Watchdog() implements Need {
        @Override
        public String words() {
            return "watchdog";
        }

        @Override
        public List<String> settings() {
            return List.of("dtparam=watchdog=on");
        }

        @Override
        public List<Integer> pins() {
            return List.of();
        }
    }

    /**
     * A bus at fixed pins.
     *
     * @param users ids of what hangs on it
     */
    record Bus(HeaderBus bus, List<String> users) implements Need {
        public Bus {
            users = List.copyOf(users);
        }

        @Override
        public String words() {
            return bus.words();
        }

        @Override
        public List<String> settings() {
            return switch (bus) {
                case I2C -> List.of("dtparam=i2c_arm=on");
                case SPI -> List.of("dtparam=spi=on");
                // A 5 has the header's line on a UART of its own; the others took the good one
                // for Bluetooth and left a UART whose speed follows the processor's clock.
                case UART ->
                        List.of(
                                "enable_uart=1",
                                "[pi5]",
                                "dtparam=uart0=on",
                                "[pi4]",
                                "dtoverlay=disable-bt",
                                "[pi3]",
                                "dtoverlay=disable-bt",
                                "[pi02]",
                                "dtoverlay=disable-bt",
                                "[all]");
            };
        }

        @Override
        public List<Integer> pins() {
            return bus.pins();
        }
    }

    /**
     * A bus of DS18B20 probes.
     *
     * @param probes how many the site has on all such buses: which hangs where, the kernel finds
     */
    record OneWire(int bcm, int probes) implements Need {
        @Override
        public String words() {
            return "1-Wire bus on GPIO " + bcm;
        }

        @Override
        public List<String> settings() {
            return List.of("dtoverlay=w1-gpio,gpiopin=" + bcm);
        }

        @Override
        public List<Integer> pins() {
            return List.of(bcm);
        }
    }

    /** A probe that the kernel has to see on one of those buses. */
    record Probe(String rom, String sensor) implements Need {
        @Override
        public String words() {
            return "probe " + sensor;
        }

        @Override
        public List<String> settings() {
            return List.of();
        }

        @Override
        public List<Integer> pins() {
            return List.of();
        }
    }

    /** A chip on the I²C bus that the kernel reads itself. */
    record Chip(String name, String sensor) implements Need {
        @Override
        public String words() {
            return name + " of " + sensor;
        }

        @Override
        public List<String> settings() {
            return List.of("dtoverlay=i2c-sensor," + name);
        }

        @Override
        public List<Integer> pins() {
            return List.of();
        }
    }

    /** Who keeps the time while the power is off. */
    record Clock(Board.Clock clock) implements Need {
        @Override
        public String words() {
            return "clock " + clock.word();
        }

        @Override
        public List<String> settings() {
            return switch (clock) {
                case DS3231, PCF8523 -> List.of("dtoverlay=i2c-rtc," + clock.word());
                case NONE, ON_BOARD -> List.of();
            };
        }

        @Override
        public List<Integer> pins() {
            return List.of();
        }
    }

    /** A way out of the kitchen. */
    record Way(Network.Link link) implements Need {
        @Override
        public String words() {
            return switch (link) {
                case Network.Ethernet _ -> "Ethernet";
                case Network.Wifi _ -> "Wi-Fi";
                case Network.Modem _ -> "mobile network";
            };
        }

        @Override
        public List<String> settings() {
            return List.of();
        }

        @Override
        public List<Integer> pins() {
            return List.of();
        }
    }

    /** A lamp or the buzzer. */
    record Output(String name, int bcm) implements Need {
        @Override
        public String words() {
            return name + " on GPIO " + bcm;
        }

        /** Low before Linux is there: nobody is to be shouted at by a board that boots. */
        @Override
        public List<String> settings() {
            return List.of("gpio=" + bcm + "=op,dl");
        }

        @Override
        public List<Integer> pins() {
            return List.of(bcm);
        }
    }

    /** A contact; the program pulls it up itself. */
    record Input(String name, int bcm) implements Need {
        @Override
        public String words() {
            return name + " on GPIO " + bcm;
        }

        @Override
        public List<String> settings() {
            return List.of();
        }

        @Override
        public List<Integer> pins() {
            return List.of(bcm);
        }
    }
}
