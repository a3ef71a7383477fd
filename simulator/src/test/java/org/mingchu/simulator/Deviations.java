package org.mingchu.simulator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** What a recorder with a tight band around each aim would have said about a warehouse. */
record Deviations(List<Episode> episodes, Map<String, List<Long>> samples, int days) {
    private static final long BAND_MILLI = 2_000;

    /** One stretch out of the band, in whole intervals. */
    record Episode(String unit, long startMs, long endMs, boolean cold) {
        double minutes() {
            return (double) (endMs - startMs) / Calendar.MINUTE_MS;
        }
    }

    static Deviations of(Warehouse warehouse, int days) {
        var weather = warehouse.weather();
        var episodes = new ArrayList<Episode>();
        var samples = new HashMap<String, List<Long>>();
        var open = new HashMap<String, Episode>();
        while (weather.timeMs() < days * Calendar.DAY_MS) {
            long nowMs = weather.timeMs() + Warehouse.PERIOD_MS;
            weather.advanceTo(nowMs);
            for (var room : warehouse.units()) {
                long milli = weather.temperatureMilliCelsius(room.id());
                samples.computeIfAbsent(room.id(), _ -> new ArrayList<>()).add(milli);
                long over = milli - Math.round(room.thermostat().target() * 1000);
                if (Math.abs(over) > BAND_MILLI) {
                    open.putIfAbsent(room.id(), new Episode(room.id(), nowMs, nowMs, over < 0));
                } else if (open.containsKey(room.id())) {
                    var was = open.remove(room.id());
                    episodes.add(new Episode(was.unit(), was.startMs(), nowMs, was.cold()));
                }
            }
        }
        return new Deviations(List.copyOf(episodes), samples, days);
    }

    double perDay() {
        return (double) episodes.size() / days;
    }

    double share(Predicate<Episode> wanted) {
        return (double) episodes.stream().filter(wanted).count() / episodes.size();
    }

    double medianMinutes() {
        return episodes.stream()
                .mapToDouble(Episode::minutes)
                .sorted()
                .toArray()[episodes.size() / 2];
    }

    /** The share of episodes that begin within 60 min of the end of the one before. */
    double raisedAgain() {
        var ended = new HashMap<String, Long>();
        int again = 0;
        for (var episode : episodes) {
            long sinceMs = episode.startMs() - ended.getOrDefault(episode.unit(), -Calendar.DAY_MS);
            again += sinceMs <= Calendar.HOUR_MS ? 1 : 0;
            ended.put(episode.unit(), episode.endMs());
        }
        return (double) again / episodes.size();
    }

    private int[] countsByDay() {
        var counts = new int[days];
        episodes.forEach(episode -> counts[(int) (episode.startMs() / Calendar.DAY_MS)]++);
        return counts;
    }

    long daysWithSome() {
        return Arrays.stream(countsByDay()).filter(count -> count > 0).count();
    }

    int mostInADay() {
        return Arrays.stream(countsByDay()).max().orElse(0);
    }

    long quantile(String unit, double quantile) {
        var sorted = samples.getOrDefault(unit, List.of()).stream().sorted().toList();
        return sorted.get((int) (quantile * (sorted.size() - 1)));
    }
}
