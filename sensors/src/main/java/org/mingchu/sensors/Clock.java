package org.mingchu.sensors;

/** The time, handed in by the door; the simulator's in films. Any thread. */
@FunctionalInterface
public interface Clock {
    Moment now();
}
