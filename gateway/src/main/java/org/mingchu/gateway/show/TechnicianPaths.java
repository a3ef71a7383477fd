package org.mingchu.gateway.show;

import com.sun.net.httpserver.HttpExchange;

import org.mingchu.config.Plan;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.Role;
import org.mingchu.gateway.show.Web.Route;
import org.mingchu.sensors.Clock;

import java.util.Base64;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

    private static final Pattern PLACE = Pattern.compile("sensor=([a-z0-9-]{1,40})(?:&v=[0-9]+)?");

    private static final String WANTED = "wants \"sensor\", and \"jpeg\" in Base64";

    private static final Map<String, String> JPEG =
            Map.of("Content-Type", "image/jpeg", "Cache-Control", "no-store");

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
                "/api/protocol", new Route.PostFrom(this::protocol),
                "/api/place", new Route.Get(this::place),
                "/api/place-picture", new Route.PostPicture(this::take));
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

    /** The picture of the place where a probe hangs. */
    private Reply place(HttpExchange exchange) {
        var query = Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");
        return refusal(Visit.of(exchange))
                .orElseGet(() ->
                        Optional.of(PLACE.matcher(query))
                                .filter(Matcher::matches)
                                .map(sensor -> pictured(sensor.group(1)))
                                .orElseGet(() ->
                                        Reply.refused(404, "no-picture", "wants \"sensor\"")));
    }

    /** That none was taken is no fault, and a browser is not to call it one. */
    private Reply pictured(String sensor) {
        return verbs.technician()
                .album()
                .picture()
                .apply(sensor)
                .map(jpeg -> new Reply(200, JPEG, jpeg))
                .orElseGet(() -> new Reply(204, JPEG, new byte[0]));
    }

    private Reply take(Map<String, String> body, Visit visit) {
        if (!body.containsKey("sensor") || !body.containsKey("jpeg")) {
            return Reply.refused(400, "not-understood", WANTED);
        }
        return refusal(visit)
                .orElseGet(() ->
                        visit.session()
                                .flatMap(verbs.entrance().use()::of)
                                .map(by -> take(body, by))
                                .orElseGet(TechnicianPaths::signInFirst));
    }

    private Reply take(Map<String, String> body, By by) {
        try {
            var jpeg = Base64.getDecoder().decode(body.getOrDefault("jpeg", ""));
            return Page.answer(
                    verbs.technician()
                            .album()
                            .taking()
                            .of(body.getOrDefault("sensor", ""), jpeg, by));
        } catch (IllegalArgumentException _) {
            return Reply.refused(400, "not-understood", WANTED);
        }
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
