package org.mingchu.config.board;

import org.mingchu.config.Plan;
import org.mingchu.config.board.Drawing.Anchor;
import org.mingchu.config.board.Drawing.Style;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The wiring of a site as an SVG for screen and paper: the header with what is screwed to each pin,
 * and each way of connecting once. Low voltage only. One thread.
 */
public final class WiringPicture {
    private static final int WIDTH = 1000;
    private static final int TOP = 190;
    private static final int PITCH = 37;
    private static final int ROWS = 20;
    private static final int BOX = 312;
    private static final int MARGIN = 30;
    private static final int PER_ROW = 2;
    private static final int GAP = 16;

    private static final String LOOKS =
            """
            <style>
            text { font-family: "Noto Sans CJK SC", "Noto Sans SC", "Microsoft YaHei", \
            "PingFang SC", "WenQuanYi Micro Hei", sans-serif; }
            .wire { stroke: #333; stroke-width: 1.4; fill: none; }
            .wall { stroke: #b00; stroke-width: 2; stroke-dasharray: 6 5; fill: none; }
            .part { fill: #fff; stroke: #333; stroke-width: 1.4; }
            .panel { fill: #fcfcf8; stroke: #999; }
            .used { fill: #eaf6ea; stroke: #2a7a2a; }
            .warn { fill: #fff6e0; stroke: #c80; }
            .board { fill: #f2f2f2; stroke: #777; }
            .joint { fill: #333; }
            .gpio { fill: #2a9a2a; stroke: #222; }
            .free { fill: #fff; stroke: #888; }
            .supply { fill: #d33; stroke: #222; }
            .ground { fill: #222; stroke: #222; }
            .idle { fill: #ddd; stroke: #888; }
            </style>
            """;

    private final Drawing out = new Drawing();
    private final Plan plan;
    private final Words words;
    private final List<Terminal> terminals;

    private WiringPicture(Plan plan, Words words) {
        this.plan = plan;
        this.words = words;
        terminals = Terminal.of(plan, words);
    }

    /**
     * The picture.
     *
     * @param language {@code zh-CN} or {@code en}
     */
    public static String of(Plan plan, String language) {
        return new WiringPicture(plan, Words.in(language)).draw();
    }

    private String draw() {
        var circuits =
                terminals.stream()
                        .map(Terminal::circuit)
                        .collect(Collectors.toCollection(TreeSet::new));
        var panels = TOP + ROWS * PITCH + 40;
        var rows = (circuits.size() + PER_ROW - 1) / PER_ROW;
        var height = panels + rows * (Circuits.HEIGHT + GAP) + MARGIN;
        out.raw(
                ("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0"
                                + " %d %d\">")
                        .formatted(WIDTH, height, WIDTH, height));
        out.raw(LOOKS.strip());
        out.raw("<rect width=\"%d\" height=\"%d\" fill=\"#fff\"/>".formatted(WIDTH, height));
        head();
        header();
        terminals.forEach(this::terminal);
        var index = 0;
        for (var circuit : circuits) {
            out.open(
                    "transform=\"translate(%d %d)\" data-circuit=\"%s\""
                            .formatted(
                                    MARGIN + index % PER_ROW * (Circuits.WIDTH + GAP),
                                    panels + index / PER_ROW * (Circuits.HEIGHT + GAP),
                                    circuit.key()));
            new Circuits(out, words).draw(circuit);
            out.close();
            index++;
        }
        out.raw("</svg>");
        return out.toString();
    }

    private void head() {
        var site = plan.site();
        var whole = WIDTH - 2 * MARGIN;
        out.name(MARGIN, 40, Style.plain(22, whole), words.of("title", site.name()));
        out.name(
                MARGIN,
                62,
                Style.plain(12, whole).in("#555"),
                words.of(
                        "subtitle",
                        site.identity().site(),
                        site.identity().gateway(),
                        plan.siteSha256().substring(0, 12)));
        out.box(MARGIN, 74, whole, 66, "warn");
        for (int i = 1; i <= 3; i++) {
            out.words(
                    MARGIN + 12, 74 + i * 19, Style.plain(13, whole - 20), words.of("safety." + i));
        }
        out.words(MARGIN, 158, Style.plain(12, whole).in("#555"), words.of("legend"));
        out.words(
                MARGIN,
                TOP + ROWS * PITCH + 24,
                Style.plain(12, whole).in("#555"),
                words.of("absent"));
    }

    private void header() {
        out.box(WIDTH / 2.0 - 46, TOP - 20, 92, ROWS * PITCH + 6, "board");
        var used = terminals.stream().map(t -> t.pin().number()).collect(Collectors.toSet());
        var others =
                terminals.stream().flatMap(t -> t.others().stream()).collect(Collectors.toSet());
        for (var pin : Header.pins()) {
            var x = x(pin);
            var name = pin.isGpio() ? "GPIO " + pin.name() : pin.name();
            out.open(
                    "class=\"pin\" data-physical=\"%d\" data-name=\"%s\""
                            .formatted(pin.number(), name));
            if (pin.number() == 1) {
                out.box(x - 14, y(pin) - 14, 28, 28, "free");
            }
            out.dot(x, y(pin), 12, looks(pin, used, others));
            out.words(
                    x,
                    y(pin) + 4,
                    Style.plain(11, 24)
                            .at(Anchor.MIDDLE)
                            .in(isDark(pin, used, others) ? "#fff" : "#222"),
                    String.valueOf(pin.number()));
            out.words(
                    pin.isOdd() ? x - 32 : x + 32,
                    y(pin) + 4,
                    Style.plain(12, 56).at(pin.isOdd() ? Anchor.END : Anchor.START),
                    name);
            out.close();
        }
    }

    private static String looks(Header.Pin pin, Set<Integer> used, Set<Integer> others) {
        if (pin.isGpio()) {
            return used.contains(pin.number()) ? "gpio" : "free";
        }
        if (!others.contains(pin.number())) {
            return "idle";
        }
        return pin.name().equals("GND") ? "ground" : "supply";
    }

    private static boolean isDark(Header.Pin pin, Set<Integer> used, Set<Integer> others) {
        return used.contains(pin.number()) || others.contains(pin.number());
    }

    private void terminal(Terminal terminal) {
        var pin = terminal.pin();
        var left = pin.isOdd() ? MARGIN : WIDTH - MARGIN - BOX;
        var edge = pin.isOdd() ? MARGIN + BOX : WIDTH - MARGIN - BOX;
        out.open(
                "class=\"terminal\" data-physical=\"%d\" data-bcm=\"%d\""
                        .formatted(pin.number(), pin.bcm()));
        out.line(edge, y(pin), pin.isOdd() ? x(pin) - 90 : x(pin) + 90, y(pin));
        out.box(left, y(pin) - 16, BOX, 32, "used");
        out.name(left + 8, y(pin) - 2, Style.plain(13, BOX - 16), terminal.title());
        out.words(left + 8, y(pin) + 12, Style.plain(11, BOX - 16).in("#444"), terminal.detail());
        out.close();
    }

    private static double x(Header.Pin pin) {
        return WIDTH / 2.0 + (pin.isOdd() ? -22 : 22);
    }

    private static int y(Header.Pin pin) {
        return TOP + (pin.number() - 1) / 2 * PITCH;
    }
}
