package org.mingchu.gateway.keep.lab;

/**
 * Calls of one class that fail or lie, counted from 1.
 *
 * @param first the first of them
 * @param last the last of them
 */
record Fault(Calls calls, Effect effect, long first, long last) {
    /** A class of calls. */
    enum Calls {
        READ(0),
        WRITE(1),
        SYNC(2),
        OPEN(3),
        /** Names that come, go and change. */
        ENTRY(4);

        /** Its number in disklab.c. */
        final int code;

        Calls(int code) {
            this.code = code;
        }
    }

    /** What the process is told, or not told. */
    enum Effect {
        EIO(1),
        ENOSPC(2),
        EACCES(3),
        /** Says it is done and does nothing. */
        LIE(4),
        /** Says it is done; the bytes up to a border of sectors are, the rest is not. */
        TEAR(5);

        /** Its number in disklab.c. */
        final int code;

        Effect(int code) {
            this.code = code;
        }
    }

    static Fault once(Calls calls, Effect effect, long n) {
        return new Fault(calls, effect, n, n);
    }

    static Fault from(Calls calls, Effect effect, long n) {
        return new Fault(calls, effect, n, Long.MAX_VALUE);
    }

    @Override
    public String toString() {
        var which = last == first ? "" + first : last == Long.MAX_VALUE ? first + "..." : "?";
        return calls + " " + which + " " + effect;
    }
}
