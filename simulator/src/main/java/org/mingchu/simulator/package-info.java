/**
 * The weather: a kitchen made of seed, physics, doors, people and faults, in virtual time.
 *
 * <p>Knows no other module of the project: it is the world outside and an independent witness. It
 * touches no clock; time is what {@code advanceTo} says.
 */
@NullMarked
package org.mingchu.simulator;

import org.jspecify.annotations.NullMarked;
