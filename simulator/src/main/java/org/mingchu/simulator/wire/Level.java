package org.mingchu.simulator.wire;

/** The level of a pin. A contact with pull-up is low when closed. */
public enum Level {
    LOW("0"),
    HIGH("1");

    private final String text;

    Level(String text) {
        this.text = text;
    }

    /** As the kernel writes it, without the line end. */
    public String text() {
        return text;
    }

    /** What a value file says; an empty or missing one is low, as a pin nobody drives. */
    static Level read(String content) {
        return content.strip().equals(HIGH.text) ? HIGH : LOW;
    }
}
