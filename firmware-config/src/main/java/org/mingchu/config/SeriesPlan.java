package org.mingchu.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The part of a plan that a recorded series can be judged by: what measured it, as often as it
 * measured. Any thread.
 */
public final class SeriesPlan {
    private SeriesPlan() {}

    /**
     * The plan with these sensors only; nothing is asked of cameras, platforms or the gateway
     * itself, of which a series says nothing.
     *
     * @param periods how often each sensor measured; what is not named is left out
     */
    public static Plan of(Plan plan, Map<String, Duration> periods) {
        var site = plan.site();
        var units = site.units().stream().map(unit -> unit(unit, periods)).toList();
        return new Plan(site(site, units), pack(plan.pack()), plan.siteSha256());
    }

    private static Unit unit(Unit unit, Map<String, Duration> periods) {
        return new Unit(
                unit.id(),
                unit.name(),
                unit.kind(),
                unit.place(),
                unit.partOf(),
                unit.defrost(),
                unit.sensors().stream()
                        .filter(sensor -> periods.containsKey(sensor.id()))
                        .map(sensor ->
                                sensor(sensor, Optional.ofNullable(periods.get(sensor.id()))))
                        .toList(),
                unit.overrides(),
                unit.method());
    }

    private static SensorPlan sensor(SensorPlan sensor, Optional<Duration> period) {
        return new SensorPlan(
                sensor.id(),
                sensor.measures(),
                sensor.source(),
                period,
                sensor.calibration(),
                sensor.inverted());
    }

    private static Site site(Site site, List<Unit> units) {
        return new Site(
                site.schema(),
                site.identity(),
                site.name(),
                site.kind(),
                site.timeZone(),
                site.language(),
                site.operator(),
                site.hours(),
                site.meals(),
                site.contacts(),
                site.samplingPeriod(),
                units,
                site.lines(),
                site.broker(),
                site.coap(),
                Video.NONE,
                site.annunciator(),
                site.console(),
                List.of(),
                site.journalBudgetMib());
    }

    private static RulePack pack(RulePack pack) {
        return new RulePack(
                pack.id(),
                pack.version(),
                pack.legal(),
                pack.rules().stream().filter(rule -> aboutUnits(rule.scope())).toList(),
                pack.proof(),
                pack.habits(),
                pack.calls(),
                pack.acts(),
                pack.retention(),
                pack.sha256());
    }

    private static boolean aboutUnits(Scope scope) {
        return scope != Scope.CAMERA && scope != Scope.GATEWAY;
    }
}
