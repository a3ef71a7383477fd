/**
 * Witnesses and checkers that share no code with what they check.
 *
 * <p>They read the published contract with their own readers and judge only what they saw.
 */
@NullMarked
package org.mingchu.simulator.check;

import org.jspecify.annotations.NullMarked;
