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
        /**
         * It takes a safety officer, a manager or a technician, or at least somebody of the staff.
         */
        NOT_YOUR_ROLE("not-your-role"),
        /** Why it is done has not been said. */
        REASON_MISSING("reason-missing"),
        /** Letters that no record can carry, such as a line break or half a character. */
        NOT_READABLE("not-readable"),
        /** There is no unit of this id. */
        NO_SUCH_UNIT("no-such-unit"),
        /** There is no sensor and no camera of this id. */
        NO_SUCH_SENSOR("no-such-sensor"),
        /** There is no camera of this id, or no picture of it is looked at. */
        NO_SUCH_CAMERA("no-such-camera"),
        /** Longer than it may be, or no time at all. */
        TOO_LONG("too-long"),
        /** The time that was named is over. */
        NOT_IN_THE_FUTURE("not-in-the-future"),
        /** Retained samples are inside, and where they go has not been said. */
        SAMPLES_INSIDE("samples-inside"),
        /** What is inside cannot have been moved to there: no such unit, or the same. */
        MOVED_NOWHERE("moved-nowhere"),
        /** Nothing is being done to the unit that could end. */
        NOTHING_TO_END("nothing-to-end"),
        /** The unit is not in doubt: its food needs no check. */
        NOT_IN_DOUBT("not-in-doubt"),
        /** The alarm has not been put aside. */
        NOT_SHELVED("not-shelved"),
        /** Nobody has taken the alarm, or its cause still holds: it cannot be let go yet. */
        NOT_YET("not-yet"),
        /** The sensor is out of service already. */
        ALREADY_OUT("already-out"),
        /** The sensor is in service. */
        NOT_OUT("not-out"),
        /** The batch has no id, or one that is no id. */
        BATCH_NAMELESS("batch-nameless"),
        /** A batch of this id has begun and not ended. */
        BATCH_UNDER_WAY("batch-under-way"),
        /** When the batch is said to have begun is not over yet. */
        NOT_IN_THE_PAST("not-in-the-past"),
        /** The batch is said to have begun longer ago than a trip takes. */
        TOO_LONG_AGO("too-long-ago"),
        /** A time of the clock was named, and nobody has set the clock. */
        CLOCK_NOT_SET("clock-not-set"),
        /** No batch of this id is under way. */
        NO_SUCH_BATCH("no-such-batch"),
        /** No probe is there, or none by which the rules follow food. */
        NO_PROBE_THERE("no-probe-there"),
        /** As many are under way as can be followed at once. */
        TOO_MANY_BATCHES("too-many-batches"),
        /** Nobody has taken the alarm yet: that comes first. */
        NOT_TAKEN("not-taken"),
        /** How much of the food is discarded has not been said, or cannot be. */
        AMOUNT_MISSING("amount-missing"),
        /** No thermometer of a kitchen says that. */
        VALUE_IMPOSSIBLE("value-impossible"),
        /** The alarm is still open: what is not over cannot be closed. */
        STILL_ACTIVE("still-active"),
        /** Nobody has said what was done about it. */
        NOTHING_DONE("nothing-done"),
        /** Whoever did it does not verify it, but for the manager. */
        OWN_WORK("own-work"),
        /** Somebody has just answered for it, and nothing has happened since. */
        ALREADY_ANSWERED("already-answered"),
        /** An alarm sounds, a test has just sounded, or there is no buzzer. */
        BUZZER_BUSY("buzzer-busy"),
        /** No test has sounded just now. */
        NOT_SOUNDED("not-sounded"),
        /** The gateway is testing itself. */
        TEST_BUSY("test-busy"),
        /** A drill is under way: one at a time. */
        DRILL_BUSY("drill-busy"),
        /** An alarm calls for somebody: nobody drills beside it. */
        ALARM_CALLS("alarm-calls"),
        /** The rule pack knows no drill. */
        NO_DRILL_RULE("no-drill-rule"),
        /** A tap does not do for it: it takes a PIN or a badge. */
        NEEDS_PIN("needs-pin"),
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
