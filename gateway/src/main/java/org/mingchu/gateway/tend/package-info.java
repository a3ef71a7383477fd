/**
 * The technician's commands.
 *
 * <p>It alone sees the command-line library.
 */
@NullMarked
package org.mingchu.gateway.tend;

import org.jspecify.annotations.NullMarked;
