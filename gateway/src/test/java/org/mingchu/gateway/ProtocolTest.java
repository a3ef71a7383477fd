package org.mingchu.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.mingchu.config.Quantity;
import org.mingchu.gateway.doctor.Finding;
import org.mingchu.gateway.doctor.Status;
import org.mingchu.gateway.judge.AlarmId;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.Fact.Hop;
import org.mingchu.gateway.judge.Fact.Result;
import org.mingchu.gateway.judge.Person;
import org.mingchu.gateway.judge.Role;
import org.mingchu.gateway.judge.Strength;
import org.mingchu.gateway.show.paper.Block;
import org.mingchu.gateway.show.paper.Paper;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Fault;
import org.mingchu.sensors.Moment;
import org.mingchu.sensors.Reading;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The commissioning protocol: its facts, its paper, and that both say the same. */
final class ProtocolTest {
    private static final Moment NOW =
            new Moment(
                    "2f0c7b9e",
                    Duration.ofHours(3).toNanos(),
                    1_796_000_000_000L,
                    ClockState.SYNCED,
                    12);
    private static final Person BY = new Person("p-05", Role.TECHNICIAN, Strength.TAP);
    private static final String KEY = "9f2c61d0" + "7b3a4e55".repeat(7);

    @Test
    void the_paper_says_what_was_installed_and_proven() throws IOException {
        var made = new Protocol(known(), BY, ProtocolWords.in("en")).made();
        var text = text(paper("en", made).drawn(Optional.empty()));
        assertThat(text)
                .contains("Commissioning protocol of the gateway")
                .contains(KEY)
                .contains("label id", "9f2c61d0 ")
                .contains(Film.plan().pack().sha256(), Film.plan().siteSha256())
                .contains("w1:28-000000000006", "-18.4 °C", "silent: crc")
                .contains("2 hops did not happen", "acknowledged by platform market-regulation")
                .contains("12 of 12 acknowledged")
                .contains("passed, 2026-11-30 08:53, p-05")
                .contains("nobody has listened yet")
                .contains("1 failed, 1 to be seen to, 1 fine, 0 not fitted or unknown")
                .contains("1 / 2", "2 / 2", "installer / date");
    }

    @Test
    void the_record_has_the_same_facts_and_none_of_them_is_a_secret() {
        var items = new Protocol(known(), BY, ProtocolWords.in("en")).made().items();
        assertThat(items)
                .extracting(Fact.Item::name)
                .contains(
                        "device.key",
                        "device.rules.hash",
                        "board",
                        "clock",
                        "sensor.freezer-2-air",
                        "drill.person",
                        "platform.market-regulation",
                        "open.summary",
                        "check.clock.rtc");
        assertThat(items).extracting(Fact.Item::value).allMatch(value -> !value.contains("\u001f"));
        assertThat(items).hasSizeLessThan(Fact.Commissioned.ITEMS_MAX);
    }

    @Test
    void the_same_facts_are_the_same_bytes() throws IOException {
        var made = new Protocol(known(), BY, ProtocolWords.in("en")).made();
        assertThat(paper("en", made).drawn(Optional.empty()))
                .isEqualTo(paper("en", made).drawn(Optional.empty()));
    }

    @Test
    void chinese_is_written_with_a_font_of_the_machine() throws IOException {
        assumeThat(Paper.chineseFont()).isPresent();
        var made = new Protocol(known(), BY, ProtocolWords.in("zh-CN")).made();
        var bytes = paper("zh-CN", made).drawn(Paper.chineseFont());
        assertThat(text(bytes)).contains("网关调试验收记录", "立式冷冻柜", "平台确认", "签", "食品安全员");
        assertThat(bytes).as("only what is used of the font").hasSizeLessThan(200_000);
        assertThat(paper("zh-CN", made).drawn(Paper.chineseFont())).isEqualTo(bytes);
        keep("zh", bytes);
        keep(
                "en",
                paper("en", new Protocol(known(), BY, ProtocolWords.in("en")).made())
                        .drawn(Paper.chineseFont()));
    }

    /** Where somebody wants to look at them. */
    private static void keep(String name, byte[] pdf) throws IOException {
        var folder = System.getProperty("mingchu.protocol.keep");
        if (folder != null) {
            Files.write(Path.of(folder, name + ".pdf"), pdf);
        }
    }

