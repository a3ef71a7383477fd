package org.mingchu.gateway;

import org.mingchu.gateway.desk.LostPins;
import org.mingchu.gateway.desk.Sessions;
import org.mingchu.gateway.desk.SignIn;
import org.mingchu.gateway.judge.Person;
import org.mingchu.gateway.show.By;
import org.mingchu.gateway.show.Entrance;

/** The page's way to the desk's sign-in. Any thread. */
record Reception(SignIn signIn, Sessions sessions, LostPins lostPins) {
    Entrance entrance() {
        return new Entrance(
                this::in,
                sessions::end,
                session ->
                        sessions.look(session)
                                .map(signed -> guest(signed.person(), signed.left().toMillis())),
                session ->
                        sessions.use(session).map(person -> new By(person.id(), person.strength())),
                new Entrance.Lost(
                        () -> lostPins.left().toMillis(),
                        (code, person, pin) -> lostPins.reset(code, person, pin).word()));
    }

    private Entrance.Outcome in(Entrance.Proof proof, String address) {
        var outcome =
                switch (proof) {
                    case Entrance.Pin(var person, var digits) ->
                            signIn.byPin(person, digits, address);
                    case Entrance.Badge(var number) -> signIn.byBadge(number, address);
                };
        return switch (outcome) {
            case SignIn.In(var session, var person) ->
                    new Entrance.Yes(session, guest(person, Sessions.IDLE.toMillis()));
            case SignIn.Out(var why, var retry) -> new Entrance.No(why.word(), retry.toMillis());
        };
    }

    private static Entrance.Guest guest(Person person, long leftMs) {
        return new Entrance.Guest(person.id(), person.role(), person.strength(), leftMs);
    }
}
