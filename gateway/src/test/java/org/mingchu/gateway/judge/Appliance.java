package org.mingchu.gateway.judge;

import org.mingchu.config.Condition;
import org.mingchu.config.Rule;
import org.mingchu.config.RulePack;
import org.mingchu.config.UnitKind;
import org.mingchu.simulator.Defrost;
import org.mingchu.simulator.Fridge;

/** The units on which detection is measured. Immutable. */
enum Appliance {
    FREEZER("walk-in freezer", UnitKind.FREEZER, Fridge.freezer("u")),
    UPRIGHT("upright freezer, adaptive defrost", UnitKind.FREEZER, Fridge.uprightFreezer("u")),
    CHILLED("chilled cabinet", UnitKind.CHILLED, Fridge.chilled("u")),
    SAMPLES("sample fridge", UnitKind.SAMPLE_FRIDGE, Fridge.sampleFridge("u"));

    private final String title;
    private final UnitKind kind;
    private final Fridge fridge;

    Appliance(String title, UnitKind kind, Fridge fridge) {
        this.title = title;
        this.kind = kind;
        this.fridge = fridge;
    }

    String title() {
        return title;
    }

    UnitKind kind() {
        return kind;
    }

    Fridge fridge() {
        return fridge;
    }

    boolean defrosts() {
        return !(fridge.defrost() instanceof Defrost.None);
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
