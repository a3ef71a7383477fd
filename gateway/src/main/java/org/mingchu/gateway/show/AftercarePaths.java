package org.mingchu.gateway.show;

import org.mingchu.gateway.judge.Remedy;
import org.mingchu.gateway.show.Web.Route;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/** The page's paths for what people say when an alarm is taken or over. Any thread. */
final class AftercarePaths {
    private static final String WANTED =
            "wants \"alarm\" and \"person\", \"cause\", \"action\" and \"fate\"; may have"
                    + " \"grams\", \"movedTo\", \"againMilli\" and \"note\"";

    private final Aftercare aftercare;
    private final Doors doors;

    AftercarePaths(Aftercare aftercare, Doors doors) {
        this.aftercare = aftercare;
        this.doors = doors;
    }

    Map<String, Route> routes() {
        return Map.of(
                "/api/correct", new Route.PostFrom(this::correct),
                "/api/verify", new Route.PostFrom(this::verify),
                "/api/review", new Route.PostFrom(this::review),
                "/api/buzzer", new Route.Post(_ -> Page.answer(aftercare.sound().now())),
                "/api/buzzer-heard", new Route.PostFrom(this::heard));
    }

    private Reply correct(Map<String, String> body, Visit visit) {
        var alarm = Optional.ofNullable(body.get("alarm"));
        var by = doors.by(body, visit);
        var remedy = remedy(body);
        if (alarm.isEmpty() || by.isEmpty() || remedy.isEmpty()) {
            return Reply.refused(400, "not-understood", WANTED);
        }
        return Page.answer(aftercare.correct().by(alarm.get(), remedy.get(), by.get()));
    }

    /** Empty when it is not understood, so that nothing half said is kept. */
    private static Optional<Remedy> remedy(Map<String, String> body) {
        var cause = word(Remedy.Cause.values(), Remedy.Cause::word, body.get("cause"));
        var action = word(Remedy.Action.values(), Remedy.Action::word, body.get("action"));
        var fate = word(Remedy.Fate.values(), Remedy.Fate::word, body.get("fate"));
        var grams = number(body, "grams");
        var again = number(body, "againMilli");
        if (cause.isEmpty() || action.isEmpty() || fate.isEmpty() || grams.bad() || again.bad()) {
            return Optional.empty();
        }
        return Optional.of(
                new Remedy(
                        cause.get(),
                        action.get(),
                        fate.get(),
                        grams.value(),
                        Optional.ofNullable(body.get("movedTo")),
                        body.getOrDefault("note", ""),
                        again.value()));
    }

    private static <E> Optional<E> word(
            E[] all, Function<E, String> word, @org.jspecify.annotations.Nullable String said) {
        return Arrays.stream(all).filter(one -> word.apply(one).equals(said)).findFirst();
    }

    private record Whole(OptionalLong value, boolean bad) {}

    /** A whole number of at most nine digits, or none. */
    private static Whole number(Map<String, String> body, String key) {
        var said = body.getOrDefault(key, "");
        var good = said.matches("-?[0-9]{1,9}");
        return new Whole(
                good ? OptionalLong.of(Long.parseLong(said)) : OptionalLong.empty(),
                !good && !said.isEmpty());
    }

    private Reply verify(Map<String, String> body, Visit visit) {
        var alarm = Optional.ofNullable(body.get("alarm"));
        var by = doors.by(body, visit);
        if (alarm.isEmpty() || by.isEmpty()) {
            return Reply.refused(400, "not-understood", "wants \"alarm\" and \"person\"");
        }
        return Page.answer(aftercare.verify().by(alarm.get(), by.get()));
    }

    private Reply review(Map<String, String> body, Visit visit) {
        var fine = truth(body, "fine");
        var by = doors.by(body, visit);
        if (fine.isEmpty() || by.isEmpty()) {
            return Reply.refused(
                    400, "not-understood", "wants \"fine\" (true, false) and \"person\"");
        }
        return Page.answer(aftercare.review().by(fine.get(), by.get()));
    }

    private Reply heard(Map<String, String> body, Visit visit) {
        var heard = truth(body, "heard");
        return heard.map(yes -> Page.answer(aftercare.heard().by(yes, doors.by(body, visit))))
                .orElseGet(() ->
                        Reply.refused(400, "not-understood", "wants \"heard\" (true, false)"));
    }

    private static Optional<Boolean> truth(Map<String, String> body, String key) {
        var said = body.getOrDefault(key, "");
        return said.equals("true") || said.equals("false")
                ? Optional.of(said.equals("true"))
                : Optional.empty();
    }
}
