package org.mingchu.simulator;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** What happens to the rooms of a warehouse over the days. One thread. */
final class WarehouseLife {
    private static final long MINUTE = Calendar.MINUTE_MS;

    /** Goods arrive at a room this often on a working day, and on a Sunday. */
    private static final double LOADINGS = 0.22;

    private static final double SUNDAY_LOADINGS = 0.15;

    /** Goods are taken out of a room with its gate left open this often a day. */
    private static final double PICKED = 0.14;

    /** A second lorry comes while the first one's goods are hardly cold. */
    private static final double SECOND_LORRY = 0.5;

    /** After goods, somebody turns the thermostat down, and back hours later. */
    private static final double TURNED_DOWN = 0.5;

    /** Cheap current at night is stored as cold. */
    private static final double CHEAP_NIGHTS = 0.4;

    private static final double FAILURES_A_YEAR = 1.2;

    private final long seed;
    private final int days;
    private final List<At> timeline = new ArrayList<>();
    private final List<Failure> failures = new ArrayList<>();

    WarehouseLife(long seed, int days) {
        this.seed = seed;
        this.days = days;
    }

    List<At> timeline() {
        return timeline.stream().sorted(Comparator.comparingLong(At::timeMs)).toList();
    }

    List<Failure> failures() {
        return failures.stream().sorted(Comparator.comparingLong(Failure::fromMs)).toList();
    }

    /** All that happens to one room; chance of its own, as in the weather. */
    void live(Fridge room) {
        var chance =
                RandomGeneratorFactory.of(Weather.CHANCE)
                        .create(~seed * 0x9E3779B97F4A7C15L + room.id().hashCode());
        plant(room, chance);
        for (int day = 0; day < days; day++) {
            long midnightMs = day * Calendar.DAY_MS;
            double loadings = day % 7 == 6 ? SUNDAY_LOADINGS : LOADINGS;
            if (chance.nextDouble() < loadings) {
                loading(room, midnightMs + minutes(chance, 5 * 60, 18 * 60), chance);
            }
            if (chance.nextDouble() < PICKED) {
                pick(room.id(), midnightMs + minutes(chance, 5 * 60, 20 * 60), chance);
            }
            if (chance.nextDouble() < CHEAP_NIGHTS) {
                turnDown(room.id(), midnightMs + minutes(chance, 0, 180), chance);
            }
        }
    }

    private void loading(Fridge room, long atMs, RandomGenerator chance) {
        long endsMs = goods(room, atMs, chance);
        if (chance.nextDouble() < SECOND_LORRY) {
            endsMs = goods(room, endsMs + minutes(chance, 65, 145), chance);
        }
        if (chance.nextDouble() < TURNED_DOWN) {
            turnDown(room.id(), endsMs + minutes(chance, 20, 75), chance);
        }
    }

    /** One lorry: the gate stands open, and what comes in is warmer than what is there. */
    private long goods(Fridge room, long atMs, RandomGenerator chance) {
        if (gateStandsOpen(room.id(), atMs)) {
            return atMs;
        }
        long shutMs = atMs + minutes(chance, 25, 110);
        double warmer = 6 + 12 * chance.nextDouble();
        double share = 0.15 + 0.3 * chance.nextDouble();
        add(atMs, new Command.DoorWide(room.id()));
        add(
                atMs + (shutMs - atMs) / 2,
                new Command.Load(room.id(), room.thermostat().target() + warmer, share));
        add(shutMs, new Command.DoorShut(room.id()));
        return shutMs;
    }

    /** Somebody takes pallets out and forgets the gate for a while. */
    private void pick(String id, long atMs, RandomGenerator chance) {
        if (gateStandsOpen(id, atMs)) {
            return;
        }
        add(atMs, new Command.DoorWide(id));
        add(atMs + minutes(chance, 8, 20), new Command.DoorShut(id));
    }

    /** Whoever comes by a gate that is forgotten this night must not shut it, nor just before. */
    private boolean gateStandsOpen(String id, long atMs) {
        return failures.stream()
                .filter(failure -> failure.kind() == Failure.Kind.DOOR)
                .filter(failure -> failure.unit().equals(id))
                .anyMatch(failure ->
                        atMs > failure.fromMs() - 3 * Calendar.HOUR_MS && atMs < failure.toMs());
    }

    private void turnDown(String id, long atMs, RandomGenerator chance) {
        add(atMs, new Command.Thermostat(id, -3.3 - 1.5 * chance.nextDouble()));
        double spread = chance.nextDouble();
        long lengthMs = (long) ((90 + 330 * spread * spread) * MINUTE);
        add(atMs + lengthMs, new Command.Thermostat(id, 0));
    }

    /** The few that are real; never two at once in a room. */
    private void plant(Fridge room, RandomGenerator chance) {
        double perDay = FAILURES_A_YEAR / 365;
        for (int day = 3; day < days - 10; day++) {
            if (chance.nextDouble() < perDay) {
                day += fail(room, day * Calendar.DAY_MS + minutes(chance, 0, 1440), chance);
            }
        }
    }

    /** How many days it took. */
    private int fail(Fridge room, long atMs, RandomGenerator chance) {
        var id = room.id();
        var kinds = Failure.Kind.values();
        return switch (kinds[chance.nextInt(kinds.length)]) {
            case COMPRESSOR -> {
                long toMs = atMs + minutes(chance, 240, 720);
                failure(
                        new Failure(id, atMs, toMs, Failure.Kind.COMPRESSOR),
                        new Command.CompressorOff(id),
                        new Command.CompressorOn(id));
                yield 2;
            }
            case LEAK -> {
                double perDay = 0.12 + 0.08 * chance.nextDouble();
                failure(
                        new Failure(id, atMs, atMs + 8 * Calendar.DAY_MS, Failure.Kind.LEAK),
                        new Command.Leak(id, perDay),
                        new Command.Mended(id));
                yield 9;
            }
            case ICING -> {
                failure(
                        new Failure(id, atMs, atMs + 8 * Calendar.DAY_MS, Failure.Kind.ICING),
                        new Command.Icing(id),
                        new Command.Mended(id));
                yield 9;
            }
            case DOOR -> {
                long eveningMs = atMs / Calendar.DAY_MS * Calendar.DAY_MS + 20 * Calendar.HOUR_MS;
                failure(
                        new Failure(
                                id, eveningMs, eveningMs + 9 * Calendar.HOUR_MS, Failure.Kind.DOOR),
                        new Command.DoorWide(id),
                        new Command.DoorShut(id));
                yield 2;
            }
        };
    }

    private void failure(Failure failure, Command begins, Command ends) {
        failures.add(failure);
        add(failure.fromMs(), begins);
        add(failure.toMs(), ends);
    }

    private void add(long atMs, Command command) {
        timeline.add(new At(atMs, command));
    }

    private static long minutes(RandomGenerator chance, int least, int most) {
        return chance.nextInt(least, most) * MINUTE;
    }
}
