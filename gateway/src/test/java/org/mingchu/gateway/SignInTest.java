package org.mingchu.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mingchu.config.HostPort;
import org.mingchu.gateway.desk.Acts;
import org.mingchu.gateway.desk.Answer;
import org.mingchu.gateway.desk.Deed;
import org.mingchu.gateway.desk.Floor;
import org.mingchu.gateway.desk.LostPins;
import org.mingchu.gateway.desk.Sessions;
import org.mingchu.gateway.desk.SignIn;
import org.mingchu.gateway.judge.AccessEvent;
import org.mingchu.gateway.judge.Doing;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.Person;
import org.mingchu.gateway.judge.Role;
import org.mingchu.gateway.judge.Strength;
import org.mingchu.gateway.keep.People;
import org.mingchu.gateway.keep.People.Member;
import org.mingchu.gateway.show.Aftercare;
import org.mingchu.gateway.show.Page;
import org.mingchu.gateway.show.Technician;
import org.mingchu.gateway.show.Trends;
import org.mingchu.gateway.show.Verbs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/** Signing in at the page, as staff do it and as somebody who guesses would try. */
class SignInTest {
    private static final String PIN = "493817";
    private static final String WRONG = "493818";
    private static final String HERE = "127.0.0.1";

    @TempDir private Path folder;
    private final FilmClock clock = new FilmClock();
    private final SecureRandom chance = new SecureRandom();
    private final List<Fact> recorded = new ArrayList<>();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private People people;
    private Floor floor;
    private Acts acts;
    private Sessions sessions;
    private SignIn signIn;
    private Page page;

    @BeforeEach
    void open() {
        people = People.open(folder);
        people.add(new Member("p-01", Role.MANAGER, "王秀英"));
        people.add(new Member("p-03", Role.STAFF, "陈阿姨"));
        people.givePin("p-01", PIN, chance);
        floor = new Floor(folder);
        acts = floor.acts();
        sessions = new Sessions(clock, chance, this::role);
        signIn =
                new SignIn(
                        new SignIn.Proofs(
                                this::role,
                                (id, pin) -> people.pinOf(id).test(pin),
                                number -> people.byBadge(number).map(Member::id)),
                        sessions,
                        clock,
                        recorded::add);
        page =
                new Page(
                        new HostPort(HERE, 0),
                        floor.plan(),
                        List.of(),
                        new Verbs(
                                floor::state,
                                List::of,
                                _ -> 0,
                                (_, _) -> Optional.empty(),
                                Optional::empty,
                                (_, by) -> stop(new Deed.By(by.person(), by.strength())),
                                new Reception(signIn, sessions, noneLost()).entrance(),
                                (_, _) -> new Trends.Answer.Unknown(),
                                Aftercare.NONE,
                                Technician.NONE),
                        clock,
                        new Fact.Started("test", true));
    }

    private LostPins noneLost() {
        return new LostPins(
                clock,
                new LostPins.Keys(Optional::empty, this::role, (_, _) -> false),
                _ -> true,
                _ -> CompletableFuture.completedFuture(1L),
                () -> {});
    }

    @AfterEach
    void close() {
        page.close();
        people.close();
        http.shutdownNow();
    }

    private Optional<Role> role(String person) {
        return people.find(person).map(Member::role);
    }

    /** The act that takes a PIN, whatever is asked. */
    private Optional<String> stop(Deed.By by) {
        var untilMs = floor.now().wallMs() + Duration.ofDays(1).toMillis();
        var deed = new Deed.Does("cold-1", Doing.STOPPED, 0, untilMs, "假期", Optional.empty());
        return acts.atPage(deed, by) instanceof Answer.Refused(var reason)
                ? Optional.of(reason.word())
                : Optional.empty();
    }

