package org.mingchu.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** What a recording says about limits: when the value was above one, how long, how high. */
record Excursions(List<Excursion> list) {
    /** One stretch above a limit, sampled once a minute or finer. */
    record Excursion(double minutes, long peakMilli, long startMs) {}

    /** Watches one unit for so many days and notes every stretch above a limit. */
    static Excursions watch(Weather weather, String unit, long limitMilli, long days) {
        var list = new ArrayList<Excursion>();
        long start = -1;
        long peak = Long.MIN_VALUE;
        long endMs = weather.timeMs() + days * Calendar.DAY_MS;
        while (weather.timeMs() < endMs) {
            weather.advanceTo(weather.timeMs() + Weather.STEP_MS);
            long milli = weather.temperatureMilliCelsius(unit);
            if (milli > limitMilli) {
                start = start < 0 ? weather.timeMs() : start;
                peak = Math.max(peak, milli);
            } else if (start >= 0) {
                double minutes = (double) (weather.timeMs() - start) / Calendar.MINUTE_MS;
                list.add(new Excursion(minutes, peak, start));
                start = -1;
                peak = Long.MIN_VALUE;
            }
        }
        return new Excursions(List.copyOf(list));
    }

    Excursions only(Predicate<Excursion> wanted) {
        return new Excursions(list.stream().filter(wanted).toList());
    }

    double minutesAtQuantile(double quantile) {
        var minutes = list.stream().map(Excursion::minutes).sorted().toList();
        return minutes.get((int) Math.ceil(quantile * (minutes.size() - 1)));
    }

    List<Double> minutes() {
        return list.stream().map(Excursion::minutes).toList();
    }

    List<Long> peaks() {
        return list.stream().map(Excursion::peakMilli).toList();
    }
}
