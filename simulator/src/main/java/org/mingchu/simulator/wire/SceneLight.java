package org.mingchu.simulator.wire;

/** By what light a {@link SceneCamera} sees. */
public enum SceneLight {
    /** The kitchen's own lamps. */
    DAY(1, 0, 2.5),
    /** Half of the lamps. */
    EVENING(0.55, 0, 3.5),
    /** Only the lamp over the exit, in colour, with much noise. */
    EXIT_LAMP(0.16, 4, 7),
    /** No lamp and no infrared. */
    DARK(0.008, 0, 0.5),
    /** The camera's own infrared lamps: no colour, paler, brightest in the middle. */
    INFRARED(0.6, 55, 6);

    final double gain;
    final double lift;
    final double noise;

    SceneLight(double gain, double lift, double noise) {
        this.gain = gain;
        this.lift = lift;
        this.noise = noise;
    }
}
