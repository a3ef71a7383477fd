package org.mingchu.gateway;

import org.mingchu.gateway.desk.Sessions;
import org.mingchu.gateway.desk.SignIn;
import org.mingchu.gateway.show.By;
import org.mingchu.gateway.tend.Told;

import java.util.Map;
import java.util.Optional;

/** {@code mingchu selftest}: whoever asks proves who they are, as at the page. Any thread. */
record SelfTestDesk(DoctorDesk doctor, SignIn signIn, Sessions sessions) {
    /** Where PINs are tried that come through the console. */
    private static final String PLACE = "console";

    /**
     * Has the gateway test itself, and says what came out.
     *
     * @param words {@code by} and {@code pin} say who, the rest how it is to be told
     */
    Told told(Map<String, String> words) {
        var by = words.getOrDefault("by", "");
        return refusal(by, words.getOrDefault("pin", ""))
                .map(why ->
                        Told.refused(
                                "--by '%s': not tested (%s); it takes the PIN of a technician, a safety officer or a manager: mingchu person list, mingchu person pin"
                                        .formatted(by, why)))
                .orElseGet(() -> doctor.lastTest(words));
    }

    private Optional<String> refusal(String by, String pin) {
        return switch (signIn.byPin(by, pin, PLACE)) {
            case SignIn.Out(var why, var retry) ->
                    Optional.of(
                            why.word()
                                    + (retry.isZero()
                                            ? ""
                                            : ", again in " + retry.toSeconds() + " s"));
            case SignIn.In(var session, var person) -> {
                sessions.end(session); // for this one act
                yield doctor.testBy(new By(person.id(), person.strength()));
            }
        };
    }
}
