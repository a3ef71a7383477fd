package org.mingchu.gateway.desk;

import org.mingchu.gateway.desk.Answer.Reason;

import java.util.Optional;

/** What people write: what is wrong with it, if anything. */
final class Wording {
    private Wording() {}

    /** Of a reason that has to be there. */
    static Optional<Reason> needed(String text) {
        return text.isBlank() ? Optional.of(Reason.REASON_MISSING) : ifAny(text);
    }

    /** Of a note that may be left out. */
    static Optional<Reason> ifAny(String text) {
        if (text.length() > Acts.REASON_LENGTH_MAX) {
            return Optional.of(Reason.NOTE_TOO_LONG);
        }
        return text.codePoints().allMatch(Wording::isReadable)
                ? Optional.empty()
                : Optional.of(Reason.NOT_READABLE);
    }

    /**
     * Half a character cannot be written as UTF-8, and a line break would forge a line of a log.
     */
    private static boolean isReadable(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    false;
            default -> true;
        };
    }
}
