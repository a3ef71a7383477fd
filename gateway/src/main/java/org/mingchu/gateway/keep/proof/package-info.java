/**
 * What the journal can prove: the RFC 6962 tree, signed notes, the export and its verifier.
 *
 * <p>It sees the JDK and {@code keep.cbor} and nothing else, because it is shipped a second time as
 * a jar that needs only a JRE.
 */
@NullMarked
package org.mingchu.gateway.keep.proof;

import org.jspecify.annotations.NullMarked;
