package org.mingchu.gateway.doctor;

import java.io.IOException;

/**
 * One thing that can be looked at. Immutable.
 *
 * @param id names it for ever, in the command's JSON and in records
 * @param of which of several such things it looks at; empty where there is one
 */
public record Check(String id, String of, Look look) {
    /** A check of something there is one of. */
    Check(String id, Look look) {
        this(id, "", look);
    }

    /** Looks; may wait for a disk or a wire. */
    @FunctionalInterface
    public interface Look {
        Verdict now() throws IOException;
    }
}
