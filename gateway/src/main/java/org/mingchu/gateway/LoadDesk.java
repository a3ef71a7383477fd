package org.mingchu.gateway;

import org.mingchu.gateway.keep.AlarmSteps;
import org.mingchu.gateway.keep.Journal;
import org.mingchu.gateway.keep.Window;
import org.mingchu.gateway.keep.store.JournalException;
import org.mingchu.gateway.tend.Told;
import org.mingchu.sensors.Clock;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

/** Answers {@code mingchu judge load}; nothing is written. Any thread but the house's. */
final class LoadDesk {
    private static final int DAYS = 7;
    private static final int DAYS_MAX = 366;

    private final Journal journal;
    private final Clock clock;
    private final Supplier<Kitchen> kitchen;

    LoadDesk(Journal journal, Clock clock, Supplier<Kitchen> kitchen) {
        this.journal = journal;
        this.clock = clock;
        this.kitchen = kitchen;
    }

    Told load(Map<String, String> said) throws IOException {
        var here = kitchen.get();
        try {
            var words = new Words(said, here.time());
            var days = words.number("days", DAYS, DAYS_MAX);
            var steps = AlarmSteps.of(journal);
            var nowMs = steps.ms(clock.now());
            var toMs = Math.min(nowMs, words.to(nowMs));
            var window = new Window(toMs - Duration.ofDays(days).toMillis(), toMs);
            var load = new AlarmLoad(window, here.time());
            steps.each(load::take);
            var language = here.plan().map(plan -> plan.site().language());
            return new LoadReport(
                            window,
                            steps.firstMs(),
                            load,
                            here.time(),
                            SuggestionWords.in(language))
                    .told(words.json());
        } catch (Words.Unusable e) {
            return Told.unusable("mingchu: " + e.getMessage());
        } catch (JournalException e) {
            return Told.refused(String.valueOf(e.getMessage()));
        }
    }
}
