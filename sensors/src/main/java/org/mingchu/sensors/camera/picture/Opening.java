package org.mingchu.sensors.camera.picture;

/** Whether the kitchen is at work: a dark picture is a fault only then. Immutable. */
public enum Opening {
    OPEN,
    CLOSED
}
