package org.mingchu.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.mingchu.config.Advice;
import org.mingchu.config.AdviceReader;
import org.mingchu.config.Checked;
import org.mingchu.config.HostPort;
import org.mingchu.config.Plan;
import org.mingchu.gateway.desk.Acts;
import org.mingchu.gateway.desk.Deed;
import org.mingchu.gateway.desk.Desk;
import org.mingchu.gateway.desk.Floor;
import org.mingchu.gateway.desk.Listening;
import org.mingchu.gateway.desk.LostPins;
import org.mingchu.gateway.desk.Sessions;
import org.mingchu.gateway.desk.SignIn;
import org.mingchu.gateway.judge.Duties;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.Role;
import org.mingchu.gateway.judge.State;
import org.mingchu.gateway.judge.Strength;
import org.mingchu.gateway.keep.People;
import org.mingchu.gateway.keep.People.Member;
import org.mingchu.gateway.show.Chromium;
import org.mingchu.gateway.show.Page;
import org.mingchu.gateway.show.Technician;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * A kitchen's panel for tests: a real page over the real desk, judge and people's file, and the
 * browser that shows it. The kitchen's time stands still while somebody taps.
 */
final class Panel implements AutoCloseable {
    static final String PIN = "493817";

    /** On the label of the gateway. */
    static final String CODE = "40712-95836";

    private static final Duration SOON = Duration.ofSeconds(10);

    private final long begunNs = System.nanoTime();
    private final SecureRandom chance = new SecureRandom();
    private final Object oneAtATime = new Object();
    private final Chromium browser;
    private final Floor floor;
    private final People people;
    private final Page page;
    private final AtomicInteger sounded = new AtomicInteger();
    private final List<Fact> access = new CopyOnWriteArrayList<>();
    private final LostPins lost;

    /** A manager who has a PIN, a safety officer, and somebody of the staff with a strange name. */
    Panel(Path folder, Chromium browser) {
        this.browser = browser;
        people = People.open(folder);
        people.add(new Member("p-01", Role.MANAGER, "王秀英"));
        people.add(new Member("p-02", Role.SAFETY_OFFICER, "李志强"));
        people.add(new Member("p-03", Role.STAFF, "<img src=x onerror=document.title='owned'>陈"));
        people.givePin("p-01", PIN, chance);
        floor = Floor.withBuzzer(folder);
        floor.air(4_000, Duration.ofMinutes(5));
        lost =
                new LostPins(
                        this::now,
                        new LostPins.Keys(
                                () -> Optional.of(CODE),
                                this::role,
                                (person, pin) -> people.givePin(person, pin, chance)),
                        pin -> People.weakness(pin).isPresent(),
                        this::keep,
                        sounded::incrementAndGet);
        page = page();
        browser.size(800, 480);
        browser.scheme("light");
    }

    /** Opens the page as if nobody had ever used this browser. */
    void open() {
        browser.open("http://127.0.0.1:" + page.port() + "/");
        evaluate("localStorage.clear()");
        until("document.querySelectorAll('unit-tile').length > 0");
    }

    /** The unit's air is so warm for so long. */
    void air(long milli, Duration time) {
        synchronized (oneAtATime) {
            floor.air(milli, time);
        }
        page.changed();
    }

    /** The unit's probe says nothing for so long. */
    void silent(Duration time) {
        synchronized (oneAtATime) {
            floor.silent(time);
        }
        page.changed();
    }

    /** Somebody holds the button while the gateway starts. */
    void buttonHeld() {
        lost.open();
    }

    int sounded() {
        return sounded.get();
    }

    /** What was recorded of who may come in. */
    List<Fact> access() {
        return access;
    }

    Plan plan() {
        return floor.plan();
    }

    People people() {
        return people;
    }

    /** Somebody does something elsewhere. */
    void does(Deed deed, String person) {
        synchronized (oneAtATime) {
            acts().on(deed, new Deed.By(person, Strength.TAP));
        }
    }

    String alarmOf(String rule) {
        return floor.alarmOf(rule);
    }

    String badge(String person) {
        return people.giveBadge(person, chance).orElseThrow();
    }

    void givePin(String person) {
        people.givePin(person, PIN, chance);
    }

    @Override
    public void close() {
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
        var care = new CareDesk(acts, listening, this::role);
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
                        care.act(),
                        new Reception(signIn, sessions, lost).entrance(),
                        (_, _) -> new Trends.Answer.Unknown(),
                        care.aftercare(),
                        Technician.NONE),
                this::now,
                new Fact.Started("test", false));
    }

    private CompletableFuture<Long> keep(Fact fact) {
        say(fact);
        return CompletableFuture.completedFuture(1L);
    }

    private void say(Fact fact) {
        if (fact instanceof Fact.Access) {
            access.add(fact);
        }
        synchronized (oneAtATime) {
            floor.keeps(fact);
        }
        page.changed();
    }

    State state() {
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

    void take() {
        until("!document.querySelector('alarm-banner').hidden");
        tap("alarm-banner .take");
        until("document.querySelectorAll('name-tiles .tile').length === 3");
        choose("name-tiles .tile", "李志强");
        until("!document.querySelector('alarm-banner .did').hidden");
    }

    void openNight() {
        until("!document.querySelector('top-line .today').hidden");
        tap("top-line .today");
        until("document.querySelector('main').dataset.view === 'night-panel'");
    }

    void pin(String who, String picture) throws IOException {
        until("document.querySelector('main').dataset.view === 'pin-pad'");
        assertThat(text("pin-pad h2")).startsWith(who);
        photograph(picture);
        type(PIN);
    }

    void type(String digits) {
        digits.chars().forEach(digit -> choose("pin-pad .key", String.valueOf((char) digit)));
    }

    /** Taps the one with these words. */
    void choose(String selector, String words) {
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
    void settled(BooleanSupplier there) {
        var endNs = System.nanoTime() + SOON.toNanos();
        while (!there.getAsBoolean()) {
            assertThat(System.nanoTime()).as("kept in time").isLessThan(endNs);
            LockSupport.parkNanos(5_000_000);
        }
    }

    Duties.Case one() {
        return state().duties().cases().values().stream()
                .filter(each -> each.rule().equals("chilled-high"))
                .findFirst()
                .orElseThrow();
    }

    void tap(String selector) {
        browser.tap(selector);
    }

    void until(String script) {
        browser.until(SOON, script);
    }

    String text(String selector) {
        return evaluate("document.querySelector('" + selector + "').innerText");
    }

    String evaluate(String script) {
        return browser.evaluate(script);
    }

    void photograph(String name) throws IOException {
        browser.photograph(Path.of("target", "panel", name));
    }

    void fits(String name, String size) throws IOException {
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

    /** The floor's desk over what this kitchen keeps. */
    Acts acts() {
        return floor.acts(this::keep);
    }
}
