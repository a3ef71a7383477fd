package org.mingchu.gateway.keep;

/** The folder under a record: to be had before any file in it is opened. Any thread. */
@FunctionalInterface
public interface Ground {
    /**
     * Takes the folder if need be, and says what place it is.
     *
     * @throws org.mingchu.gateway.keep.store.JournalException while it cannot be had
     */
    Place place();
}
