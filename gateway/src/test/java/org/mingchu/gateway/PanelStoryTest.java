package org.mingchu.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mingchu.config.Advice;
import org.mingchu.config.AdviceReader;
import org.mingchu.config.Checked;
import org.mingchu.config.HostPort;
import org.mingchu.gateway.desk.Acts;
import org.mingchu.gateway.desk.Deed;
import org.mingchu.gateway.desk.Desk;
import org.mingchu.gateway.desk.Floor;
import org.mingchu.gateway.desk.Listening;
import org.mingchu.gateway.desk.Sessions;
import org.mingchu.gateway.desk.SignIn;
import org.mingchu.gateway.judge.Duties;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.Remedy;
import org.mingchu.gateway.judge.Role;
import org.mingchu.gateway.judge.State;
import org.mingchu.gateway.judge.Strength;
import org.mingchu.gateway.keep.People;
import org.mingchu.gateway.keep.People.Member;
import org.mingchu.gateway.show.Chromium;
import org.mingchu.gateway.show.Page;
import org.mingchu.gateway.show.Tile;
import org.mingchu.gateway.show.Trends;
import org.mingchu.gateway.show.Verbs;
import org.mingchu.sensors.Moment;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * What people do at the kitchen's panel, finger by finger: a real browser, a real page, the real
 * desk, judge and people's file. The kitchen's time stands still while they tap.
 */
class PanelStoryTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final String PIN = "493817";

    @TempDir private static Path profile;
    @TempDir private Path folder;
    private static Optional<Chromium> browser = Optional.empty();

    private final long begunNs = System.nanoTime();
    private final SecureRandom chance = new SecureRandom();
    private final Object oneAtATime = new Object();
    private Floor floor;
    private People people;
    private Page page;

    @BeforeAll
    static void start() throws Exception {
        var wanted = Boolean.getBoolean("mingchu.peers.required");
        Assumptions.assumeTrue(wanted || Chromium.installed().isPresent(), "no chromium");
        browser = Optional.of(new Chromium(profile.resolve("profile")));
    }

    @AfterAll
    static void end() {
        browser.ifPresent(Chromium::close);
    }

    @BeforeEach
    void open() {
        people = People.open(folder);
        people.add(new Member("p-01", Role.MANAGER, "王秀英"));
        people.add(new Member("p-02", Role.SAFETY_OFFICER, "李志强"));
        people.add(new Member("p-03", Role.STAFF, "<img src=x onerror=document.title='owned'>陈"));
        people.givePin("p-01", PIN, chance);
        floor = Floor.withBuzzer(folder);
        floor.air(4_000, Duration.ofMinutes(5)).air(12_000, Duration.ofMinutes(20));
        page = page();
        chromium().size(800, 480);
        chromium().scheme("light");
        chromium().open("http://127.0.0.1:" + page.port() + "/");
        chromium().evaluate("localStorage.clear()");
        chromium().until(SOON, "document.querySelectorAll('unit-tile').length > 0");
    }

    @AfterEach
    void close() {
        page.close();
        people.close();
    }

    private Page page() {
        var acts = acts();
        var desk = new Desk(this::state, this::role, this::keep);
        var sessions = new Sessions(this::now, chance, this::role);
        var signIn =
                new SignIn(
                        new SignIn.Proofs(
                                this::role,
                                (id, pin) -> people.pinOf(id).test(pin),
                                number -> people.byBadge(number).map(Member::id)),
                        sessions,
                        this::now,
                        this::say);
        var listening = new Listening(this::now, () -> true, this::keep);
        return new Page(
                new HostPort("127.0.0.1", 0),
                floor.plan(),
                advice(),
                new Verbs(
                        this::state,
                        () ->
                                people.list().stream()
                                        .map(m -> new Tile(m.id(), m.name(), m.role()))
                                        .toList(),
                        _ -> 0,
                        (alarm, by) ->
                                Agent.refusal(
                                        desk.acknowledge(
                                                alarm,
                                                by.person(),
                                                by.strength(),
                                                Optional.empty())),
                        () -> Agent.refusal(desk.silence()),
                        (_, _) -> Optional.empty(),
                        new Reception(signIn, sessions).entrance(),
                        (_, _) -> new Trends.Answer.Unknown(),
                        new CareDesk(acts, listening, this::role).aftercare()),
                this::now,
                new Fact.Started("test", false));
    }

    /** The floor's desk over what this kitchen keeps. */
    private Acts acts() {
        return floor.acts(this::keep);
    }

    private CompletableFuture<Long> keep(Fact fact) {
        say(fact);
        return CompletableFuture.completedFuture(1L);
    }

    private void say(Fact fact) {
        synchronized (oneAtATime) {
            floor.keeps(fact);
        }
        page.changed();
    }

    private State state() {
        synchronized (oneAtATime) {
            return floor.state();
        }
    }

    private Moment now() {
        var elapsedNs = System.nanoTime() - begunNs;
        return floor.now().before(-elapsedNs);
    }

    private Optional<Role> role(String person) {
        return people.find(person).map(Member::role);
    }

    private static List<Advice> advice() {
        return Stream.of("zh-CN", "en")
                .map(language -> Path.of("src/main/etc/advice", language + ".toml"))
                .map(file -> ((Checked.Good<Advice>) AdviceReader.read(file)).value())
                .toList();
    }

    @Test
    void an_alarm_is_taken_seen_to_and_verified_with_a_pin() throws IOException {
        take();
        tap("alarm-banner .did");
        until("document.querySelectorAll('correct-panel .tile').length === 7");
        photograph("800x480-correct-cause.png");
        choose("correct-panel .tile", "门没关好");
        choose("correct-panel .tile", "关好门");
        until("document.querySelector('correct-panel h2').innerText.includes('食品怎么处理')");
        photograph("800x480-correct-food.png");
        choose("correct-panel .tile", "丢弃");
        for (var key : List.of("2", ".", "5")) {
            choose("correct-panel .key", key);
        }
        photograph("800x480-correct-amount.png");
        tap("correct-panel .done");
        until("document.querySelector('correct-panel h2').innerText.includes('再量一次')");
        choose("correct-panel .key", "5");
        tap("correct-panel .done");
        until("!document.querySelector('correct-panel .save').hidden");
        assertThat(text("correct-panel .so-far"))
                .isEqualTo("门没关好 · 关好门 · 丢弃 2.5 kg · 复测 5.0\u00a0°C");
        photograph("800x480-correct-save.png");
        tap("correct-panel .save");
        until("document.querySelector('main').dataset.view === 'names'");
        choose("name-tiles .tile", "王秀英");

        // To throw food away takes a PIN.
        pin("王秀英", "800x480-pin.png");
        until("document.querySelector('main').dataset.view !== 'pad'");
        until("!document.querySelector('pin-pad .pad').checkVisibility()");
        settled(() -> one().done().isPresent());
        var done = one().done().orElseThrow();
        assertThat(done.remedy().fate()).isEqualTo(Remedy.Fate.DISCARDED);
        assertThat(done.remedy().grams()).hasValue(2_500);
        assertThat(done.remedy().againMilli()).hasValue(5_000);
        assertThat(done.person().strength()).isEqualTo(Strength.PIN);

        synchronized (oneAtATime) {
            floor.air(4_000, Duration.ofMinutes(30));
        }
        page.changed();
        openNight();
        until("document.querySelector('night-panel .case[data-owed=verify]') !== null");
        photograph("800x480-night.png");
        tap("night-panel .case[data-owed=verify] button");
        // Half an hour has gone by in the kitchen: the session has ended, and is asked for anew.
        pin("王秀英", "800x480-pin-again.png");
        settled(() -> one().verified());
        assertThat(text("top-line")).contains("王秀英 退出");
    }

    @Test
    void what_is_still_wrong_cannot_be_verified_at_the_panel() {
        take();
        synchronized (oneAtATime) {
            acts().on(
                            new Deed.Remedies(
                                    floor.alarmOf("chilled-high"),
                                    new Remedy(
                                            Remedy.Cause.DOOR,
                                            Remedy.Action.CLOSED_DOOR,
                                            Remedy.Fate.KEPT,
                                            OptionalLong.empty(),
                                            Optional.empty(),
                                            "",
                                            OptionalLong.empty())),
                            new Deed.By("p-03", Strength.TAP));
        }
        openNight();
        until("document.querySelector('night-panel .case') !== null");
        assertThat(evaluate("document.querySelector('night-panel [data-owed=verify]')"))
                .isEqualTo("null");
    }

    @Test
    void a_wrong_pin_is_said_and_the_fifth_closes_the_pad_for_a_minute() throws IOException {
        tap("top-line .switches button:nth-child(2)");
        until("document.querySelectorAll('pin-pad .tile').length === 3");
        choose("pin-pad .tile", "王秀英");
        for (var i = 0; i < 5; i++) {
            type("111222");
            until("!document.querySelector('pin-pad .word').innerText.includes('正在核对')");
            until("document.querySelector('pin-pad .word').innerText !== ''");
        }
        type(PIN);
        until("document.querySelector('pin-pad .word').innerText.includes('试的次数太多')");
        photograph("800x480-pin-locked.png");
        assertThat(text("pin-pad .word")).contains("请等");
    }

    @Test
    void a_badge_signs_in_whatever_has_the_focus() {
        var number = people.giveBadge("p-02", chance).orElseThrow();
        evaluate(
                """
                (() => {
                  for (const key of [...'%s', 'Enter']) {
                    document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
                  }
                })()\
                """
                        .formatted(number));
        until("document.querySelector('top-line').innerText.includes('李志强 退出')");
        assertThat(evaluate("document.documentElement.dataset.role")).isEqualTo("safety-officer");
        tap("top-line [data-guest=true]");
        until("!document.querySelector('top-line').innerText.includes('李志强')");
    }

    @Test
    void a_name_is_a_name_and_no_program() {
        tap("alarm-banner .take");
        until("document.querySelectorAll('name-tiles .tile').length === 3");
        assertThat(text("name-tiles")).contains("<img src=x");
        assertThat(evaluate("document.querySelectorAll('name-tiles img').length")).isEqualTo("0");
        choose("name-tiles .tile", "<img");
        until("/<img.*来处理/.test(document.querySelector('alarm-banner .facts').textContent)");
        assertThat(evaluate("document.title")).isEqualTo("明厨 Mingchu");
    }

    @Test
    void the_first_of_a_day_tests_the_buzzer_and_answers_for_the_night() throws IOException {
        assertThat(text("top-line .today")).isEqualTo("◆ 昨夜 1");
        take();
        openNight();
        photograph("800x480-night-first.png");
        tap("night-panel .test");
        until("!document.querySelector('night-panel .deaf').hidden");
        photograph("800x480-night-heard.png");
        tap("night-panel .deaf");
        settled(() -> state().openAlarms().stream().anyMatch(e -> e.rule().equals("buzzer")));
        until("document.querySelector('night-panel .question').innerText.includes('上次没有听到')");

        tap("night-panel .act");
        until("document.querySelector('main').dataset.view === 'names'");
        choose("name-tiles .tile", "李志强");
        settled(() -> state().duties().reviewed().isPresent());
        until("document.querySelector('top-line .today').innerText.includes('待办')");
    }

    @ParameterizedTest
    @CsvSource({"1", "1.25", "1.5"})
    void nothing_is_cut_off_and_every_key_is_large_enough(String size) throws IOException {
        take();
        evaluate("document.documentElement.dataset.type = '" + size + "'");
        openNight();
        fits("night", size);
        tap("night-panel .case button");
        until("document.querySelectorAll('correct-panel .tile').length === 7");
        fits("cause", size);
        choose("correct-panel .tile", "停电");
        choose("correct-panel .tile", "取出一部分");
        choose("correct-panel .tile", "丢弃");
        until("!document.querySelector('correct-panel .number').hidden");
        fits("amount", size);
        tap("top-line .switches button:nth-child(2)");
        until("document.querySelectorAll('pin-pad .tile').length === 3");
        choose("pin-pad .tile", "王秀英");
        fits("pin", size);
        assertThat(
                        Double.parseDouble(
                                evaluate(
                                        "Math.min(...[...document.querySelectorAll('pin-pad .key')]"
                                                + ".map((k) => Math.min(k.getBoundingClientRect().height,"
                                                + " k.getBoundingClientRect().width)))")))
                .isGreaterThanOrEqualTo(64);
    }

    private void fits(String name, String size) throws IOException {
        photograph("800x480-%s-%s.png".formatted(name, size));
        if (size.equals("1")) {
            assertThat(
                            evaluate(
                                    """
                                    [...document.querySelectorAll('main button')]
                                      .filter((e) => e.checkVisibility())
                                      .filter((e) => e.getBoundingClientRect().bottom > innerHeight)
                                      .map((e) => e.textContent)
                                      .join(' | ')\
                                    """))
                    .as(name + " below the edge")
                    .isEqualTo("");
        }
        assertThat(
                        evaluate(
                                """
                                [...document.querySelectorAll('kitchen-page, kitchen-page *')]
                                  .filter((e) => e.checkVisibility() && getComputedStyle(e).display !== 'inline')
                                  .filter((e) => e.scrollWidth > e.clientWidth + 1)
                                  .map((e) => e.tagName + '.' + e.className + ':' + e.textContent)
                                  .join(' | ')\
                                """))
                .as(name)
                .isEqualTo("");
    }

    private void take() {
        until("!document.querySelector('alarm-banner').hidden");
        tap("alarm-banner .take");
        until("document.querySelectorAll('name-tiles .tile').length === 3");
        choose("name-tiles .tile", "李志强");
        until("!document.querySelector('alarm-banner .did').hidden");
    }

    private void openNight() {
        until("!document.querySelector('top-line .today').hidden");
        tap("top-line .today");
        until("document.querySelector('main').dataset.view === 'night'");
    }

    private void pin(String who, String picture) throws IOException {
        until("document.querySelector('main').dataset.view === 'pad'");
        assertThat(text("pin-pad h2")).startsWith(who);
        photograph(picture);
        type(PIN);
    }

    private void type(String digits) {
        digits.chars().forEach(digit -> choose("pin-pad .key", String.valueOf((char) digit)));
    }

    /** Taps the one with these words. */
    private void choose(String selector, String words) {
        var found =
                "[...document.querySelectorAll('%s')].find((e) => e.innerText.startsWith(\"%s\"))"
                        .formatted(selector, words);
        until(found + " !== undefined");
        evaluate(found + ".setAttribute('data-choice', 'this')");
        tap("[data-choice=this]");
        evaluate(
                "document.querySelectorAll('[data-choice]').forEach((e) =>"
                        + " e.removeAttribute('data-choice'))");
    }

    /** What was tapped is kept a moment later, by the server's thread. */
    private void settled(BooleanSupplier there) {
        var endNs = System.nanoTime() + SOON.toNanos();
        while (!there.getAsBoolean()) {
            assertThat(System.nanoTime()).as("kept in time").isLessThan(endNs);
            LockSupport.parkNanos(5_000_000);
        }
    }

    private Duties.Case one() {
        return state().duties().cases().values().stream()
                .filter(each -> each.rule().equals("chilled-high"))
                .findFirst()
                .orElseThrow();
    }

    private static void tap(String selector) {
        chromium().tap(selector);
    }

    private static void until(String script) {
        chromium().until(SOON, script);
    }

    private static String text(String selector) {
        return evaluate("document.querySelector('" + selector + "').innerText");
    }

    private static String evaluate(String script) {
        return chromium().evaluate(script);
    }

    private static void photograph(String name) throws IOException {
        chromium().photograph(Path.of("target", "panel", name));
    }

    private static Chromium chromium() {
        return browser.orElseThrow();
    }
}
