package org.mingchu.gateway.show;

import org.mingchu.config.HostPort;
import org.mingchu.config.Paper;
import org.mingchu.config.Plan;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.State;
import org.mingchu.gateway.show.Web.Route;
import org.mingchu.sensors.Clock;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The public wall, a server of its own: GET only, no sign-in, no path that changes anything, nobody
 * named without consent. Any thread.
 *
 * <p>Screens and telephones ask every few seconds; a crowd of them costs one picture a second.
 */
public final class PublicWall implements Display {
    /** How long one picture is good for everybody, nanoseconds. */
    private static final long SAME_NS = 1_000_000_000;

    private final Plan plan;
    private final Facts facts;
    private final Clock clock;
    private final WallPicture picture;
    private final Web web;
    private Optional<Made> made = Optional.empty();

    /**
     * What the wall may read, and all of it. Immutable.
     *
     * @param state the state as it stands after the last commit
     * @param week the record's own sums; empty until they have been made
     * @param code the complaint form's address as a QR code in SVG
     */
    public record Facts(
            Supplier<State> state, Supplier<Optional<Week>> week, Optional<String> code) {}

    private record Made(long upNs, Reply reply) {}

    /**
     * Binds and begins to answer.
     *
     * @param listen where; port 0 takes a free one
     * @throws java.io.UncheckedIOException when it cannot listen there
     */
    public PublicWall(HostPort listen, Plan plan, Facts facts, Clock clock, Fact.Started program) {
        this.plan = plan;
        this.facts = facts;
        this.clock = clock;
        this.picture = new WallPicture(plan, program);
        this.web = new Web("wall", listen, routes());
        web.open();
    }

    /** Whoever looks asks by himself. */
    @Override
    public void changed() {}

    @Override
    public int port() {
        return web.port();
    }

    @Override
    public void close() {
        web.close();
    }

    /** Where a paper that is a picture can be had. */
    static String paperPath(int number) {
        return "/paper/" + (number + 1);
    }

    /** Every path there is; each answers GET and nothing else. */
    Map<String, Route> routes() {
        var routes = new HashMap<String, Route>();
        Asset.wall().forEach((path, asset) -> routes.put(path, asset.route()));
        var papers = plan.site().wall().papers();
        for (var i = 0; i < papers.size(); i++) {
            if (papers.get(i).content() instanceof Paper.Content.Picture(var image)) {
                routes.put(paperPath(i), Asset.of(image.mediaType(), image.bytes()).route());
            }
        }
        facts.code()
                .ifPresent(svg -> routes.put("/code.svg", Asset.of("image/svg+xml", svg).route()));
        routes.put("/api/wall", new Route.Get(_ -> now()));
        routes.put("/api/notices", new Route.Get(_ -> Reply.json(200, picture.notices())));
        return routes;
    }

    private synchronized Reply now() {
        var now = clock.now();
        if (made.filter(m -> now.upNs() - m.upNs < SAME_NS).isEmpty()) {
            made =
                    Optional.of(
                            new Made(
                                    now.upNs(),
                                    Reply.json(
                                            200,
                                            picture.now(
                                                    facts.state().get(),
                                                    now,
                                                    facts.week().get()))));
        }
        return made.get().reply;
    }
}
