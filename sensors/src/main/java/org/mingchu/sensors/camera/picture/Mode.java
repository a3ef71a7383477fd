package org.mingchu.sensors.camera.picture;

/** By what light a camera sees; each has its own baseline. */
enum Mode {
    COLOUR("colour"),
    /** Infrared at night, or a camera without colour. */
    GREY("grey");

    private final String word;

    Mode(String word) {
        this.word = word;
    }

    static Mode of(Picture picture) {
        return picture.grey() ? GREY : COLOUR;
    }

    String word() {
        return word;
    }
}
