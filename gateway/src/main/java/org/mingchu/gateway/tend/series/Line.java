package org.mingchu.gateway.tend.series;

import java.util.List;

/**
 * One line of the file. Immutable once it is handed on.
 *
 * @param number from 1; of a line that quotes spread over several, the first
 */
record Line(long number, List<Cell> cells) {}
