package org.mingchu.simulator.wire;

/** What ails a {@link SceneCamera}, or merely happens before it. Several may be on at once. */
public enum SceneFault {
    /** The same file again and again. */
    FROZEN,
    /** The picture stands, the time written into it runs. */
    FROZEN_UNDER_CLOCK,
    /** The picture lives, the time written into it stands. */
    CLOCK_STOPPED,
    /** All zeros, without noise: a sensor without signal. */
    BLACK,
    /** Tape over the lens. */
    COVERED,
    /** A translucent bag over the camera: bright, and nothing has an edge. */
    BAGGED,
    /** A lens knocked out of focus. */
    DEFOCUSED,
    /** Months of grease: softer and paler, not gone. */
    GREASY,
    /** Turned by an eighth of what it sees. */
    MOVED,
    /** Turned to another wall. */
    TURNED_AWAY,
    /** A noise filter over space and time, and a stingy encoder: hardly anything changes. */
    DENOISED,
    /** A stingy encoder: blocks and rings. */
    ARTEFACTS,
    /** Cooks at work; one of them may stand near. */
    PEOPLE,
    /** Steam over the hob. */
    STEAM,
    /** The file ends in the middle. */
    TRUNCATED
}
