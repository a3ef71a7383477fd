/**
 * The second verifier of exports: written from {@code export.md} and nothing else, it shares no
 * code with the gateway's, so that a fault in one cannot hide in the other.
 */
@NullMarked
package org.mingchu.simulator.check.export;

import org.jspecify.annotations.NullMarked;
