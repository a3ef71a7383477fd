package org.mingchu.gateway.show;

import org.mingchu.config.Advice;
import org.mingchu.config.HostPort;
import org.mingchu.config.Plan;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.show.Web.Route;
import org.mingchu.sensors.Clock;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The kitchen's page: every unit at one glance, the alarm that nobody can miss, the two taps that
 * take it, and what people say they do to a unit. Any thread.
 *
 * <p>It shows what is kept and nothing else, and when the stream to a browser dies that browser
 * greys itself out within 5 s.
 */
public final class Page implements Display {
    private final Picture picture;
    private final TrendJson trendJson;
    private final Verbs verbs;
    private final Doors doors;
    private final Clock clock;
    private final TechnicianPaths technician;
    private final Listeners listeners;
    private final Web web;

    /**
     * Binds and begins to answer.
     *
     * @param listen where; anything but loopback only because the site file says so. Port 0 takes a
     *     free one
     * @param advice what to do, one for each language of the page
     * @param clock for ages; the same as the house's
     * @param program which version speaks, and whether its kitchen is simulated
     * @throws java.io.UncheckedIOException when it cannot listen there
     */
    public Page(
            HostPort listen,
            Plan plan,
            List<Advice> advice,
            Verbs verbs,
            Clock clock,
            Fact.Started program) {
        this.picture = new Picture(plan, advice, program);
        this.trendJson = new TrendJson(new Watches(plan));
        this.verbs = verbs;
        this.doors = new Doors(verbs.entrance());
        this.clock = clock;
        this.technician = new TechnicianPaths(plan, program, verbs, clock);
        this.listeners = new Listeners(this::state, clock);
        this.web = new Web("listen", listen, routes());
        listeners.open();
        web.open();
    }

    /** Something has been kept: push it, at most five times a second. Returns at once. */
    @Override
    public void changed() {
        listeners.changed();
    }

    @Override
    public void watch() {
        listeners.watch();
    }

    @Override
    public OptionalLong taken() {
        return listeners.taken();
    }

    @Override
    public int port() {
        return web.port();
    }

    /** How many browsers watch. */
    int listening() {
        return listeners.size();
    }

    @Override
    public void close() {
        listeners.close();
        web.close();
    }

    /** Every path there is. */
    Map<String, Route> routes() {
        var routes = new HashMap<String, Route>();
        Asset.all().forEach((path, asset) -> routes.put(path, asset.route()));
        routes.put("/api/state", new Route.Get(_ -> Reply.json(200, state())));
        routes.put("/api/people", new Route.Get(_ -> Reply.json(200, people())));
        routes.put(
                "/api/trend",
                new Route.Get(exchange -> trendJson.answer(exchange, verbs.trends())));
        routes.put("/api/events", new Route.Stream(listeners::serve));
        routes.put("/api/acknowledge", new Route.PostFrom(this::acknowledge));
        routes.put("/api/act", new Route.PostFrom(this::act));
        routes.put("/api/silence", new Route.Post(_ -> answer(verbs.silence().now())));
        routes.putAll(doors.routes());
        routes.putAll(technician.routes());
        routes.putAll(new AftercarePaths(verbs.aftercare(), doors).routes());
        return routes;
    }

    private byte[] state() {
        return picture.of(verbs, clock.now());
    }

    private byte[] people() {
        var tiles = verbs.people().get();
        return Json.bytes(json -> {
            json.writeStartObject().writeArrayPropertyStart("people");
            for (var tile : tiles) {
                json.writeStartObject()
                        .writeStringProperty("id", tile.id())
                        .writeStringProperty("name", tile.name())
                        .writeStringProperty("role", tile.role().word())
                        .writeEndObject();
            }
            json.writeEndArray().writeEndObject();
        });
    }

    private Reply acknowledge(Map<String, String> body, Visit visit) {
        var alarm = Optional.ofNullable(body.get("alarm"));
        var by = doors.by(body, visit);
        if (alarm.isEmpty() || by.isEmpty()) {
            return Reply.refused(400, "not-understood", "wants \"alarm\" and \"person\"");
        }
        return answer(verbs.acknowledge().by(alarm.get(), by.get()));
    }

    private Reply act(Map<String, String> body, Visit visit) {
        var by = doors.by(body, visit);
        var tap = Tap.of(body);
        if (tap.isEmpty() || by.isEmpty()) {
            return Reply.refused(400, "not-understood", Tap.WANTED);
        }
        return answer(verbs.act().by(tap.get(), by.get()));
    }

    /** Done only when it is kept. */
    static Reply answer(Optional<String> refusal) {
        return refusal.map(word ->
                        Reply.refused(
                                word.equals("not-kept") ? 503 : 409, word, "nothing was recorded"))
                .orElseGet(() ->
                        Reply.json(
                                200,
                                Json.bytes(json ->
                                        json.writeStartObject()
                                                .writeBooleanProperty("done", true)
                                                .writeEndObject())));
    }
}
