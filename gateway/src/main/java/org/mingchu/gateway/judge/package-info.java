/**
 * What the record means: rules, alarm life cycle (ISA-18.2), delays. Pure functions over values.
 *
 * <p>No clock, no input or output, no third party; the past is never decided again.
 *
 * <p>Two doors. {@link Judge}: {@code begin} a state, {@code recall} what is decided, {@code apply}
 * an entry and get a verdict, {@code advance} to a moment, {@code nextDeadlineUpNs} to know when,
 * {@code refuses} what people may not do. {@link Glance}: what a screen and a siren make of a
 * state.
 *
 * <p>All else that can be seen from outside are values:
 *
 * <ul>
 *   <li>in: {@link Entry} with its {@link Fact}, and the {@link Lane} it rides in
 *   <li>out: {@link Verdict}, {@link AlarmEvent} ({@link AlarmId}, {@link AlarmState}, {@link
 *       AlarmChange}), {@link Refusal}
 *   <li>remembered: {@link State}; of each temperature the {@link Trace}, its {@link Habit}, {@link
 *       Warming} and {@link Effort}; of what is eaten the {@link Food} and its {@link FoodClock}
 *   <li>people: {@link Person}, {@link Role}, {@link Strength}, {@link Doing}, {@link AccessEvent},
 *       {@link Duties}, {@link Remedy}
 *   <li>the record and its way out: {@link SeqRange}, {@link Progress}, {@link GapCause}, {@link
 *       LinkState}, {@link StorageState}, {@link EndCause}
 *   <li>shown: {@link Light}
 * </ul>
 */
@NullMarked
package org.mingchu.gateway.judge;

import org.jspecify.annotations.NullMarked;
