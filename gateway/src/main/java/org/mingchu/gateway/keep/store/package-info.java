/** The seam to SQLite: rows of bytes, written all or none. Knows nothing of what they mean. */
@NullMarked
package org.mingchu.gateway.keep.store;

import org.jspecify.annotations.NullMarked;
