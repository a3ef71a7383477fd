package org.mingchu.config;

/**
 * How limits are written. The spans hold every limit that makes sense for what a unit does with
 * food; they catch a lost sign (15 for -15) and a lost point (80 for 8.0), not a wrong judgement.
 */
final class Limits {
    private Limits() {}

    /** A limit of a quantity for what is in scope. */
    static Form<Long> of(Quantity quantity, Scope scope) {
        return switch (quantity) {
            case TEMPERATURE -> temperature(scope);
            case HUMIDITY -> Milli.between(0, 100_000, "%RH");
            case BATTERY -> Milli.between(0, 100_000, "%EL");
            case SIGNAL -> Milli.between(-150_000, 0, "dBm");
            case LINK -> Milli.between(0, 100_000, "% (0 is none, 100 is best)");
            case DOOR, MAINS, SMOKE, GAS, WATER, DEFROST ->
                    Milli.between(0, 1_000, "(0 is closed, 1 is open)");
        };
    }

    private static Form<Long> temperature(Scope scope) {
        return switch (scope) {
            case CHILLED, SAMPLE_FRIDGE -> celsius(-5, 15);
            case FREEZER -> celsius(-60, 0);
            case HOT_HOLDING -> celsius(40, 120);
            case DISINFECTION -> celsius(40, 200);
            case TRANSIT_BOX -> celsius(-40, 100);
            case AMBIENT -> celsius(-30, 60);
            case ANY, CAMERA, GATEWAY -> celsius(-60, 200);
        };
    }

    private static Form<Long> celsius(int min, int max) {
        return Milli.between(min * 1_000L, max * 1_000L, "℃");
    }

    /** Scope of the rules that are made for one kind of unit. */
    static Scope scope(UnitKind kind) {
        return switch (kind) {
            case CHILLED -> Scope.CHILLED;
            case FREEZER -> Scope.FREEZER;
            case SAMPLE_FRIDGE -> Scope.SAMPLE_FRIDGE;
            case HOT_HOLDING -> Scope.HOT_HOLDING;
            case DISINFECTION -> Scope.DISINFECTION;
            case TRANSIT_BOX -> Scope.TRANSIT_BOX;
            case AMBIENT -> Scope.AMBIENT;
        };
    }
}
