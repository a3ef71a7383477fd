package org.mingchu.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What people are told to do, by the advice key of a rule, in one language. Immutable.
 *
 * @param language such as {@code zh-CN}
 */
public record Advice(String language, Map<String, Text> byKey) {
    public Advice {
        byKey = Map.copyOf(byKey);
    }

    /** The instruction for an advice key, if there is one. */
    public Optional<Text> of(String key) {
        return Optional.ofNullable(byKey.get(key));
    }

    /**
     * One instruction.
     *
     * @param steps what to do now, the first step first and short enough to be read at a glance
     * @param who does it
     * @param then what to do if that does not help
     */
    public record Text(List<String> steps, String who, Optional<String> then) {
        public Text {
            steps = List.copyOf(steps);
        }
    }
}
