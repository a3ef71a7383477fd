package org.mingchu.gateway.show;

import java.util.Optional;

/** What to do about an alarm, in the words of the site's language files. Any thread. */
@FunctionalInterface
public interface Instructions {
    /** The instruction of this key in this language ({@code zh-CN}, {@code en}). */
    Optional<Instruction> of(String language, String key);

    /**
     * One instruction.
     *
     * @param what what to do, most urgent first, one step a line
     * @param who who does it
     * @param then what comes after
     */
    record Instruction(String what, Optional<String> who, Optional<String> then) {}
}
