/**
 * Turns an hour of rounds into one small block per sensor and back, to the byte. Pure: sees the
 * bytes of entries and nothing that stores them.
 */
@NullMarked
package org.mingchu.gateway.keep.pack;

import org.jspecify.annotations.NullMarked;
