package org.mingchu.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mingchu.gateway.judge.AlarmEvent;
import org.mingchu.gateway.judge.AlarmState;
import org.mingchu.gateway.judge.Doing;
import org.mingchu.gateway.judge.Role;
import org.mingchu.gateway.judge.State;
import org.mingchu.gateway.judge.Strength;
import org.mingchu.gateway.keep.People.Member;
import org.mingchu.gateway.show.Chromium;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** What people record at the panel of a unit and with an alarm, finger by finger. */
class PanelActsTest {
    private static final String BANNER_BUTTONS =
            """
            [...document.querySelectorAll('alarm-banner button')]
              .filter((e) => e.checkVisibility()).map((e) => e.className).join(' ')\
            """;

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
    void stand() {
        panel = new Panel(folder, browser.orElseThrow());
    }

    @AfterEach
    void close() {
        panel.close();
    }

    @Test
    void that_a_unit_is_cleaned_takes_a_name_and_no_pin() throws IOException {
        panel.open();
        openActs();
        panel.photograph("800x480-act.png");
        panel.choose("unit-acts .tile", "清洁");
        panel.choose("unit-acts .tile", "30分钟");
        panel.choose("unit-acts .tile", "日常清洁");
        panel.until("!document.querySelector('unit-acts .save').hidden");
        assertThat(panel.text("unit-acts .so-far")).isEqualTo("清洁 · 30分钟 · 日常清洁");
        panel.photograph("800x480-act-save.png");
        panel.tap("unit-acts .save");
        panel.choose("name-tiles .tile", "<img");
        panel.settled(() -> going().isPresent());
        var act = going().orElseThrow();
        assertThat(act.doing()).isEqualTo(Doing.CLEANING);
        assertThat(act.forMs()).isEqualTo(Duration.ofMinutes(30).toMillis());
        assertThat(act.reason()).isEqualTo("日常清洁");
        assertThat(act.person().id()).isEqualTo("p-03");
        panel.until("document.querySelector('main').dataset.view === 'units'");

        // It is over sooner: then that is what can be said.
        panel.until("document.querySelector('unit-tile').dataset.light === 'planned'");
        openActs();
        panel.choose("unit-acts .tile", "恢复使用");
        panel.tap("unit-acts .save");
        panel.choose("name-tiles .tile", "<img");
        panel.settled(() -> going().flatMap(State.Act::ended).isPresent());
    }

    @Test
    void no_longer_time_can_be_chosen_than_the_rules_allow() {
        panel.open();
        openActs();
        panel.choose("unit-acts .tile", "上货");
        var longestMs = panel.plan().pack().acts().loadingLongest().toMillis();
        assertThat(
                        panel.evaluate(
                                "Math.max(...[...document.querySelectorAll('unit-acts .tile')]"
                                        + ".map((e) => Number(e.dataset.id.split(':')[1])))"))
                .isEqualTo(String.valueOf(Duration.ofMillis(longestMs).toMinutes()));
    }

    @Test
    void to_take_a_unit_out_of_use_takes_a_pin_and_a_refusal_is_said_where_it_was_asked()
            throws IOException {
        panel.open();
        openActs();
        panel.choose("unit-acts .tile", "停用");
        panel.choose("unit-acts .tile", "3天");
        panel.choose("unit-acts .tile", "放假停业");
        panel.tap("unit-acts .save");
        // Whoever may not is not asked for.
        panel.until("document.querySelectorAll('name-tiles .tile').length === 2");
        panel.choose("name-tiles .tile", "王秀英");
        panel.pin("王秀英", "800x480-act-pin.png");
        panel.settled(() -> going().isPresent());
        var act = going().orElseThrow();
        assertThat(act.person().strength()).isEqualTo(Strength.PIN);
        assertThat(act.untilMs() - act.begun().wallMs())
                .isBetween(
                        Duration.ofDays(3).toMillis() - 60_000,
                        Duration.ofDays(3).toMillis() + 60_000);
    }

    @Test
    void what_is_measured_by_hand_stands_on_the_tile_only_while_the_probe_is_silent()
            throws IOException {
        panel.open();
        openActs();
        panel.choose("unit-acts .tile", "手工量温");
        for (var key : new String[] {"−", "3", ".", "5"}) {
            panel.choose("unit-acts .key", key);
        }
        panel.tap("unit-acts .done");
        panel.until("!document.querySelector('unit-acts .save').hidden");
        panel.tap("unit-acts .save");
        panel.choose("name-tiles .tile", "<img");
        panel.settled(() -> !panel.state().duties().byHand().isEmpty());
        assertThat(panel.state().duties().byHand())
                .hasEntrySatisfying("cold-1", read -> assertThat(read.milli()).isEqualTo(-3_500));
        panel.until("document.querySelector('main').dataset.view === 'units'");
        assertThat(panel.evaluate("document.querySelector('unit-tile .hand').hidden"))
                .isEqualTo("true");

        panel.silent(Duration.ofMinutes(10));
        panel.until("!document.querySelector('unit-tile .hand').hidden");
        assertThat(panel.text("unit-tile .hand")).startsWith("手工 −3.5").endsWith("前");
        panel.photograph("800x480-by-hand.png");
    }

