package org.mingchu.simulator;

import java.util.List;

/** The rooms of a food warehouse; each holds well within ±2 K while nobody touches it. */
final class WarehouseUnits {
    private WarehouseUnits() {}

    /** A dock at 7 °C, whose gate is as large as its wall. */
    static Fridge dock(String id) {
        return new Fridge(
                id,
                new Fridge.Thermal(0.01, 0.04, 0.006, 0.02),
                new Fridge.Thermostat(7, 0.7, 0.35),
                new Defrost.None(),
                0);
    }

    /** A room at −31 °C with one long electric defrost a day. */
    static Fridge deepFreezer(String id) {
        return new Fridge(
                id,
                new Fridge.Thermal(0.004, 0.06, 0.003, 0.006),
                new Fridge.Thermostat(-30.8, 0.7, 0.75),
                new Defrost.Scheduled(List.of(180), 26, 36, 0.8),
                0);
    }

    /** A room at −20 °C, defrosted by hot gas, hardly felt in the air. */
    static Fridge freezer(String id) {
        return new Fridge(
                id,
                new Fridge.Thermal(0.004, 0.05, 0.005, 0.02),
                new Fridge.Thermostat(-20, 0.7, 0.5),
                new Defrost.Scheduled(List.of(240, 960), 10, 14, 0.05),
                0);
    }

    /** A room at 2 °C that defrosts by itself whenever the compressor rests. */
    static Fridge cooler(String id) {
        return new Fridge(
                id,
                new Fridge.Thermal(0.008, 0.05, 0.006, 0.02),
                new Fridge.Thermostat(2, 0.7, 0.4),
                new Defrost.None(),
                0);
    }
}
