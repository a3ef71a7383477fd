package org.mingchu.gateway.keep;

import org.mingchu.gateway.keep.store.JournalException;

/** Why epochs begin: the words that {@code record/epoch} uses. */
public final class Causes {
    /** There was no journal. */
    public static final String FIRST_START = "first-start";

    /** The state folder is a copy, or was restored from one. */
    public static final String COPIED = "copied";

    /** The state folder sits in another board. */
    public static final String BOARD_CHANGED = "board-changed";

    /** A platform has entries of this epoch that we do not: an old image was restored. */
    public static final String PLATFORM_AHEAD = "platform-ahead";

    /** The file was damaged; what was sound was saved. */
    public static final String DAMAGED = "damaged";

    /** The disk refuses; the record goes on in memory. */
    public static final String STORAGE_FAILED = "storage-failed";

    /** Entries that the tree needs are damaged: what comes later could not be signed for. */
    public static final String TREE_BROKEN = "tree-broken";

    private Causes() {}

    /** Why an epoch begins in memory. */
    static String of(JournalException why) {
        return why.kind() == JournalException.Kind.DAMAGED ? DAMAGED : STORAGE_FAILED;
    }
}
