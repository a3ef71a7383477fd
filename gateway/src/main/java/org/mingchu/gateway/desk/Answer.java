package org.mingchu.gateway.desk;

/** What the desk answers to an act. Immutable. */
public sealed interface Answer {
    /** It is kept. */
    record Done() implements Answer {}

    /** Nothing is kept, and why. */
    record Refused(Reason reason) implements Answer {}

    /** Why an act is refused; the page has a sentence for each word, in each language. */
    enum Reason {
        /** No alarm of this id is open: it has cleared, or never was. */
        NO_SUCH_ALARM("no-such-alarm"),
        /** Somebody else has taken it. */
        ALREADY_TAKEN("already-taken"),
        /** Nobody of this id is known. */
        NO_SUCH_PERSON("no-such-person"),
        /** The person's role reads only. */
        READS_ONLY("reads-only"),
        /** The note is longer than a note may be. */
        NOTE_TOO_LONG("note-too-long"),
        /** The record did not take it in time: it may still be kept, or not at all. */
        NOT_KEPT("not-kept");

        private final String word;

        Reason(String word) {
            this.word = word;
        }

        /** The word that the page's interface uses. */
        public String word() {
            return word;
        }
    }
}
