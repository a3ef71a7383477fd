package org.mingchu.gateway;

import org.mingchu.config.Advice;
import org.mingchu.config.AdviceReader;
import org.mingchu.config.Checked;
import org.mingchu.gateway.show.Instructions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The installed instructions, one file per language. Immutable. */
final class AdviceShelf implements Instructions {
    private static final List<String> LANGUAGES = List.of("zh-CN", "en");
    private static final Logger LOG = LoggerFactory.getLogger(AdviceShelf.class);

    private final Map<String, Advice> byLanguage;

    private AdviceShelf(Map<String, Advice> byLanguage) {
        this.byLanguage = Map.copyOf(byLanguage);
    }

    /** Reads what can be read: an alarm without its instruction is still an alarm. */
    static AdviceShelf in(Path folder) {
        var found = new LinkedHashMap<String, Advice>();
        for (var language : LANGUAGES) {
            switch (AdviceReader.read(folder.resolve(language + ".toml"))) {
                case Checked.Good<Advice>(var advice, _) -> found.put(language, advice);
                case Checked.Bad<Advice>(var problems) ->
                        problems.forEach(problem -> LOG.error("event=advice {}", problem.text()));
            }
        }
        return new AdviceShelf(found);
    }

    @Override
    public Optional<Instruction> of(String language, String key) {
        return Optional.ofNullable(byLanguage.get(language))
                .flatMap(advice -> advice.of(key))
                .map(text ->
                        new Instruction(
                                String.join("\n", text.steps()),
                                Optional.of(text.who()),
                                text.then()));
    }
}
