package org.mingchu.simulator.demo;

import org.mingchu.simulator.Command;
import org.mingchu.simulator.Weather;
import org.mingchu.simulator.wire.Kitchen;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * Lets the weather live beside real time, at a pace of its own. One thread inside; methods any
 * thread.
 */
final class Life implements AutoCloseable {
    /** How often the files change; far finer than the fastest sampling. */
    static final Duration TICK = Duration.ofMillis(50);

    private final Weather weather;
    private final Kitchen kitchen;
    private final LongSupplier upNs;
    private final Queue<Watch> watches = new ArrayDeque<>();
    private final Thread thread;
    private int pace = 1;
    private long lastUpNs;
    private double weatherMs;
    private volatile boolean closed;

    /** Wants to know when a unit is above a temperature. */
    private record Watch(String unit, long aboveMilli, Crossed then) {}

    /** Told once, on the life's thread, right after the file has changed. */
    interface Crossed {
        void at(long upNs, long milliCelsius);
    }

    Life(Weather weather, Kitchen kitchen, LongSupplier upNs) {
        this.weather = weather;
        this.kitchen = kitchen;
        this.upNs = upNs;
        this.weatherMs = weather.timeMs();
        this.lastUpNs = upNs.getAsLong();
        this.thread = Thread.ofPlatform().daemon().name("weather").start(this::live);
    }

    private void live() {
        while (!closed) {
            tick();
            LockSupport.parkNanos(TICK.toNanos());
        }
    }

    private synchronized void tick() {
        long nowNs = upNs.getAsLong();
        weatherMs += (nowNs - lastUpNs) / 1e6 * pace;
        lastUpNs = nowNs;
        kitchen.advanceTo((long) weatherMs);
        watches.removeIf(this::crossed);
    }

    private boolean crossed(Watch watch) {
        long milli = weather.temperatureMilliCelsius(watch.unit());
        if (milli <= watch.aboveMilli()) {
            return false;
        }
        watch.then().at(upNs.getAsLong(), milli);
        return true;
    }

    /** From now on so many seconds of weather in one second. */
    synchronized void pace(int factor) {
        tick();
        pace = factor;
    }

    /**
     * @throws IllegalArgumentException when it names a unit that is not here
     */
    synchronized void obey(Command command) {
        weather.obey(command);
    }

    /** Calls once when the unit's probe first shows more than this. */
    synchronized void whenAbove(String unit, long milliCelsius, Crossed then) {
        watches.add(new Watch(unit, milliCelsius, then));
    }

    /** One line for people: what every probe would show. */
    synchronized String glance() {
        var line = new StringBuilder();
        for (var unit : weather.ids()) {
            double celsius = weather.temperatureMilliCelsius(unit) / 1e3;
            line.append("%s %.1f °C   ".formatted(unit, celsius));
        }
        return line.toString().strip();
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
