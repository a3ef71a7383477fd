/**
 * What another recorder has written down, as rounds of readings.
 *
 * <p>It alone sees the CSV library.
 */
@NullMarked
package org.mingchu.gateway.tend.series;

import org.jspecify.annotations.NullMarked;
