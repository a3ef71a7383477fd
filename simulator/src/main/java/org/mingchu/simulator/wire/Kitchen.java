package org.mingchu.simulator.wire;

import org.mingchu.simulator.Weather;

import java.util.List;
import java.util.OptionalInt;

/**
 * Connects the weather to the files: each unit's probe and door contact. One thread.
 *
 * <p>One advance writes every file that a reader could find changed.
 */
public final class Kitchen {
    private final Weather weather;
    private final SysfsTree tree;
    private final List<Wire> wires;

    /**
     * How one unit is wired.
     *
     * @param unit the fridge's id in the weather
     * @param rom its DS18B20's ROM code
     * @param doorPin the BCM number of its door contact: closed contact, closed door, low
     */
    public record Wire(String unit, String rom, OptionalInt doorPin) {}

    public Kitchen(Weather weather, SysfsTree tree, List<Wire> wires) {
        this.weather = weather;
        this.tree = tree;
        this.wires = List.copyOf(wires);
        write();
    }

    /**
     * Lets the weather go on and shows it.
     *
     * @param weatherMs weather time, which the caller may let run faster than life
     */
    public void advanceTo(long weatherMs) {
        weather.advanceTo(weatherMs);
        write();
    }

    private void write() {
        for (var wire : wires) {
            writeProbe(wire);
            wire.doorPin().ifPresent(pin -> writeDoor(wire.unit(), pin));
        }
    }

    private void writeDoor(String unit, int pin) {
        tree.input(pin, weather.doorOpen(unit) ? Level.HIGH : Level.LOW);
    }

    private void writeProbe(Wire wire) {
        var rom = wire.rom();
        long milli = weather.temperatureMilliCelsius(wire.unit());
        switch (weather.probe(wire.unit())) {
            case WORKING, STUCK -> tree.temperature(rom, milli);
            case CRC_NOISE -> tree.crcNoise(rom, milli);
            case POWER_ON -> tree.powerOn(rom);
            case WEAK_POWER -> tree.weakPower(rom);
            case ALL_ZERO -> tree.allZero(rom);
            case EMPTY -> tree.empty(rom);
            case HUNG -> tree.hang(rom);
            case UNPLUGGED -> tree.vanish(rom);
        }
    }
}
