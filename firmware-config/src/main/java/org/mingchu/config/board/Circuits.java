package org.mingchu.config.board;

import org.mingchu.config.board.Drawing.Anchor;
import org.mingchu.config.board.Drawing.Style;

import java.util.List;

/**
 * How things are connected, each way drawn once: a panel of {@value #WIDTH} by {@value #HEIGHT}
 * pixels. Lengths of cable are rules of thumb of the trade, not of a standard.
 */
final class Circuits {
    static final int WIDTH = 462;
    static final int HEIGHT = 256;

    /** The drawing itself lies in the middle. */
    private static final int DRAWN = 370;

    private static final int LEFT = 62;
    private static final int RIGHT = 350;

    private final Drawing out;
    private final Words words;

    Circuits(Drawing out, Words words) {
        this.out = out;
        this.words = words;
    }

    void draw(Terminal.Circuit circuit) {
        out.box(0, 0, WIDTH, HEIGHT, "panel");
        out.words(12, 22, Style.plain(15, WIDTH - 20), words.of("panel." + circuit.key()));
        out.open("transform=\"translate(" + (WIDTH - DRAWN) / 2 + " 4)\"");
        switch (circuit) {
            case ONE_WIRE -> oneWire();
            case CONTACT -> contact();
            case OUTPUT -> output();
            case MAINS -> mains();
            case I2C -> i2c();
            case SPI -> spi();
            case UART -> uart();
        }
        out.close();
        for (int i = 1; i <= 3; i++) {
            out.words(
                    12,
                    HEIGHT - 64 + i * 18,
                    Style.plain(13, WIDTH - 20),
                    words.of("panel." + circuit.key() + "." + i));
        }
    }

    /** A line across the panel with the name of its pin in front. */
    private void rail(int y, String name, int to) {
        out.words(LEFT - 6, y + 4, Style.plain(11, 54).at(Anchor.END), name);
        out.line(LEFT, y, to, y);
    }

    private void oneWire() {
        rail(50, "3V3", RIGHT);
        rail(100, "GPIO", RIGHT);
        rail(150, "GND", RIGHT);
        out.line(90, 50, 90, 60);
        out.resistor(90, 60, "4.7 kΩ");
        out.line(90, 90, 90, 100);
        for (var x : List.of(170, 240, 310)) {
            out.part(x - 25, 112, 50, 26, words.of("probe"));
            out.line(x - 14, 50, x - 14, 112);
            out.line(x, 100, x, 112);
            out.line(x, 138, x, 150);
            out.dot(x - 14, 50, 2.5, "joint");
            out.dot(x, 100, 2.5, "joint");
            out.dot(x, 150, 2.5, "joint");
        }
    }

    private void contact() {
        rail(80, "GPIO", 160);
        rail(130, "GND", 160);
        terminals(80, 130);
        out.line(176, 80, 270, 80);
        out.line(176, 130, 270, 130);
        out.line(270, 80, 270, 92);
        out.line(270, 118, 270, 130);
        // The arm of an open contact.
        out.line(270, 118, 286, 94);
        out.dot(270, 92, 3, "joint");
        out.dot(270, 118, 3, "joint");
    }

    private void terminals(int... at) {
        for (var y : at) {
            out.box(160, y - 8, 16, 16, "part");
            out.dot(168, y, 3, "joint");
        }
        out.words(168, at[0] - 14, Style.plain(11, 80).at(Anchor.MIDDLE), words.of("terminal"));
    }

    private void output() {
        out.words(LEFT - 6, 116, Style.plain(11, 54).at(Anchor.END), "GPIO");
        out.line(LEFT, 112, 92, 112);
        out.box(92, 107, 34, 10, "part");
        out.words(109, 100, Style.plain(11, 60).at(Anchor.MIDDLE), "1 kΩ");
        out.line(126, 112, 206, 112);
        out.line(150, 112, 150, 122);
        out.resistor(150, 122, "10 kΩ");
        out.ground(150, 152);
        // An NPN: base, collector, emitter with its arrow.
        out.dot(215, 112, 20, "part");
        out.line(206, 100, 206, 124);
        out.line(206, 107, 224, 96);
        out.line(206, 117, 224, 128);
        out.raw("<path d=\"M224 128l-9 -1l5 -7z\" class=\"joint\"/>");
        out.line(224, 128, 224, 152);
        out.ground(224, 152);
        out.line(224, 96, 224, 84);
        out.part(196, 58, 56, 26, words.of("load"));
        out.line(224, 58, 224, 38);
        out.line(224, 38, 262, 38);
        out.words(268, 42, Style.plain(11, 96), words.of("supply"));
        // The diode that takes a coil's kick: cathode up.
        out.line(224, 54, 290, 54);
        out.line(290, 54, 290, 62);
        out.line(282, 62, 298, 62);
        out.raw("<path d=\"M290 63l-8 14h16z\" class=\"joint\"/>");
        out.line(290, 77, 290, 90);
        out.line(290, 90, 224, 90);
    }

    private void mains() {
        rail(80, "GPIO", 160);
        rail(130, "GND", 160);
        terminals(80, 130);
        out.line(176, 80, 236, 80);
        out.line(176, 130, 236, 130);
        out.part(236, 66, 92, 78, words.of("module"));
        out.raw("<path d=\"M340 50V160\" class=\"wall\"/>");
    }

    private void i2c() {
        var rails = List.of("3V3", "SDA", "SCL", "GND");
        for (int i = 0; i < rails.size(); i++) {
            rail(50 + i * 30, rails.get(i), RIGHT);
        }
        for (var x : List.of(150, 270)) {
            out.part(x - 30, 152, 60, 26, words.of("chip"));
            for (int i = 0; i < rails.size(); i++) {
                out.line(x - 21 + i * 14, 50 + i * 30, x - 21 + i * 14, 152);
                out.dot(x - 21 + i * 14, 50 + i * 30, 2.5, "joint");
            }
        }
    }

    private void spi() {
        var rails = List.of("3V3", "SCLK", "MOSI", "MISO", "CE0", "GND");
        for (int i = 0; i < rails.size(); i++) {
            rail(48 + i * 22, rails.get(i), 220);
        }
        out.part(220, 40, 70, 126, "SPI");
        out.line(290, 90, 318, 90);
        out.line(290, 116, 318, 116);
        out.part(318, 86, 46, 34, "PT100");
    }

    private void uart() {
        var rails = List.of("3V3", "TXD", "RXD", "GND");
        for (int i = 0; i < rails.size(); i++) {
            rail(54 + i * 28, rails.get(i), 130);
        }
        out.part(130, 42, 96, 108, words.of("rs485"));
        out.line(226, 78, 270, 78);
        out.line(226, 110, 270, 110);
        out.words(234, 73, Style.plain(11, 20), "A");
        out.words(234, 105, Style.plain(11, 20), "B");
        out.part(270, 66, 90, 56, words.of("line"));
    }
}