    @Test
    void without_such_a_font_names_lose_their_signs_and_nothing_breaks() throws IOException {
        var made = new Protocol(known(), BY, ProtocolWords.in("en")).made();
        assertThat(text(paper("en", made).drawn(Optional.empty()))).contains("?????");
    }

    @Test
    void a_block_comes_back_out_of_its_line() {
        for (var block : new Protocol(known(), BY, ProtocolWords.in("zh-CN")).made().blocks()) {
            assertThat(Block.read(block.written())).isEqualTo(block);
        }
        assertThat(Block.read(new Block.Text("a\nb\u001fc").written()))
                .isEqualTo(new Block.Text("a b c"));
    }

    @Test
    void both_languages_have_the_same_texts_and_fill_the_same_words_in() {
        var zh = ProtocolWords.in("zh-CN");
        var en = ProtocolWords.in("en");
        assertThat(zh.keys()).isEqualTo(en.keys());
        for (var key : zh.keys()) {
            assertThat(holes(zh.raw(key))).as(key).isEqualTo(holes(en.raw(key)));
        }
    }

    private static Set<String> holes(String text) {
        var holes = new TreeSet<String>();
        Pattern.compile("\\{\\w+}")
                .matcher(text)
                .results()
                .forEach(hole -> holes.add(hole.group()));
        return holes;
    }

    private static Paper paper(String language, Protocol.Made made) {
        return new Paper(language, made.foot(), NOW.wallMs(), made.blocks());
    }

    private static String text(byte[] pdf) throws IOException {
        try (var document = Loader.loadPDF(pdf)) {
            return new PDFTextStripper().getText(document);
        }
    }

    private static Protocol.Known known() {
        return new Protocol.Known(
                Film.plan(),
                new Fact.Started("0.1.0", false),
                NOW,
                Optional.of(KEY),
                List.of(
                        new org.mingchu.config.board.Finding(
                                "1-Wire at GPIO 4",
                                "/sys/bus/w1/devices/w1_bus_master1",
                                org.mingchu.config.board.Finding.State.THERE,
                                "")),
                Map.of("freezer-2-air", new Protocol.At<>(measured(-18_400), NOW)),
                Map.of(
                        "freezer-2-air",
                        measured(-19_100),
                        "hot-1-air",
                        new Reading.Silent("hot-1-air", Fault.CRC, "")),
                Optional.of(
                        new Protocol.At<>(
                                new Fact.SelfTested(
                                        List.of(
                                                new Fact.Step("test.lamps", "", Result.PASS, "ok"),
                                                new Fact.Step(
                                                        "test.buzzer", "", Result.PASS, "ok")),
                                        BY),
                                NOW)),
                Optional.empty(),
                Optional.of(new Fact.Drilled(Optional.of(ran()), BY)),
                Map.of("market-regulation", "up"),
                Map.of("market-regulation", new Protocol.Delivered(12, 12, 240, 241)),
                List.of(
                        new Finding("clock.synced", "", Status.OK, "ok", Map.of("error", "12")),
                        new Finding("clock.rtc", "", Status.WARN, "missing", Map.of()),
                        new Finding("disk.space", "", Status.FAIL, "full", Map.of("mib", "3"))));
    }

    private static Fact.Ran ran() {
        return new Fact.Ran(
                Optional.of(AlarmId.of("9f2c61d07b3a4e55", "gateway", "drill", 7)),
                NOW,
                List.of(
                        passed("asked", "", 0),
                        passed("judged", "", 2),
                        passed("kept", "", 9),
                        new Hop("lamp", "", Result.SKIPPED, OptionalLong.empty(), "not-fitted"),
                        passed("buzzer", "", 28),
                        new Hop("page", "", Result.FAIL, OptionalLong.empty(), "nobody"),
                        passed("sent", "market-regulation", 14),
                        passed("broker", "market-regulation", 35),
                        new Hop(
                                "platform",
                                "market-regulation",
                                Result.FAIL,
                                OptionalLong.empty(),
                                "silent"),
                        passed("person", "", 34_200)));
    }

    private static Hop passed(String hop, String of, long ms) {
        return new Hop(hop, of, Result.PASS, OptionalLong.of(ms), "pass");
    }

    private static Reading measured(long milli) {
        return new Reading.Measured(
                "freezer-2-air", Quantity.TEMPERATURE, milli, milli, 0, Set.of());
    }
}
