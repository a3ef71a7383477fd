/**
 * What people do: acknowledge, silence, clean, load, stop, put aside, check.
 *
 * <p>Checks who may, and hands the act to the house; nothing is answered before it is kept.
 */
@NullMarked
package org.mingchu.gateway.desk;

import org.jspecify.annotations.NullMarked;
