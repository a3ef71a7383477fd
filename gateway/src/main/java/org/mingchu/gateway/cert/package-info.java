/**
 * The certificate with which a gateway shows itself to a platform: its key, the request for it, its
 * installation and its renewal. Sees the plan, and files in the state folder.
 *
 * <p>{@link org.mingchu.gateway.cert.Slot} says where the files of a platform are, {@link
 * org.mingchu.gateway.cert.Enrolment} does what is done with them, {@link
 * org.mingchu.gateway.cert.Est} asks a server for the rest.
 */
@NullMarked
package org.mingchu.gateway.cert;

import org.jspecify.annotations.NullMarked;
