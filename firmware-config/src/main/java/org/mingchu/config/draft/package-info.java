/**
 * Site files as a technician makes them on the spot: a first one out of a few answers, one more
 * sensor in it, and the swap on the disk.
 *
 * <p>A text in, a text out; whoever writes one has had the whole of it read as a plan before.
 */
@NullMarked
package org.mingchu.config.draft;

import org.jspecify.annotations.NullMarked;
