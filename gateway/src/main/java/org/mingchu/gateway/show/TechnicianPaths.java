package org.mingchu.gateway.show;

import com.sun.net.httpserver.HttpExchange;

import org.mingchu.config.Plan;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.Role;
import org.mingchu.gateway.show.Web.Route;
import org.mingchu.sensors.Clock;

import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The technician's paths: how the machine is, and the self-test. Only for whoever has proven to be
 * one of those whose business it is. Any thread.
 */
final class TechnicianPaths {
    private static final Set<Role> WHO =
            EnumSet.of(Role.TECHNICIAN, Role.SAFETY_OFFICER, Role.MANAGER);

    private static final Set<String> LANGUAGES = Set.of("zh-CN", "en");

    private static final Map<String, String> PDF =
            Map.of(
                    "Content-Type",
                    "application/pdf",
                    "Content-Disposition",
                    "attachment; filename=mingchu-protocol.pdf",
                    "Cache-Control",
                    "no-store");

    private final WorkshopJson json;
    private final Verbs verbs;
    private final Clock clock;

    TechnicianPaths(Plan plan, Fact.Started program, Verbs verbs, Clock clock) {
        this.json = new WorkshopJson(plan, program);
        this.verbs = verbs;
        this.clock = clock;
    }

    Map<String, Route> routes() {
        return Map.of(
                "/api/technician", new Route.Get(this::look),
                "/api/self-test", new Route.PostFrom(this::test),
                "/api/drill", new Route.PostFrom(this::drill),
                "/api/protocol", new Route.PostFrom(this::protocol));
    }

    private Reply look(HttpExchange exchange) {
        return refusal(Visit.of(exchange))
                .orElseGet(() ->
                        Reply.json(
                                200,
                                json.of(
                                        verbs.technician().look().now(),
                                        verbs.state().get(),
                                        clock.now(),
                                        verbs.waiting())));
    }

    private Reply test(Map<String, String> body, Visit visit) {
        return done(visit, by -> verbs.technician().selfTest().by(by));
    }

    private Reply drill(Map<String, String> body, Visit visit) {
        return done(visit, by -> verbs.technician().drill().by(by));
    }

    private Reply protocol(Map<String, String> body, Visit visit) {
        var language = body.getOrDefault("language", "");
        if (!LANGUAGES.contains(language)) {
            return Reply.refused(400, "not-kept", "language: zh-CN or en");
        }
        return refusal(visit)
                .orElseGet(() ->
                        visit.session()
                                .flatMap(verbs.entrance().use()::of)
                                .map(by -> protocol(by, language))
                                .orElseGet(TechnicianPaths::signInFirst));
    }

    private Reply protocol(By by, String language) {
        return verbs.technician()
                .protocol()
                .by(by, language)
                .map(pdf -> new Reply(200, PDF, pdf))
                .orElseGet(() ->
                        Reply.refused(
                                409,
                                "not-made",
                                "the agent's log says why: event=protocol-not-made"));
    }

    private Reply done(Visit visit, Function<By, Optional<String>> act) {
        return refusal(visit)
                .orElseGet(() ->
                        visit.session()
                                .flatMap(verbs.entrance().use()::of)
                                .map(by -> Page.answer(act.apply(by)))
                                .orElseGet(TechnicianPaths::signInFirst));
    }

    private Optional<Reply> refusal(Visit visit) {
        var guest = visit.session().flatMap(verbs.entrance().look()::at);
        if (guest.isEmpty()) {
            return Optional.of(signInFirst());
        }
        return WHO.contains(guest.get().role())
                ? Optional.empty()
                : Optional.of(
                        Reply.refused(
                                403, "not-your-role", "technician, safety officer or manager"));
    }

    private static Reply signInFirst() {
        return Reply.refused(401, "needs-pin", "sign in with a PIN or a badge");
    }
}
