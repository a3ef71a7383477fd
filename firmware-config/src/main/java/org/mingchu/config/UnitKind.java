package org.mingchu.config;

/** What a piece of equipment does with food. Immutable. */
public enum UnitKind {
    CHILLED("chilled"),
    FREEZER("freezer"),
    SAMPLE_FRIDGE("sample-fridge"),
    HOT_HOLDING("hot-holding"),
    DISINFECTION("disinfection"),
    TRANSIT_BOX("transit-box"),
    AMBIENT("ambient");

    private final String word;

    UnitKind(String word) {
        this.word = word;
    }

    /** The word that files and messages use. */
    public String word() {
        return word;
    }
}
