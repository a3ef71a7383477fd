package org.mingchu.gateway.tend.series;

/** Hears how far the reading of a file has come. One thread. */
@FunctionalInterface
public interface Progress {
    /**
     * Told at each full percent.
     *
     * @param percent of the file's bytes, 0 to 100
     */
    void at(int percent);
}
