package org.mingchu.gateway.tend.series;

/**
 * One field of a line. Immutable.
 *
 * @param column where it begins, from 1, in characters
 */
record Cell(int column, String text) {
    boolean isEmpty() {
        return text.isBlank();
    }
}
