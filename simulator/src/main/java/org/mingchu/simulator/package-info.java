/**
 * The weather: a kitchen made of seed, physics, doors, people and faults, in virtual time; as text
 * in ({@code Scenario}) and as a recorder's text out ({@code Recording}).
 *
 * <p>Knows no other module of the project: it is the world outside and an independent witness. It
 * touches no clock; time is what {@code advanceTo} says.
 */
@NullMarked
package org.mingchu.simulator;

import org.jspecify.annotations.NullMarked;
