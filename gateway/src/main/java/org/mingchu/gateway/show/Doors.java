package org.mingchu.gateway.show;

import org.mingchu.gateway.judge.Strength;
import org.mingchu.gateway.show.Web.Route;

import tools.jackson.core.JsonGenerator;

import java.util.Map;
import java.util.Optional;

/** The page's paths for signing in and out, and who it is that acts. Any thread. */
final class Doors {
    private final Entrance entrance;

    Doors(Entrance entrance) {
        this.entrance = entrance;
    }

    Map<String, Route> routes() {
        return Map.of(
                "/api/sign-in", new Route.PostFrom(this::signIn),
                "/api/sign-out", new Route.PostFrom(this::signOut),
                "/api/new-pin", new Route.PostFrom(this::newPin),
                "/api/me", new Route.Get(exchange -> me(Visit.of(exchange))));
    }

    /**
     * Who acts: whoever is named, and as surely as the session is theirs. A session of somebody
     * else proves nothing for them; who names nobody acts as who is signed in.
     */
    Optional<By> by(Map<String, String> body, Visit visit) {
        var named = Optional.ofNullable(body.get("person"));
        var proven =
                visit.session()
                        .flatMap(entrance.use()::of)
                        .filter(by -> named.isEmpty() || named.get().equals(by.person()));
        return proven.or(() -> named.map(person -> new By(person, Strength.TAP)));
    }

    private Reply signIn(Map<String, String> body, Visit visit) {
        var proof = proof(body);
        if (proof.isEmpty()) {
            return Reply.refused(
                    400, "not-understood", "wants \"person\" and \"pin\", or \"badge\"");
        }
        return switch (entrance.signIn().with(proof.get(), visit.address())) {
            case Entrance.Yes(var session, var guest) -> {
                // Whoever used this browser before is out, also when it was led to that session.
                visit.session().ifPresent(entrance.signOut()::of);
                yield said(Optional.of(guest)).with("Set-Cookie", Visit.cookie(session));
            }
            case Entrance.No(var word, var retryMs) -> refused(word, retryMs);
        };
    }

    private static Optional<Entrance.Proof> proof(Map<String, String> body) {
        var person = Optional.ofNullable(body.get("person"));
        var pin = Optional.ofNullable(body.get("pin"));
        return person.isPresent() && pin.isPresent()
                ? Optional.of(new Entrance.Pin(person.get(), pin.get()))
                : Optional.ofNullable(body.get("badge")).map(Entrance.Badge::new);
    }

    private static Reply refused(String word, long retryMs) {
        return Reply.json(
                retryMs > 0 ? 429 : 403,
                Json.bytes(json ->
                        json.writeStartObject()
                                .writeStringProperty("refused", word)
                                .writeNumberProperty("retryMs", retryMs)
                                .writeEndObject()));
    }

    private Reply signOut(Map<String, String> body, Visit visit) {
        visit.session().ifPresent(entrance.signOut()::of);
        return said(Optional.empty()).with("Set-Cookie", Visit.noCookie());
    }

    private Reply newPin(Map<String, String> body, Visit visit) {
        var code = Optional.ofNullable(body.get("code"));
        var person = Optional.ofNullable(body.get("person"));
        var pin = Optional.ofNullable(body.get("pin"));
        if (code.isEmpty() || person.isEmpty() || pin.isEmpty()) {
            return Reply.refused(400, "not-understood", "wants \"code\", \"person\" and \"pin\"");
        }
        var word = entrance.lost().reset().with(code.get(), person.get(), pin.get());
        return Page.answer(Optional.of(word).filter(w -> !w.equals("done")));
    }

    private Reply me(Visit visit) {
        return said(visit.session().flatMap(entrance.look()::at));
    }

    private Reply said(Optional<Entrance.Guest> guest) {
        return Reply.json(
                200,
                Json.bytes(json -> {
                    json.writeStartObject();
                    guest.ifPresent(g -> write(json, g));
                    var lostMs = entrance.lost().leftMs().getAsLong();
                    if (lostMs > 0) {
                        json.writeNumberProperty("newPinMs", lostMs);
                    }
                    json.writeEndObject();
                }));
    }

    private static void write(JsonGenerator json, Entrance.Guest guest) {
        json.writeStringProperty("person", guest.person())
                .writeStringProperty("role", guest.role().word())
                .writeStringProperty("strength", guest.strength().word())
                .writeNumberProperty("leftMs", guest.leftMs());
    }
}
