/**
 * What is wrong with the machine and what is to be done about it: checks over files below a root,
 * the platforms' addresses, and what the running agent says of itself.
 *
 * <p>It looks and changes nothing. {@link org.mingchu.gateway.doctor.Doctor} names every check,
 * {@link org.mingchu.gateway.doctor.Checkup} does them within a bound; all else are values.
 */
@NullMarked
package org.mingchu.gateway.doctor;

import org.jspecify.annotations.NullMarked;
