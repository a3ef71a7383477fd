package org.mingchu.simulator.demo;

import java.util.List;

/** What must happen in the film, and after what. Immutable. */
enum Step {
    COMPRESSOR_OFF("compressor off"),
    ABOVE_LIMIT("above -12 °C", COMPRESSOR_OFF),
    RAISED("alarm raised", ABOVE_LIMIT),
    BUZZER_ON("buzzer on", RAISED),
    // Buzzer and platform are told side by side: neither waits for the other.
    PLATFORM_RECEIVED("platform received", RAISED),
    PLATFORM_ACKNOWLEDGED("platform acknowledged", PLATFORM_RECEIVED),
    PERSON_ACKNOWLEDGED("person acknowledged", BUZZER_ON, PLATFORM_ACKNOWLEDGED),
    BUZZER_OFF("buzzer off", PERSON_ACKNOWLEDGED),
    COMPRESSOR_ON("compressor on", BUZZER_OFF),
    RETURNED("returned", COMPRESSOR_ON),
    CLEARED("cleared", RETURNED);

    private final String words;
    private final List<Step> after;

    Step(String words, Step... after) {
        this.words = words;
        this.after = List.of(after);
    }

    String words() {
        return words;
    }

    /** The steps that cannot come later than this one. */
    List<Step> after() {
        return after;
    }
}
