/**
 * The house: {@code Main} builds the rooms, {@code House} runs the one loop: keep, judge, keep the
 * decisions, act.
 *
 * <p>The only place that sees every room.
 */
@NullMarked
package org.mingchu.gateway;

import org.jspecify.annotations.NullMarked;
