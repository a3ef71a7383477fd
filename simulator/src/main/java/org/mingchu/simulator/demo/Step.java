package org.mingchu.simulator.demo;

import java.util.List;

/** What must happen in the film, and after what. Immutable. */
enum Step {
    COMPRESSOR_OFF("compressor off"),
    ABOVE_LIMIT("above -12 °C"),
    RAISED("alarm raised"),
    BUZZER_ON("buzzer on"),
    PLATFORM_RECEIVED("platform received"),
    PLATFORM_ACKNOWLEDGED("platform acknowledged"),
    PERSON_ACKNOWLEDGED("person acknowledged"),
    BUZZER_OFF("buzzer off"),
    COMPRESSOR_ON("compressor on"),
    RETURNED("returned"),
    CLEARED("cleared");

    private final String words;

    Step(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }

    /**
     * The steps that cannot come later than this one. Buzzer and platform are told side by side:
     * neither waits for the other.
     */
    List<Step> after() {
        return switch (this) {
            case COMPRESSOR_OFF -> List.of();
            case ABOVE_LIMIT -> List.of(COMPRESSOR_OFF);
            case RAISED -> List.of(ABOVE_LIMIT);
            case BUZZER_ON, PLATFORM_RECEIVED -> List.of(RAISED);
            case PLATFORM_ACKNOWLEDGED -> List.of(PLATFORM_RECEIVED);
            case PERSON_ACKNOWLEDGED -> List.of(BUZZER_ON, PLATFORM_ACKNOWLEDGED);
            case BUZZER_OFF -> List.of(PERSON_ACKNOWLEDGED);
            case COMPRESSOR_ON -> List.of(BUZZER_OFF);
            case RETURNED -> List.of(COMPRESSOR_ON);
            case CLEARED -> List.of(RETURNED);
        };
    }
}
