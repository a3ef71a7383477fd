/**
 * What must be on the Pi for a site: the block of config.txt, the files beside it, the wiring, and
 * whether the running kernel shows all of that.
 *
 * <p>Derives from the plan; reads and writes files below a root folder, and touches no device.
 */
@NullMarked
package org.mingchu.config.board;

import org.jspecify.annotations.NullMarked;
