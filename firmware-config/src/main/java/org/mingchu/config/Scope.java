package org.mingchu.config;

/** What a rule of a pack applies to. Immutable. */
public enum Scope {
    ANY("any"),
    CHILLED("chilled"),
    FREEZER("freezer"),
    SAMPLE_FRIDGE("sample-fridge"),
    HOT_HOLDING("hot-holding"),
    DISINFECTION("disinfection"),
    TRANSIT_BOX("transit-box"),
    AMBIENT("ambient"),
    CAMERA("camera"),
    GATEWAY("gateway");

    private final String word;

    Scope(String word) {
        this.word = word;
    }

    /** The word that files and messages use. */
    public String word() {
        return word;
    }

    /** Whether a sensor in a unit of this kind falls under the scope. */
    public boolean covers(UnitKind kind) {
        return this == ANY || word.equals(kind.word());
    }
}
