package org.mingchu.gateway;

import org.mingchu.gateway.desk.Acts;
import org.mingchu.gateway.desk.Deed;
import org.mingchu.gateway.desk.Listening;
import org.mingchu.gateway.judge.Person;
import org.mingchu.gateway.judge.Role;
import org.mingchu.gateway.show.Aftercare;
import org.mingchu.gateway.show.By;
import org.mingchu.gateway.show.Tap;
import org.mingchu.gateway.show.Verbs;

import java.util.Optional;
import java.util.function.Function;

/**
 * The page's way to the desk for what people do to a unit, or say when an alarm is taken or over.
 * Any thread.
 *
 * @param roles the role of a person id, empty for a stranger
 */
record CareDesk(Acts acts, Listening listening, Function<String, Optional<Role>> roles) {
    Aftercare aftercare() {
        return new Aftercare(
                (alarm, remedy, by) -> act(new Deed.Remedies(alarm, remedy), by),
                (alarm, by) -> act(new Deed.Verifies(alarm, ""), by),
                (fine, by) -> act(new Deed.Reviews(fine), by),
                () -> Agent.refusal(listening.sound()),
                (heard, by) -> Agent.refusal(listening.heard(heard, by.flatMap(this::person))));
    }

    Verbs.Act act() {
        return (tap, by) -> act(deed(tap), by);
    }

    private static Deed deed(Tap tap) {
        return switch (tap) {
            case Tap.Does(var unit, var doing, var forMs, var untilMs, var reason, var movedTo) ->
                    new Deed.Does(unit, doing, forMs, untilMs, reason, movedTo);
            case Tap.Checks(var unit, var fit, var note) -> new Deed.Checks(unit, fit, note);
            case Tap.Measures(var unit, var milli) -> new Deed.Measures(unit, milli);
            case Tap.Shelves(var alarm, var forMs, var reason) ->
                    new Deed.Shelves(alarm, forMs, false, reason);
            case Tap.Unshelves(var alarm) -> new Deed.Unshelves(alarm);
            case Tap.Resets(var alarm, var reason) -> new Deed.Resets(alarm, reason);
        };
    }

    private Optional<String> act(Deed deed, By by) {
        return Agent.refusal(acts.atPage(deed, new Deed.By(by.person(), by.strength())));
    }

    private Optional<Person> person(By by) {
        return roles.apply(by.person()).map(role -> new Person(by.person(), role, by.strength()));
    }
}
