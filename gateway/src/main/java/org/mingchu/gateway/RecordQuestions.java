package org.mingchu.gateway;

import org.mingchu.config.Plan;
import org.mingchu.config.Site;
import org.mingchu.config.Video;
import org.mingchu.gateway.keep.Extract;
import org.mingchu.gateway.keep.Journal;
import org.mingchu.gateway.keep.Limits;
import org.mingchu.gateway.keep.Window;
import org.mingchu.gateway.keep.store.JournalException;
import org.mingchu.gateway.tend.Told;
import org.mingchu.sensors.Clock;
import org.mingchu.sensors.Reading;
import org.mingchu.sensors.camera.Uptime;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Answers what a technician or an inspector asks about what was measured. It asks the record a
 * sensor and a day at a time, so that the watch over the kitchen never waits long. Any thread but
 * the house's.
 */
final class RecordQuestions {
    /** Days of one chart, in number: as long as minutes are kept. */
    private static final int DAYS_MAX = 1_000;

    /** Lines of one chart, in number. */
    private static final int BUCKETS_MAX = 400;

    private static final int DAYS = 7;

    /** Each day of each sensor is read whole. */
    private static final int COMPLETE_DAYS_MAX = 31;

    private final Journal journal;
    private final Clock clock;
    private final Supplier<Kitchen> kitchen;

    RecordQuestions(Journal journal, Clock clock, Supplier<Kitchen> kitchen) {
        this.journal = journal;
        this.clock = clock;
        this.kitchen = kitchen;
    }

    /** One question, with all it needs. */
    private record Asked(Words words, Curves curves, KitchenTime time, long nowMs) {}

    @FunctionalInterface
    private interface Answer {
        Told to(Asked asked);
    }

    private Told answer(Map<String, String> words, Answer answer) {
        try {
            return answer.to(asked(words));
        } catch (Words.Unusable e) {
            return Told.unusable(String.valueOf(e.getMessage()));
        } catch (JournalException e) {
            return Told.refused(String.valueOf(e.getMessage()));
        }
    }

    private Asked asked(Map<String, String> words) {
        var here = kitchen.get();
        return new Asked(
                new Words(words, here.time()),
                new Curves(journal, clock, here),
                here.time(),
                clock.now().wallMs());
    }

    /** Everybody's last value. */
    Told last(Map<String, String> words) {
        return answer(
                words,
                asked -> {
                    var rows = new ArrayList<LastValues.Row>();
                    var newest = asked.curves.newest();
                    for (var subject : asked.curves.subjects()) {
                        var last = asked.curves.history(subject).last(subject, clock.now());
                        rows.add(
                                new LastValues.Row(
                                        subject, last, Optional.ofNullable(newest.get(subject))));
                    }
                    return new LastValues(rows, asked.time).told(asked.words.json());
                });
    }

    /** Least, mean and greatest value, a line for each day of the kitchen or each equal part. */
    Told chart(Map<String, String> words) {
        return answer(
                words,
                asked -> {
                    var curve = asked.curves.curve(asked.words);
                    var days = asked.words.number("days", DAYS, DAYS_MAX);
                    var to = asked.words.to(asked.nowMs);
                    var byDay = asked.words.word("buckets").isEmpty();
                    var windows =
                            byDay
                                    ? days(asked.time, to, days)
                                    : parts(
                                            to,
                                            days,
                                            asked.words.number("buckets", DAYS, BUCKETS_MAX));
                    var history = asked.curves.history(curve.subject());
                    var buckets =
                            windows.stream()
                                    .map(window ->
                                            new Chart.Bucket(
                                                    window,
                                                    history.sample(curve, Limits.NONE, window)))
                                    .toList();
                    return new Chart(curve, buckets, byDay, asked.time).told(asked.words.json());
                });
    }

    /** The last days that have begun, the last one as far as it has come. */
    private static List<Window> days(KitchenTime time, long toMs, int days) {
        var windows = new ArrayList<Window>();
        var last = time.day(toMs - 1);
        for (var day = last.minusDays(days - 1L); !day.isAfter(last); day = day.plusDays(1)) {
            windows.add(new Window(time.begin(day), Math.min(toMs, time.begin(day.plusDays(1)))));
        }
        return windows;
    }

    private static List<Window> parts(long toMs, int days, int n) {
        var lengthMs = Duration.ofDays(days).toMillis();
        var windows = new ArrayList<Window>();
        for (var i = 0; i < n; i++) {
            windows.add(
                    new Window(
                            toMs - lengthMs + lengthMs * i / n,
                            toMs - lengthMs + lengthMs * (i + 1) / n));
        }
        return windows;
    }