    @Test
    void a_pin_opens_a_session_that_no_script_can_read_and_no_other_page_can_send() {
        var in = signIn("p-01", PIN);
        assertThat(in.statusCode()).isEqualTo(200);
        assertThat(in.body()).contains("\"person\":\"p-01\"", "\"strength\":\"pin\"");
        assertThat(in.headers().firstValue("Set-Cookie").orElseThrow())
                .matches("mingchu-session=[0-9a-f]{64}; Path=/; HttpOnly; SameSite=Strict");
        assertThat(me(session(in))).contains("\"role\":\"manager\"", "\"leftMs\":600000");
        assertThat(me("")).isEqualTo("{}");
    }

    @Test
    void what_takes_a_pin_is_refused_to_a_tap_and_done_and_recorded_with_the_pin() {
        var tapped = stopAtPage("p-01", "");
        assertThat(tapped.statusCode()).isEqualTo(409);
        assertThat(tapped.body()).contains("\"refused\":\"needs-pin\"");
        assertThat(floor.state().acts()).isEmpty();

        var in = signIn("p-01", PIN);
        assertThat(stopAtPage("p-01", session(in)).statusCode()).isEqualTo(200);
        assertThat(floor.state().acts())
                .hasEntrySatisfying(
                        "cold-1",
                        act ->
                                assertThat(act.person())
                                        .isEqualTo(new Person("p-01", Role.MANAGER, Strength.PIN)));
    }

    @Test
    void a_session_proves_nothing_for_anybody_else() {
        var in = signIn("p-01", PIN);
        assertThat(stopAtPage("p-03", session(in)).body()).contains("needs-pin");
        assertThat(stopAtPage("p-01", "0".repeat(64)).body()).contains("needs-pin");
        assertThat(floor.state().acts()).isEmpty();
    }

    @Test
    void a_badge_opens_a_session_until_it_is_ended_or_replaced() {
        var lost = people.giveBadge("p-01", chance).orElseThrow();
        assertThat(lost).matches("[0-9]{39}");
        var in = badge(lost);
        assertThat(in.body()).contains("\"person\":\"p-01\"", "\"strength\":\"card\"");
        var next = people.giveBadge("p-01", chance).orElseThrow();
        assertThat(badge(lost).body()).contains("\"refused\":\"wrong-badge\"");
        assertThat(badge(next).statusCode()).isEqualTo(200);
        assertThat(people.endBadge("p-01")).isTrue();
        assertThat(badge(next).statusCode()).isEqualTo(403);
        assertThat(badge("1' OR '1'='1").statusCode()).isEqualTo(403);
    }

    /** Somebody who had planted a session's id in the browser would else be signed in with it. */
    @Test
    void a_session_that_was_planted_is_never_the_one_somebody_signs_in_to() {
        var planted = "ab".repeat(32);
        var in = signInFrom(planted, "p-01", PIN);
        assertThat(session(in)).isNotEqualTo(planted);
        assertThat(me(planted)).isEqualTo("{}");
        // Also when it was a real one: whoever knows it is out.
        var again = signInFrom(session(in), "p-01", PIN);
        assertThat(session(again)).isNotEqualTo(session(in));
        assertThat(me(session(in))).isEqualTo("{}");
        assertThat(me(session(again))).contains("p-01");
    }

    @Test
    void a_session_ends_when_nothing_is_done_and_lasts_while_something_is() {
        var session = session(signIn("p-01", PIN));
        passes(Duration.ofMinutes(9));
        stopAtPage("p-01", session);
        passes(Duration.ofMinutes(9));
        // Looking is no act: a page that is open does not keep anybody signed in.
        assertThat(me(session)).contains("p-01");
        passes(Duration.ofMinutes(1));
        assertThat(me(session)).isEqualTo("{}");
        assertThat(stopAtPage("p-01", session).body()).contains("needs-pin");
    }

