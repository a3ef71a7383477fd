package org.mingchu.gateway.keep.store;

/** How surely a row that was found was part of the database; the first is the surest. */
public enum Standing {
    /** In the newest version of its page, which a frame of the log holds and its check proves. */
    PROVEN,
    /** In the newest version of its page, which the database file holds without a check. */
    LIVE,
    /**
     * In an older version of a page, in freed space, in a page that is broken, or in a frame behind
     * a break of the log. It was written once; whether it was committed is not known.
     */
    LEFTOVER
}
