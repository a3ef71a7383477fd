package org.mingchu.gateway;

import org.mingchu.config.Advice;
import org.mingchu.config.AdviceReader;
import org.mingchu.config.Checked;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The installed instructions, one file per language. */
final class AdviceShelf {
    private static final List<String> LANGUAGES = List.of("zh-CN", "en");
    private static final Logger LOG = LoggerFactory.getLogger(AdviceShelf.class);

    private AdviceShelf() {}

    /** Reads what can be read: an alarm without its instruction is still an alarm. */
    static List<Advice> in(Path folder) {
        var found = new ArrayList<Advice>();
        for (var language : LANGUAGES) {
            switch (AdviceReader.read(folder.resolve(language + ".toml"))) {
                case Checked.Good<Advice>(var advice, _) -> found.add(advice);
                case Checked.Bad<Advice>(var problems) ->
                        problems.forEach(problem -> LOG.error("event=advice {}", problem.text()));
            }
        }
        return found;
    }
}
