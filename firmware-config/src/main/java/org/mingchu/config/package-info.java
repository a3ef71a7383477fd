/**
 * The plan: what is installed at this site, which limits bind it, and who is called.
 *
 * <p>Reads the site file, the rule pack and the secrets into immutable values, or names all
 * problems at once. It alone sees the TOML library; it touches no sensor, no clock and no network.
 */
@NullMarked
package org.mingchu.config;

import org.jspecify.annotations.NullMarked;