    /** How much came of each sensor on each day, and why the rest did not. */
    Told completeness(Map<String, String> words) {
        return answer(
                words,
                asked -> {
                    var last = asked.words.day("day").orElse(asked.time.day(asked.nowMs));
                    if (asked.time.begin(last) > asked.nowMs) {
                        throw new Words.Unusable(
                                "--day " + last + ": it has not begun; name an earlier one");
                    }
                    var days = asked.words.number("days", 1, COMPLETE_DAYS_MAX);
                    var rows = new ArrayList<Completeness.Row>();
                    var present = asked.curves.present();
                    for (var subject : asked.curves.subjects()) {
                        for (var i = days - 1L; i >= 0; i--) {
                            row(asked, subject, last.minusDays(i))
                                    .filter(row -> present.contains(subject) || row.says())
                                    .ifPresent(rows::add);
                        }
                    }
                    return new Completeness(rows, asked.time).told(asked.words.json());
                });
    }

    private static Optional<Completeness.Row> row(Asked asked, String subject, LocalDate day) {
        return asked.curves
                .curve(subject)
                .map(curve ->
                        new Completeness.Row(
                                subject,
                                day,
                                asked.curves
                                        .history(subject)
                                        .completeness(curve, day, asked.time.zone())));
    }

    /** Each stretch outside of the limits. */
    Told excursions(Map<String, String> words) {
        return answer(
                words,
                asked -> {
                    var curve = asked.curves.curve(asked.words);
                    var limits = asked.words.limits();
                    if (limits.equals(Limits.NONE)) {
                        throw new Words.Unusable(
                                "--above and --below are missing; expected one of them, such as"
                                        + " --above 8");
                    }
                    var window = asked.words.window(asked.nowMs);
                    var found =
                            asked.curves.history(curve.subject()).excursions(curve, limits, window);
                    return new Excursions(curve, limits, window, asked.time)
                            .told(found, asked.words.json());
                });
    }

    /** What happened to one sample. */
    Told sample(Map<String, String> words) {
        return answer(
                words,
                asked -> {
                    var curve = asked.curves.curve(asked.words);
                    var limits = asked.words.limits();
                    var window = asked.words.window(asked.nowMs);
                    var found = asked.curves.history(curve.subject()).sample(curve, limits, window);
                    return new SampleHistory(curve, limits, window, asked.time)
                            .told(found, asked.words.json());
                });
    }

    /** For how much of the last days each level of each camera was up. */
    Told uptime(Map<String, String> words) {
        return answer(
                words,
                asked -> {
                    var days = asked.words.number("days", 1, COMPLETE_DAYS_MAX);
                    var to = asked.words.to(asked.nowMs);
                    var window = new Window(to - Duration.ofDays(days).toMillis(), to);
                    var only = asked.words.word("camera");
                    var site = kitchen.get().plan().map(Plan::site);
                    var rows =
                            site.stream()
                                    .flatMap(s -> s.video().eyes().stream())
                                    .filter(eye -> only.isEmpty() || only.get().equals(eye.owner()))
                                    .map(eye ->
                                            UptimeReport.Row.of(
                                                    eye.subject(),
                                                    uptime(asked, eye, window),
                                                    window,
                                                    site.flatMap(Site::hours),
                                                    asked.time))
                                    .toList();
                    if (rows.isEmpty() && only.isPresent()) {
                        throw new Words.Unusable(
                                "%s: no camera of this kitchen".formatted(only.get()));
                    }
                    return new UptimeReport(rows, window, asked.time).told(asked.words.json());
                });
    }

    /** A verdict holds until the next, and for two periods at most: then nobody looked. */
    private static Uptime uptime(Asked asked, Video.Eye eye, Window window) {
        var sights = new ArrayList<Uptime.Sight>();
        for (var said : asked.curves.history(eye.subject()).range(eye.subject(), window).said()) {
            if (said.reading() instanceof Reading.Seen(_, var verdict, _)) {
                var at = Instant.ofEpochMilli(said.when().wallMs());
                if (sights.isEmpty() || at.isAfter(sights.getLast().at())) {
                    sights.add(new Uptime.Sight(at, verdict));
                }
            }
        }
        return Uptime.of(sights, eye.level().period().multipliedBy(2));
    }

    /** Opens what readings go into. */
    @FunctionalInterface
    interface Opening {
        OutputStream open(String contentType) throws IOException;
    }

    /**
     * Each reading of one sensor, streamed.
     *
     * @return what stands in the way, if anything does
     */
    Optional<Told> readings(Map<String, String> words, Opening opening) throws IOException {
        try {
            var asked = asked(words);
            var curve = asked.curves.curve(asked.words);
            var window = asked.words.window(asked.nowMs);
            var extract =
                    new Extract(
                            journal,
                            curve,
                            asked.curves.period(curve.subject()),
                            asked.curves.lateness(curve.subject()));
            if (asked.words.json()) {
                var out = opening.open("application/x-ndjson");
                ReadingLines.write(extract, window, asked.time, out);
            } else {
                extract.csv(window, asked.time.zone(), opening.open("text/csv"));
            }
            return Optional.empty();
        } catch (Words.Unusable e) {
            return Optional.of(Told.unusable(String.valueOf(e.getMessage())));
        }
    }
}
