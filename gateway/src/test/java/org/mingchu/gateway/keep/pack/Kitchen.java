package org.mingchu.gateway.keep.pack;

import org.mingchu.config.Quantity;
import org.mingchu.gateway.judge.Entry;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.keep.cbor.CborWriter;
import org.mingchu.gateway.keep.entry.EntryCodec;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Moment;
import org.mingchu.sensors.Reading;
import org.mingchu.simulator.Fridge;
import org.mingchu.simulator.Weather;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * The rounds of a simulated kitchen: fridges and freezers with DS18B20 probes, a round every 10 s
 * that comes up to 2 ms late.
 */
public final class Kitchen {
    public static final String EPOCH = "9f2c61d07b3a4e55";
    public static final int PERIOD_MS = 10_000;
    private static final String BOOT = "2f0c7b9e-52f2-4f0a-9a0e-6a8b2f7f1c11";
    private static final long WALL_MS = 1_795_000_000_123L;
    private static final long CALIBRATION_MILLI = 31;
    private static final long NS_PER_MS = 1_000_000;

    private final Weather weather;
    private final List<String> ids;
    private final Random chance;
    private final long ageNsMax;
    private final long ageUnitNs;
    private final CborWriter writer = new CborWriter();
    private long round;

    /**
     * @param ageNsMax ages are evenly drawn below it
     * @param ageUnitNs and are multiples of this
     */
    public Kitchen(long seed, int sensors, long ageNsMax, long ageUnitNs) {
        var fridges = new ArrayList<Fridge>();
        for (var i = 0; i < sensors; i++) {
            var id = "unit-" + i + "-air";
            fridges.add(
                    switch (i % 4) {
                        case 0 -> Fridge.freezer(id);
                        case 1 -> Fridge.chilled(id);
                        case 2 -> Fridge.sampleFridge(id);
                        default -> Fridge.uprightFreezer(id);
                    });
        }
        this.weather = new Weather(seed, fridges);
        this.ids = weather.ids();
        this.chance = new Random(seed);
        this.ageNsMax = ageNsMax;
        this.ageUnitNs = ageUnitNs;
    }

    /** What the wall clock shows at a boot time. */
    public static long wallMs(long upNs) {
        return WALL_MS + upNs / NS_PER_MS;
    }

    /** The next round. */
    public Entry next() {
        weather.advanceTo(++round * PERIOD_MS);
        var readings = new ArrayList<Reading>();
        for (var id : ids) {
            var raw = weather.temperatureMilliCelsius(id);
            readings.add(
                    new Reading.Measured(
                            id,
                            Quantity.TEMPERATURE,
                            raw,
                            raw + CALIBRATION_MILLI,
                            age(),
                            Set.of()));
        }
        var upNs = round * PERIOD_MS * NS_PER_MS + chance.nextLong(2 * NS_PER_MS);
        var at = new Moment(BOOT, upNs, wallMs(upNs), ClockState.SYNCED, 12);
        return new Entry(EPOCH, round, at, new Fact.Round(readings));
    }

    private long age() {
        return ageNsMax == 0 ? 0 : chance.nextLong(ageNsMax) / ageUnitNs * ageUnitNs;
    }

    /** The bytes of the next rounds. */
    public List<byte[]> next(int rounds) {
        var bytes = new ArrayList<byte[]>();
        for (var i = 0; i < rounds; i++) {
            bytes.add(EntryCodec.encode(writer, next()));
        }
        return bytes;
    }
}