    @Test
    void an_alarm_is_put_aside_and_taken_up_again_by_whoever_leads() throws IOException {
        panel.air(12_000, Duration.ofMinutes(20));
        panel.open();
        panel.take();
        assertThat(panel.evaluate(BANNER_BUTTONS)).doesNotContain("aside");
        signIn("王秀英");
        // The first who signs in on a day is told of the night.
        panel.tap("night-panel .back");
        panel.until("!document.querySelector('alarm-banner .aside').hidden");
        panel.photograph("800x480-aside.png");
        panel.tap("alarm-banner .aside");
        panel.choose("alarm-acts .tile", "10分钟");
        panel.choose("alarm-acts .tile", "已报修");
        panel.tap("alarm-acts .save");
        panel.settled(() -> high().state() == AlarmState.SHELVED);
        panel.until("document.querySelector('alarm-banner .facts').innerText.includes('已搁置')");
        panel.photograph("800x480-shelved.png");
        panel.tap("alarm-banner .aside");
        // It is judged anew: what still holds is raised again.
        panel.settled(() -> panel.state().shelves().isEmpty());
    }

    @Test
    void an_alarm_says_when_it_calls_next() {
        panel.air(12_000, Duration.ofMinutes(20));
        panel.open();
        panel.take();
        assertThat(panel.text("alarm-banner .facts")).containsPattern("[0-9]+分钟后再响");
    }

    @Test
    void whoever_volunteers_sees_three_pictures_and_two_buttons() throws IOException {
        panel.people().add(new Member("p-04", Role.VOLUNTEER, "赵大爷"));
        panel.givePin("p-04");
        panel.air(12_000, Duration.ofMinutes(20));
        panel.open();
        signIn("赵大爷");
        panel.until("document.documentElement.dataset.face === 'simple'");
        panel.until(
                "[...document.querySelectorAll('alarm-banner img')]"
                        + ".filter((e) => e.checkVisibility() && e.naturalWidth > 0).length === 3");
        assertThat(panel.evaluate(BANNER_BUTTONS)).isEqualTo("take silence");
        panel.fits("simple", "1");
        panel.tap("alarm-banner .take");
        // Who is signed in has said who he is.
        panel.choose("name-tiles .tile", "赵大爷");
        panel.settled(() -> high().person().filter(p -> p.id().equals("p-04")).isPresent());
    }

    @Test
    void a_screen_nobody_looks_at_is_dark_unless_something_waits_for_somebody() {
        panel.open();
        assertThat(shade()).isEqualTo("light");
        panel.evaluate("document.querySelector('kitchen-page').touchedAt -= 301000");
        panel.until("document.documentElement.dataset.dim === 'true'");
        assertThat(shade()).isEqualTo("dark");
        panel.tap("top-line .time");
        assertThat(shade()).isEqualTo("light");

        panel.evaluate("document.querySelector('kitchen-page').touchedAt -= 301000");
        panel.until("document.documentElement.dataset.dim === 'true'");
        panel.air(12_000, Duration.ofMinutes(20));
        panel.until("document.documentElement.dataset.dim === 'false'");
        assertThat(shade()).isEqualTo("light");
    }

    /** Somebody taps sign-in and walks away; then something happens. */
    @Test
    void a_pad_that_was_left_open_stands_in_nobody_s_way() {
        panel.open();
        panel.tap("top-line .sign");
        panel.choose("pin-pad .tile", "王秀英");
        panel.choose("pin-pad .key", "4");
        panel.air(12_000, Duration.ofMinutes(20));
        panel.until("!document.querySelector('alarm-banner').hidden");
        panel.tap("alarm-banner .take");
        panel.choose("name-tiles .tile", "李志强");
        panel.settled(() -> high().state() == AlarmState.ACK_ACTIVE);

        panel.tap("top-line .sign");
        panel.until("document.querySelector('main').dataset.view === 'pin-pad'");
        panel.evaluate("document.querySelector('kitchen-page').touchedAt -= 181000");
        panel.until("document.querySelector('main').dataset.view === 'units'");
    }

    /** What is left at the PIN has not been recorded, and nothing of it has to be said again. */
    @Test
    void who_leaves_the_pad_is_told_that_nothing_was_recorded_and_may_go_on() {
        panel.open();
        openActs();
        panel.choose("unit-acts .tile", "停用");
        panel.choose("unit-acts .tile", "3天");
        panel.choose("unit-acts .tile", "放假停业");
        panel.tap("unit-acts .save");
        panel.choose("name-tiles .tile", "王秀英");
        panel.until("document.querySelector('main').dataset.view === 'pin-pad'");
        panel.tap("pin-pad .back");
        panel.until("document.querySelector('main').dataset.view === 'unit-acts'");
        assertThat(panel.text("unit-acts .word")).contains("密码");
        assertThat(panel.text("unit-acts .so-far")).isEqualTo("停用 · 3天 · 放假停业");
        assertThat(going()).isEmpty();
    }

    private String shade() {
        return panel.evaluate("document.documentElement.dataset.shade");
    }

    private Optional<State.Act> going() {
        return Optional.ofNullable(panel.state().acts().get("cold-1"));
    }

    private AlarmEvent high() {
        return panel.state().openAlarms().stream()
                .filter(event -> event.rule().equals("chilled-high"))
                .findFirst()
                .orElseThrow();
    }

    private void openActs() {
        panel.tap("unit-tile");
        panel.until("document.querySelector('main').dataset.view === 'trend'");
        panel.tap("trend-view .record");
        panel.until("document.querySelectorAll('unit-acts .tile').length > 1");
    }

    private void signIn(String who) throws IOException {
        panel.tap("top-line .sign");
        panel.choose("pin-pad .tile", who);
        panel.pin(who, "800x480-sign-in.png");
        panel.until("document.querySelector('top-line').innerText.includes('" + who + " 退出')");
    }
}
