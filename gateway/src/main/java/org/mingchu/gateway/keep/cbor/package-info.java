/** Deterministic CBOR, as much of it as the journal needs. Knows nothing of entries. */
@NullMarked
package org.mingchu.gateway.keep.cbor;

import org.jspecify.annotations.NullMarked;
