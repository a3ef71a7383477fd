package org.mingchu.gateway.show;

import org.mingchu.gateway.judge.Role;
import org.mingchu.gateway.judge.Strength;

import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * How people prove at the page who they are; {@link SignIn} takes a tenth of a second, the rest
 * answers at once. Any thread. Immutable.
 *
 * @param signIn by a PIN or a badge
 * @param signOut ends a session
 * @param look who a session is
 * @param use who acts under a session: it lasts longer by that
 * @param lost for whoever has lost the PIN that gives the others theirs
 */
public record Entrance(SignIn signIn, SignOut signOut, Look look, Use use, Lost lost) {
    /** Nobody can prove anything: what people do, they do by tapping a name. */
    public static final Entrance CLOSED =
            new Entrance(
                    (_, _) -> new No("locked", 0),
                    _ -> {},
                    _ -> Optional.empty(),
                    _ -> Optional.empty(),
                    Lost.CLOSED);

    /**
     * How a manager gets a new PIN.
     *
     * @param leftMs so long a code is looked at, milliseconds; 0 when none is
     * @param reset the word of what comes of it, {@code done} when he has it
     */
    public record Lost(LongSupplier leftMs, Reset reset) {
        static final Lost CLOSED = new Lost(() -> 0, (_, _, _) -> "closed");
    }

    /** Gives somebody who has the label's code a new PIN. */
    @FunctionalInterface
    public interface Reset {
        String with(String code, String person, String pin);
    }

    /** What somebody shows. */
    public sealed interface Proof {}

    /** A PIN, and whose it is said to be. */
    public record Pin(String person, String digits) implements Proof {}

    /** The number of a badge. */
    public record Badge(String number) implements Proof {}

    /** What comes of it. */
    public sealed interface Outcome {}

    /** In, under a new session. */
    public record Yes(String session, Guest guest) implements Outcome {}

    /**
     * Not in.
     *
     * @param word why, as texts are keyed by it
     * @param retryMs so long nothing is looked at, milliseconds
     */
    public record No(String word, long retryMs) implements Outcome {}

    /**
     * Somebody who is signed in.
     *
     * @param leftMs so long if nothing is done, milliseconds
     */
    public record Guest(String person, Role role, Strength strength, long leftMs) {}

    /** Looks at a proof. */
    @FunctionalInterface
    public interface SignIn {
        Outcome with(Proof proof, String address);
    }

    /** Ends a session, if it is one. */
    @FunctionalInterface
    public interface SignOut {
        void of(String session);
    }

    /** Tells who somebody is. */
    @FunctionalInterface
    public interface Look {
        Optional<Guest> at(String session);
    }

    /** Tells who acts. */
    @FunctionalInterface
    public interface Use {
        Optional<By> of(String session);
    }
}
