package org.mingchu.config;

import java.util.Optional;

/**
 * One thing wrong, or worth knowing, about a file. Immutable.
 *
 * @param line from 1; 0 where the whole file is meant
 * @param column from 1, in characters
 * @param key dotted path of the key
 * @param found what stands there; never a secret's value
 * @param expected what should stand there, with its unit, and the remedy
 * @param hint a likely meant word
 */
public record Problem(
        Severity severity,
        String file,
        int line,
        int column,
        String key,
        String found,
        String expected,
        Optional<String> hint) {

    /** Whether the plan can be used in spite of it. */
    public enum Severity {
        ERROR,
        WARNING,
        NOTE
    }
}
