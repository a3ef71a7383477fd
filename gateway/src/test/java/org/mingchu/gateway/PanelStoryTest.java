package org.mingchu.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mingchu.gateway.desk.Deed;
import org.mingchu.gateway.judge.AccessEvent;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.Remedy;
import org.mingchu.gateway.judge.Strength;
import org.mingchu.gateway.show.Chromium;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What people do at the kitchen's panel, finger by finger: a real browser, a real page, the real
 * desk, judge and people's file. The kitchen's time stands still while they tap.
 */
class PanelStoryTest {
    @TempDir private static Path profile;
    @TempDir private Path folder;
    private static Optional<Chromium> browser = Optional.empty();
    private Panel panel;

    @BeforeAll
    static void start() throws Exception {
        browser = Optional.of(Chromium.open(profile.resolve("profile")));
    }

    @AfterAll
    static void end() {
        browser.ifPresent(Chromium::close);
    }

    @BeforeEach
    void open() {
        panel = new Panel(folder, browser.orElseThrow());
        panel.air(12_000, Duration.ofMinutes(20));
        panel.open();
    }

    @AfterEach
    void close() {
        panel.close();
    }

    @Test
    void an_alarm_is_taken_seen_to_and_verified_with_a_pin() throws IOException {
        panel.take();
        panel.tap("alarm-banner .did");
        panel.until("document.querySelectorAll('correct-panel .tile').length === 7");
        panel.photograph("800x480-correct-cause.png");
        panel.choose("correct-panel .tile", "门没关好");
        panel.choose("correct-panel .tile", "关好门");
        panel.until("document.querySelector('correct-panel h2').innerText.includes('食品怎么处理')");
        panel.photograph("800x480-correct-food.png");
        panel.choose("correct-panel .tile", "丢弃");
        for (var key : List.of("2", ".", "5")) {
            panel.choose("correct-panel .key", key);
        }
        panel.photograph("800x480-correct-amount.png");
        panel.tap("correct-panel .done");
        panel.until("document.querySelector('correct-panel h2').innerText.includes('再量一次')");
        panel.choose("correct-panel .key", "5");
        panel.tap("correct-panel .done");
        panel.until("!document.querySelector('correct-panel .save').hidden");
        assertThat(panel.text("correct-panel .so-far"))
                .isEqualTo("门没关好 · 关好门 · 丢弃 2.5 kg · 复测 5.0\u00a0°C");
        panel.photograph("800x480-correct-save.png");
        panel.tap("correct-panel .save");
        panel.until("document.querySelector('main').dataset.view === 'names'");
        panel.choose("name-tiles .tile", "王秀英");

        // To throw food away takes a PIN.
        panel.pin("王秀英", "800x480-pin.png");
        panel.until("document.querySelector('main').dataset.view !== 'pin-pad'");
        panel.until("!document.querySelector('pin-pad .pad').checkVisibility()");
        panel.settled(() -> panel.one().done().isPresent());
        var done = panel.one().done().orElseThrow();
        assertThat(done.remedy().fate()).isEqualTo(Remedy.Fate.DISCARDED);
        assertThat(done.remedy().grams()).hasValue(2_500);
        assertThat(done.remedy().againMilli()).hasValue(5_000);
        assertThat(done.person().strength()).isEqualTo(Strength.PIN);

        panel.air(4_000, Duration.ofMinutes(30));
        panel.openNight();
        panel.until("document.querySelector('night-panel .case[data-owed=verify]') !== null");
        panel.photograph("800x480-night.png");
        panel.tap("night-panel .case[data-owed=verify] button");
        // Half an hour has gone by in the kitchen: the session has ended, and is asked for anew.
        panel.pin("王秀英", "800x480-pin-again.png");
        panel.settled(() -> panel.one().verified());
        assertThat(panel.text("top-line")).contains("王秀英 退出");
    }

    @Test
    void what_is_still_wrong_cannot_be_verified_at_the_panel() {
        panel.take();
        panel.does(
                new Deed.Remedies(
                        panel.alarmOf("chilled-high"),
                        new Remedy(
                                Remedy.Cause.DOOR,
                                Remedy.Action.CLOSED_DOOR,
                                Remedy.Fate.KEPT,
                                OptionalLong.empty(),
                                Optional.empty(),
                                "",
                                OptionalLong.empty())),
                "p-03");
        panel.openNight();
        panel.until("document.querySelector('night-panel .case') !== null");
        assertThat(panel.evaluate("document.querySelector('night-panel [data-owed=verify]')"))
                .isEqualTo("null");
    }

    @Test
    void a_wrong_pin_is_said_and_the_fifth_closes_the_pad_for_a_minute() throws IOException {
        panel.tap("top-line .sign");
        panel.until("document.querySelectorAll('pin-pad .tile').length === 3");
        panel.choose("pin-pad .tile", "王秀英");
        for (var i = 0; i < 5; i++) {
            panel.type("111222");
            panel.until("!document.querySelector('pin-pad .word').innerText.includes('正在核对')");
            panel.until("document.querySelector('pin-pad .word').innerText !== ''");
        }
        panel.type(Panel.PIN);
        panel.until("document.querySelector('pin-pad .word').innerText.includes('试的次数太多')");
        panel.photograph("800x480-pin-locked.png");
        assertThat(panel.text("pin-pad .word")).contains("请等");
    }

