package org.mingchu.simulator;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** The kinds of unit that a scenario can name. Stateless. */
public final class Presets {
    private static final Map<String, Function<String, Watched>> ALL =
            new TreeMap<>(
                    Map.ofEntries(
                            Map.entry("freezer", Fridge::freezer),
                            Map.entry("upright-freezer", Fridge::uprightFreezer),
                            Map.entry("chilled", Fridge::chilled),
                            Map.entry("sample-fridge", Fridge::sampleFridge),
                            Map.entry("hot-holding", Fridge::hotHolding),
                            Map.entry("steam-cabinet", Steriliser::steamCabinet),
                            Map.entry("infrared-cabinet", Steriliser::infraredCabinet),
                            Map.entry("dishwasher", Steriliser::dishwasher),
                            Map.entry("warehouse-dock", WarehouseUnits::dock),
                            Map.entry("warehouse-deep-freezer", WarehouseUnits::deepFreezer),
                            Map.entry("warehouse-freezer", WarehouseUnits::freezer),
                            Map.entry("warehouse-cooler", WarehouseUnits::cooler),
                            Map.entry("pan", Batch::pan),
                            Map.entry("pot", Batch::pot)));

    /** Every name, in order. */
    public static final List<String> NAMES = List.copyOf(ALL.keySet());

    private Presets() {}

    static Optional<Watched> of(String name, String id) {
        return Optional.ofNullable(ALL.get(name)).map(preset -> preset.apply(id));
    }
}