    @Test
    void signing_out_another_role_and_erasure_end_a_session() {
        var out = session(signIn("p-01", PIN));
        var left = post("/api/sign-out", "{}", out);
        assertThat(left.headers().firstValue("Set-Cookie").orElseThrow()).contains("Max-Age=0");
        assertThat(me(out)).isEqualTo("{}");

        var demoted = session(signIn("p-01", PIN));
        people.add(new Member("p-01", Role.STAFF, "王秀英"));
        assertThat(me(demoted)).isEqualTo("{}");

        var erased = session(signIn("p-01", PIN));
        assertThat(me(erased)).contains("\"role\":\"staff\"");
        people.erase("p-01");
        assertThat(me(erased)).isEqualTo("{}");
        people.add(new Member("p-01", Role.MANAGER, "another"));
        assertThat(signIn("p-01", PIN).statusCode()).isEqualTo(403);
    }

    @Test
    void five_wrong_pins_close_the_person_and_the_place_for_a_minute_and_then_for_longer() {
        for (var i = 0; i < 4; i++) {
            assertThat(signIn("p-01", WRONG).statusCode()).isEqualTo(403);
        }
        var fifth = signIn("p-01", WRONG);
        assertThat(fifth.statusCode()).isEqualTo(429);
        assertThat(fifth.body()).contains("\"refused\":\"wrong-pin\"", "\"retryMs\":60000");
        assertThat(signIn("p-01", PIN).body()).contains("\"refused\":\"locked\"");
        // The place too: the next name is not tried from there either.
        assertThat(signIn("p-03", WRONG).body()).contains("\"refused\":\"locked\"");
        assertThat(recorded)
                .containsExactly(new Fact.Access(AccessEvent.LOCKED_OUT, Optional.of("p-01")));

        passes(Duration.ofSeconds(60));
        assertThat(signIn("p-01", WRONG).body()).contains("\"retryMs\":120000");
        passes(Duration.ofSeconds(119));
        assertThat(signIn("p-01", PIN).statusCode()).isEqualTo(429);
        passes(Duration.ofSeconds(1));
        assertThat(signIn("p-01", PIN).statusCode()).isEqualTo(200);
        assertThat(signIn("p-01", WRONG).statusCode()).as("all is forgotten").isEqualTo(403);
    }

    @Test
    void whoever_tries_from_many_places_is_kept_from_the_person() {
        for (var i = 0; i < 5; i++) {
            signIn.byPin("p-01", WRONG, "192.0.2." + i);
        }
        assertThat(signIn.byPin("p-01", PIN, "192.0.2.99"))
                .isInstanceOfSatisfying(
                        SignIn.Out.class,
                        out -> assertThat(out.why()).isEqualTo(SignIn.Why.LOCKED));
    }

    @Test
    void whoever_tries_many_people_from_one_place_is_kept_from_there() {
        for (var i = 0; i < 5; i++) {
            signIn.byPin("nobody-" + i, WRONG, HERE);
        }
        assertThat(signIn("p-01", PIN).body()).contains("\"refused\":\"locked\"");
        assertThat(signIn.byPin("p-01", PIN, "192.0.2.1")).isInstanceOf(SignIn.In.class);
        assertThat(recorded)
                .containsExactly(new Fact.Access(AccessEvent.LOCKED_OUT, Optional.empty()));
    }

