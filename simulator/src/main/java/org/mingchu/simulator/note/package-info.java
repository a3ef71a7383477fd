/**
 * Keys of signed notes (c2sp.org/signed-note), for the platform's stand-in and the checkers;
 * written from the specification and sharing nothing with the gateway.
 */
@NullMarked
package org.mingchu.simulator.note;

import org.jspecify.annotations.NullMarked;
