package org.mingchu.gateway.show;

import org.mingchu.config.Quantity;
import org.mingchu.config.Site;
import org.mingchu.config.Unit;
import org.mingchu.config.UnitKind;
import org.mingchu.config.Wall;
import org.mingchu.config.Wall.ControlPoint;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * How one control point is looked after here: nothing is fine that nobody records. Immutable.
 *
 * @param point the word of the point
 * @param by how
 * @param seen how many of them have a sensor
 * @param all how many there are
 */
record Coverage(String point, By by, int seen, int all) {
    /** Who records it. */
    enum By {
        SENSOR("sensor"),
        PARTLY("partly"),
        BY_HAND("by-hand"),
        NOTHING("nothing");

        private final String word;

        By(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    private static final List<UnitKind> STORES =
            List.of(
                    UnitKind.CHILLED,
                    UnitKind.FREEZER,
                    UnitKind.SAMPLE_FRIDGE,
                    UnitKind.HOT_HOLDING,
                    UnitKind.TRANSIT_BOX);

    /** All points of a site: what it stores food in, what people do, what is seen. */
    static List<Coverage> of(Site site) {
        var all = new ArrayList<Coverage>();
        for (var kind : STORES) {
            var units = site.units().stream().filter(unit -> unit.kind() == kind).toList();
            if (!units.isEmpty()) {
                all.add(ofUnits(kind.word(), units, Coverage::measured));
            }
        }
        for (var point : ControlPoint.values()) {
            all.add(ofPoint(point, site));
        }
        var cameras = site.cameras().size();
        all.add(new Coverage("cameras", cameras == 0 ? By.NOTHING : By.SENSOR, cameras, cameras));
        return List.copyOf(all);
    }

    private static Coverage ofPoint(ControlPoint point, Site site) {
        if (point == ControlPoint.DISINFECTION) {
            var proving = site.units().stream().filter(unit -> unit.method().isPresent()).toList();
            if (!proving.isEmpty()) {
                return ofUnits(point.word(), proving, Coverage::measured);
            }
        }
        return new Coverage(point.word(), byHand(point, site.wall()), 0, 0);
    }

    private static By byHand(ControlPoint point, Wall wall) {
        return wall.byHand().contains(point) ? By.BY_HAND : By.NOTHING;
    }

    private static Coverage ofUnits(String point, List<Unit> units, Predicate<Unit> seen) {
        var n = Math.toIntExact(units.stream().filter(seen).count());
        var by = n == 0 ? By.NOTHING : n < units.size() ? By.PARTLY : By.SENSOR;
        return new Coverage(point, by, n, units.size());
    }

    private static boolean measured(Unit unit) {
        return unit.sensors().stream().anyMatch(s -> s.measures() == Quantity.TEMPERATURE);
    }
}
