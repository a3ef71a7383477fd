/**
 * The journal: one log, its evidence, its retention; and the people store beside it.
 *
 * <p>It alone touches SQLite; it sees the judge's records and nothing else of the house.
 */
@NullMarked
package org.mingchu.gateway.keep;

import org.jspecify.annotations.NullMarked;