    @Test
    void tries_side_by_side_are_not_more_than_tries_one_after_the_other() throws Exception {
        var tries =
                IntStream.range(0, 12)
                        .<Callable<SignIn.Outcome>>mapToObj(i ->
                                () -> signIn.byPin("p-01", "4938%02d".formatted(i), "192.0.2." + i))
                        .toList();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var looked = 0;
            for (var outcome : threads.invokeAll(tries)) {
                looked +=
                        outcome.get() instanceof SignIn.Out(var why, _)
                                        && why == SignIn.Why.WRONG_PIN
                                ? 1
                                : 0;
            }
            assertThat(looked).isBetween(1, 5);
        }
    }

    @Test
    void how_long_it_takes_does_not_tell_who_is_known_or_has_a_pin() {
        var known = fastest("p-01");
        assertThat(fastest("nobody")).isGreaterThan(known.dividedBy(3));
        assertThat(fastest("p-03")).isGreaterThan(known.dividedBy(3));
        assertThat(known).isGreaterThan(Duration.ofMillis(10));
        assertThat(signIn("nobody", PIN).body()).isEqualTo(signIn("p-03", PIN).body());
    }

    /** Of the processor: on a busy machine the wall's time tells who else is there. */
    private Duration fastest(String person) {
        var thread = ManagementFactory.getThreadMXBean();
        var fastestNs = Long.MAX_VALUE;
        for (var i = 0; i < 3; i++) {
            var begun = thread.getCurrentThreadCpuTime();
            signIn.byPin(person, WRONG, "192.0.2." + person + i);
            fastestNs = Math.min(fastestNs, thread.getCurrentThreadCpuTime() - begun);
        }
        return Duration.ofNanos(fastestNs);
    }

    @Test
    void another_page_signs_nobody_in_or_out() {
        var session = session(signIn("p-01", PIN));
        for (var path : List.of("/api/sign-in", "/api/sign-out")) {
            var foreign =
                    send(
                            HttpRequest.newBuilder(uri(path))
                                    .header("Origin", "http://evil.example")
                                    .header("Content-Type", "application/json")
                                    .header("Cookie", "mingchu-session=" + session)
                                    .POST(BodyPublishers.ofString(pin("p-01", PIN))));
            assertThat(foreign.statusCode()).isEqualTo(403);
            assertThat(foreign.headers().firstValue("Set-Cookie")).isEmpty();
        }
        assertThat(me(session)).contains("p-01");
    }

    @Test
    void half_a_proof_is_no_proof() {
        for (var body : List.of("{}", "{\"person\":\"p-01\"}", "{\"pin\":\"" + PIN + "\"}")) {
            assertThat(post("/api/sign-in", body, "").statusCode()).isEqualTo(400);
        }
        assertThat(recorded).isEmpty();
    }

    private void passes(Duration time) {
        clock.advanceTo(clock.now().upNs() + time.toNanos());
    }

    private HttpResponse<String> signIn(String person, String pin) {
        return signInFrom("", person, pin);
    }

    private HttpResponse<String> signInFrom(String session, String person, String pin) {
        return post("/api/sign-in", pin(person, pin), session);
    }

    private static String pin(String person, String pin) {
        return "{\"person\":\"%s\",\"pin\":\"%s\"}".formatted(person, pin);
    }

    private HttpResponse<String> badge(String number) {
        return post("/api/sign-in", "{\"badge\":\"" + number + "\"}", "");
    }

    private HttpResponse<String> stopAtPage(String person, String session) {
        var body =
                "{\"act\":\"stopped\",\"unit\":\"cold-1\",\"untilMs\":\"1\",\"person\":\"%s\"}"
                        .formatted(person);
        return post("/api/act", body, session);
    }

    private static String session(HttpResponse<String> in) {
        var cookie = in.headers().firstValue("Set-Cookie").orElseThrow();
        return cookie.substring("mingchu-session=".length(), cookie.indexOf(';'));
    }

    private String me(String session) {
        return send(HttpRequest.newBuilder(uri("/api/me"))
                        .header("Cookie", "other=1; mingchu-session=" + session)
                        .GET())
                .body();
    }

    private HttpResponse<String> post(String path, String body, String session) {
        return send(
                HttpRequest.newBuilder(uri(path))
                        .header("Origin", "http://127.0.0.1:" + page.port())
                        .header("Content-Type", "application/json")
                        .header("Cookie", "mingchu-session=" + session)
                        .POST(BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(
                    request.timeout(Duration.ofSeconds(20)).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + page.port() + path);
    }
}
