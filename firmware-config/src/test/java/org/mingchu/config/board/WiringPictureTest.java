package org.mingchu.config.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;

class WiringPictureTest {
    private static final int WIDTH = 1000;

    @TempDir Path temp;

    record Drawn(Path site, String language) {
        @Override
        public String toString() {
            return site.getFileName() + " " + language;
        }
    }

    static Stream<Drawn> all() {
        return Boards.sites().stream()
                .flatMap(site ->
                        Stream.of("zh-CN", "en").map(language -> new Drawn(site, language)));
    }

    /** The files stay in target/wiring, to be looked at. */
    @ParameterizedTest
    @MethodSource("all")
    void every_pin_agrees_with_the_published_table(Drawn drawn) throws Exception {
        var svg = draw(drawn);
        var published = published();

        var pins = new TreeMap<Integer, String>();
        for (var pin : elements(svg, "pin")) {
            pins.put(
                    Integer.valueOf(pin.getAttribute("data-physical")),
                    pin.getAttribute("data-name").replace(" ", ""));
        }
        assertThat(pins).isEqualTo(published);
        assertThat(elements(svg, "terminal"))
                .isNotEmpty()
                .allSatisfy(terminal -> {
                    var physical = Integer.valueOf(terminal.getAttribute("data-physical"));
                    assertThat(published)
                            .containsEntry(physical, "GPIO" + terminal.getAttribute("data-bcm"));
                });
    }

    @ParameterizedTest
    @MethodSource("all")
    void every_pin_of_the_site_file_is_drawn_once_and_no_other(Drawn drawn) throws Exception {
        var drawnPins =
                elements(draw(drawn), "terminal").stream()
                        .map(terminal -> Integer.valueOf(terminal.getAttribute("data-bcm")))
                        .toList();

        assertThat(drawnPins)
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(Boards.board(drawn.site()).pins().keySet());
    }

