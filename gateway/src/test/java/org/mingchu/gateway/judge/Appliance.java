package org.mingchu.gateway.judge;

import org.mingchu.config.Condition;
import org.mingchu.config.Rule;
import org.mingchu.config.RulePack;
import org.mingchu.config.UnitKind;
import org.mingchu.simulator.Defrost;
import org.mingchu.simulator.Fridge;

/** The units on which detection is measured. Immutable. */
enum Appliance {
    FREEZER("walk-in freezer", UnitKind.FREEZER),
    UPRIGHT("upright freezer, adaptive defrost", UnitKind.FREEZER),
    CHILLED("chilled cabinet", UnitKind.CHILLED),
    SAMPLES("sample fridge", UnitKind.SAMPLE_FRIDGE);

    private final String title;
    private final UnitKind kind;

    Appliance(String title, UnitKind kind) {
        this.title = title;
        this.kind = kind;
    }

    String title() {
        return title;
    }

    UnitKind kind() {
        return kind;
    }

    Fridge fridge() {
        return switch (this) {
            case FREEZER -> Fridge.freezer("u");
            case UPRIGHT -> Fridge.uprightFreezer("u");
            case CHILLED -> Fridge.chilled("u");
            case SAMPLES -> Fridge.sampleFridge("u");
        };
    }

    boolean defrosts() {
        return !(fridge().defrost() instanceof Defrost.None);
    }

    /** The limit that the law sets, in thousandths of a degree Celsius. */
    long limitMilli(RulePack pack) {
        return pack.rules().stream()
                .filter(Rule::legal)
                .filter(rule -> rule.scope().covers(kind))
                .map(Rule::when)
                .filter(Condition.Above.class::isInstance)
                .map(Condition.Above.class::cast)
                .mapToLong(Condition.Above::limitMilli)
                .min()
                .orElseThrow();
    }
}