    @Test
    void a_badge_signs_in_whatever_has_the_focus() {
        var number = panel.badge("p-02");
        panel.evaluate(
                """
                (() => {
                  for (const key of [...'%s', 'Enter']) {
                    document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
                  }
                })()\
                """
                        .formatted(number));
        panel.until("document.querySelector('top-line').innerText.includes('李志强 退出')");
        assertThat(panel.evaluate("document.documentElement.dataset.role"))
                .isEqualTo("safety-officer");
        panel.tap("top-line [data-guest=true]");
        panel.until("!document.querySelector('top-line').innerText.includes('李志强')");
    }

    @Test
    void a_name_is_a_name_and_no_program() {
        panel.tap("alarm-banner .take");
        panel.until("document.querySelectorAll('name-tiles .tile').length === 3");
        assertThat(panel.text("name-tiles")).contains("<img src=x");
        assertThat(panel.evaluate("document.querySelectorAll('name-tiles img').length"))
                .isEqualTo("0");
        panel.choose("name-tiles .tile", "<img");
        panel.until("/<img.*来处理/.test(document.querySelector('alarm-banner .facts').textContent)");
        assertThat(panel.evaluate("document.title")).isEqualTo("明厨 Mingchu");
    }

    @Test
    void the_first_of_a_day_tests_the_buzzer_and_answers_for_the_night() throws IOException {
        assertThat(panel.text("top-line .today")).isEqualTo("◆ 昨夜 1");
        panel.take();
        panel.openNight();
        panel.photograph("800x480-night-first.png");
        panel.tap("night-panel .test");
        panel.until("!document.querySelector('night-panel .deaf').hidden");
        panel.photograph("800x480-night-heard.png");
        panel.tap("night-panel .deaf");
        panel.settled(
                () -> panel.state().openAlarms().stream().anyMatch(e -> e.rule().equals("buzzer")));
        panel.until("document.querySelector('night-panel .question').innerText.includes('上次没有听到')");

        panel.tap("night-panel .act");
        panel.until("document.querySelector('main').dataset.view === 'names'");
        panel.choose("name-tiles .tile", "李志强");
        panel.settled(() -> panel.state().duties().reviewed().isPresent());
        panel.until("document.querySelector('top-line .today').innerText.includes('待办')");
    }

    @Test
    void whoever_held_the_button_and_has_the_label_gives_the_manager_a_new_pin()
            throws IOException {
        assertThat(panel.evaluate("document.querySelector('top-line .new-pin').hidden"))
                .isEqualTo("true");
        panel.buttonHeld();
        panel.evaluate("document.querySelector('kitchen-page').guest.look()");
        panel.until("!document.querySelector('top-line .new-pin').hidden");
        panel.tap("top-line .new-pin");
        panel.until("document.querySelectorAll('new-pin .key').length === 11");
        panel.photograph("800x480-new-pin.png");
        newPin("40712", "95836");
        newPin("271828");
        newPin("271829");
        panel.until("document.querySelector('new-pin .word').innerText.includes('不一样')");
        newPin("271828");
        newPin("271828");
        panel.settled(() -> panel.people().pinOf("p-01").test("271828"));
        assertThat(panel.access())
                .containsExactly(new Fact.Access(AccessEvent.PIN_RESET, Optional.of("p-01")));
        assertThat(panel.sounded()).isEqualTo(2);
        panel.until("document.querySelector('top-line .new-pin').hidden");
    }

    private void newPin(String... digits) {
        for (var some : digits) {
            some.chars().forEach(d -> panel.choose("new-pin .key", String.valueOf((char) d)));
        }
    }

    @ParameterizedTest
    @CsvSource({"1", "1.25", "1.5"})
    void nothing_is_cut_off_and_every_key_is_large_enough(String size) throws IOException {
        panel.take();
        panel.evaluate("document.documentElement.dataset.type = '" + size + "'");
        panel.openNight();
        panel.fits("night", size);
        panel.tap("night-panel .case button");
        panel.until("document.querySelectorAll('correct-panel .tile').length === 7");
        panel.fits("cause", size);
        panel.choose("correct-panel .tile", "停电");
        panel.choose("correct-panel .tile", "取出一部分");
        panel.choose("correct-panel .tile", "丢弃");
        panel.until("!document.querySelector('correct-panel .number').hidden");
        panel.fits("amount", size);
        panel.tap("top-line .sign");
        panel.until("document.querySelectorAll('pin-pad .tile').length === 3");
        panel.choose("pin-pad .tile", "王秀英");
        panel.fits("pin", size);
        assertThat(
                        Double.parseDouble(
                                panel.evaluate(
                                        "Math.min(...[...document.querySelectorAll('pin-pad .key')]"
                                                + ".map((k) => Math.min(k.getBoundingClientRect().height,"
                                                + " k.getBoundingClientRect().width)))")))
                .isGreaterThanOrEqualTo(64);
    }
}