    @ParameterizedTest
    @MethodSource("all")
    void no_text_leaves_the_sheet_or_lies_on_another(Drawn drawn) throws Exception {
        var svg = draw(drawn);
        var height = Integer.parseInt(svg.getDocumentElement().getAttribute("height"));
        var places = places(svg);

        assertThat(places).hasSizeGreaterThan(60);
        for (int i = 0; i < places.size(); i++) {
            var one = places.get(i);
            assertThat(one.left()).as(one.text()).isGreaterThanOrEqualTo(0);
            assertThat(one.right()).as(one.text()).isLessThanOrEqualTo(WIDTH);
            assertThat(one.bottom()).as(one.text()).isLessThanOrEqualTo(height);
            for (var other : places.subList(i + 1, places.size())) {
                assertThat(one.lieson(other)).as(one + " lies on " + other).isFalse();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void mains_are_left_to_an_electrician(Drawn drawn) throws Exception {
        var words = places(draw(drawn)).stream().map(Place::text).toList();

        assertThat(words)
                .anyMatch(text -> text.contains("电工经继电器或光耦") || text.contains("electrician"));
        assertThat(words).noneMatch(text -> text.matches(".*(230 V|~|L1|零线|火线).*"));
    }

    @Test
    void what_a_wire_needs_to_know_stands_at_its_pin() throws Exception {
        var svg = draw(new Drawn(Boards.EVERY_BUS, "en"));
        var said = new TreeMap<String, String>();
        for (var terminal : elements(svg, "terminal")) {
            said.put(terminal.getAttribute("data-bcm"), terminal.getTextContent().strip());
        }

        assertThat(said.get("17")).contains("Cold store · door contact · cold-1-door", "GND pin 9");
        assertThat(said.get("20")).contains("mains-fail (optocoupler)", "GND pin 39");
        assertThat(said.get("4")).contains("2 in all", "3V3 pin 1", "4.7 kΩ");
        assertThat(said.get("2")).contains("I²C SDA: clock, cold-1-humidity");
        assertThat(said.get("10")).contains("SPI MOSI: cold-1-pt100");
        assertThat(said.get("8")).contains("CE0");
        assertThat(said.get("7")).contains("CE1");
        assertThat(said.get("14")).contains("TXD", "rs485-1");
        assertThat(said.get("22")).contains("buzzer", "transistor", "GND pin 14");
        assertThat(svg.getElementsByTagName("g").getLength()).isGreaterThan(60);
        assertThat(circuits(svg))
                .containsExactly("one-wire", "contact", "output", "mains", "i2c", "spi", "uart");
        assertThat(circuits(draw(new Drawn(Boards.MINI, "en"))))
                .containsExactly("one-wire", "contact", "output");
    }

    @Test
    void names_of_people_s_own_cannot_break_the_picture() throws Exception {
        var site =
                Files.readString(Boards.MINI)
                        .replace("中心户 7 号助餐点", "<b>&\\\"" + "长".repeat(110))
                        .replace(
                                "[annunciator]",
                                "  [[unit.sensor]]\nid = \"d\"\nmeasures = \"door\"\nsource = \"gpio:17\"\n[annunciator]")
                        .replace("\"留样盒\"", "\"" + "很长的名字".repeat(20) + "\"");
        var file = Files.writeString(temp.resolve("site.toml"), site);

        var texts = places(draw(new Drawn(file, "zh-CN"))).stream().map(Place::text).toList();
        assertThat(texts).anyMatch(text -> text.startsWith("接线图: <b>&\"长长") && text.endsWith("…"));
        assertThat(texts).anyMatch(text -> text.startsWith("很长的名字") && text.endsWith("…"));
    }

    @Test
    void words_that_do_not_fit_are_refused_while_we_write_them() {
        var drawing = new Drawing();
        var style = Drawing.Style.plain(12, 100);

        drawing.words(0, 0, style, "八个汉字刚好不出");
        assertThatThrownBy(() -> drawing.words(0, 0, style, "九个汉字就放不下了"))
                .hasMessageContaining("does not fit into 100");
    }

    private static Map<Integer, String> published() throws IOException {
        var published = new TreeMap<Integer, String>();
        var row = Pattern.compile("\\s*(\\w+)\\s+\\((\\d+)\\) \\((\\d+)\\)\\s+(\\w+)");
        for (var line : Files.readAllLines(Boards.RESOURCES.resolve("board/header.txt"))) {
            var match = row.matcher(line);
            if (match.matches()) {
                published.put(Integer.valueOf(match.group(2)), match.group(1));
                published.put(Integer.valueOf(match.group(3)), match.group(4));
            }
        }
        return published;
    }

    private static Document draw(Drawn drawn)
            throws IOException, ParserConfigurationException, SAXException {
        var svg = WiringPicture.of(Boards.plan(drawn.site()), drawn.language());
        var name = drawn.site().getFileName().toString().replace(".toml", "");
        var folder = Files.createDirectories(Path.of("target/wiring"));
        Files.writeString(folder.resolve(name + "." + drawn.language() + ".svg"), svg);
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<Element> elements(Document svg, String what) {
        return groups(svg).stream().filter(g -> g.getAttribute("class").equals(what)).toList();
    }

    private static List<String> circuits(Document svg) {
        return groups(svg).stream()
                .map(g -> g.getAttribute("data-circuit"))
                .filter(name -> !name.isEmpty())
                .toList();
    }

    private static List<Element> groups(Document svg) {
        var all = svg.getElementsByTagName("g");
        var groups = new ArrayList<Element>();
        for (int i = 0; i < all.getLength(); i++) {
            groups.add((Element) all.item(i));
        }
        return groups;
    }

    /** Where a text lies, by its own measure and not by the drawing's. */
    record Place(String text, double left, double right, double top, double bottom) {
        boolean lieson(Place other) {
            return left < other.right
                    && other.left < right
                    && top < other.bottom
                    && other.top < bottom;
        }
    }

    private static List<Place> places(Document svg) {
        var texts = svg.getElementsByTagName("text");
        var places = new ArrayList<Place>();
        for (int i = 0; i < texts.getLength(); i++) {
            places.add(place((Element) texts.item(i)));
        }
        return places;
    }

    private static Place place(Element text) {
        var size = Double.parseDouble(text.getAttribute("font-size"));
        var width =
                text.getTextContent().codePoints().mapToDouble(c -> c < 0x2E80 ? 0.5 : 1).sum()
                        * size;
        var x = Double.parseDouble(text.getAttribute("x"));
        var y = Double.parseDouble(text.getAttribute("y"));
        var left =
                switch (text.getAttribute("text-anchor")) {
                    case "middle" -> x - width / 2;
                    case "end" -> x - width;
                    default -> x;
                };
        for (var at = text.getParentNode();
                at instanceof Element parent;
                at = parent.getParentNode()) {
            if (parent.getAttribute("transform").startsWith("translate(")) {
                var by = parent.getAttribute("transform").replaceAll("[^0-9 ]", "").split(" ", -1);
                left += Double.parseDouble(by[0]);
                y += Double.parseDouble(by[1]);
            }
        }
        return new Place(
                text.getTextContent(), left, left + width, y - size * 0.75, y + size * 0.2);
    }
}
