/**
 * Asks cameras and recorders by ONVIF and its kin: clocks, snapshots, recordings, disks.
 *
 * <p>Opens HTTP connections through {@code camera.http}; reads XML without entities.
 */
@NullMarked
package org.mingchu.sensors.camera.onvif;

import org.jspecify.annotations.NullMarked;
