/**
 * The kitchen's page, and the patterns of lamps and buzzer.
 *
 * <p>It alone sees the HTTP server; it changes nothing.
 */
@NullMarked
package org.mingchu.gateway.show;

import org.jspecify.annotations.NullMarked;
