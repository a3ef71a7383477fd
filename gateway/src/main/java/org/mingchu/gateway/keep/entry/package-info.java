/** The bytes of entries and snapshots, as journal.cddl describes them. Knows no file. */
@NullMarked
package org.mingchu.gateway.keep.entry;

import org.jspecify.annotations.NullMarked;
