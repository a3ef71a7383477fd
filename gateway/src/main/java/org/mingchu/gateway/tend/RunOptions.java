package org.mingchu.gateway.tend;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Optional;
import java.util.Set;

/**
 * What {@code mingchu run} was told. Immutable.
 *
 * @param root {@code /} on a Pi; anything else is a simulation
 */
public record RunOptions(Path site, Optional<Path> secrets, Path state, Path root) {
    static final String RUN = "run";
    static final String SITE = "--site";
    static final String SECRETS = "--secrets";
    static final String STATE = "--state";
    static final String ROOT = "--root";
    static final String SITE_FILE = "/etc/mingchu/site.toml";
    static final String STATE_FOLDER = "/var/lib/mingchu";
    static final String LIFE = "/";

    private static final Set<String> NAMES = Set.of(SITE, SECRETS, STATE, ROOT);

    /**
     * Reads the line with which a unit starts the agent. The library that reads every other line is
     * of no use to the agent afterwards and was a third of its start: its classes are of a format
     * that the cache of the virtual machine does not take.
     *
     * @return empty for whatever is not {@code run} and pairs of an option, once, and a plain path:
     *     that is for the library to read, or to explain
     */
    static Optional<RunOptions> plain(String... words) {
        if (words.length % 2 == 0 || !words[0].equals(RUN)) {
            return Optional.empty();
        }
        var paths = new HashMap<String, Path>();
        for (var i = 1; i < words.length; i += 2) {
            var known = NAMES.contains(words[i]) && isPlain(words[i + 1]);
            if (!known || paths.put(words[i], Path.of(words[i + 1])) != null) {
                return Optional.empty();
            }
        }
        return Optional.of(
                new RunOptions(
                        paths.getOrDefault(SITE, Path.of(SITE_FILE)),
                        Optional.ofNullable(paths.get(SECRETS)),
                        paths.getOrDefault(STATE, Path.of(STATE_FOLDER)),
                        paths.getOrDefault(ROOT, Path.of(LIFE))));
    }

    /** No option, no file of arguments, not nothing. */
    private static boolean isPlain(String path) {
        return !path.isEmpty() && path.charAt(0) != '-' && path.charAt(0) != '@';
    }
}
