package org.mingchu.gateway;

import org.mingchu.gateway.tend.CommandFailed;
import org.mingchu.gateway.tend.DrillAsk;
import org.mingchu.gateway.tend.ExitCode;
import org.mingchu.gateway.tend.RecordAsk;
import org.mingchu.gateway.tend.RecordAsk.Act;
import org.mingchu.gateway.tend.Told;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Has the running agent try an alarm, and follows it. One thread. */
final class DrillCommands {
    private DrillCommands() {}

    /**
     * Returns when it is over.
     *
     * @param say takes each line as soon as there is something to say
     * @param aside takes what is no answer: that it waits for somebody
     */
    static Told drill(DrillAsk ask, Consumer<String> say, Consumer<String> aside) {
        var words = new HashMap<String, String>();
        ask.language().ifPresent(language -> words.put("language", language));
        words.put("by", ask.by());
        var begun = asked(ask, Act.DRILL, words);
        if (!begun.ok()) {
            return begun;
        }
        begun.lines().forEach(aside);
        if (ask.json()) {
            words.put("json", "true");
        }
        var known = 0;
        // Each answer comes with news, or after a while: the agent ends a drill in any case.
        var asksMax = DrillDesk.LASTS_MAX.dividedBy(DrillDesk.NEWS_WITHIN) + ASKS_OF_NEWS_MAX;
        for (var i = 0; i < asksMax; i++) {
            words.put("known", String.valueOf(known));
            var news = asked(ask, Act.DRILL_NEWS, words);
            var over = news.exitCode() != DrillDesk.GOES_ON;
            if (!ask.json() || over) {
                news.lines().forEach(say);
            }
            if (over) {
                return new Told(news.exitCode(), List.of());
            }
            known = ask.json() ? DrillDesk.ALL_KNOWN : known + news.lines().size();
        }
        throw new CommandFailed(
                ExitCode.INTERNAL,
                "the drill does not end; see the agent's log, and `mingchu alarms list`");
    }

    /** A hop each, of the largest site. */
    private static final int ASKS_OF_NEWS_MAX = 64;

    private static Told asked(DrillAsk ask, Act act, Map<String, String> words) {
        var from = new RecordAsk.From(ask.state(), false, Optional.empty());
        return new ConsoleClient(new RecordAsk(act, words, from)).told();
    }
}
