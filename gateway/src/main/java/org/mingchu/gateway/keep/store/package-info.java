/**
 * The seam to SQLite: rows of bytes, written all or none. Knows nothing of what they mean.
 *
 * <p>Beside it the salvage, which reads damaged files without SQLite and knows an entry by its
 * check.
 */
@NullMarked
package org.mingchu.gateway.keep.store;

import org.jspecify.annotations.NullMarked;
