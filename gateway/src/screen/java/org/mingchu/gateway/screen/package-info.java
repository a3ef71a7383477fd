/**
 * The kitchen's screen and the public wall as people have them: the shipped program before a
 * simulated kitchen, and a browser with fingers. Touches nothing of the rooms but what lies on
 * disk.
 */
@NullMarked
package org.mingchu.gateway.screen;

import org.jspecify.annotations.NullMarked;
