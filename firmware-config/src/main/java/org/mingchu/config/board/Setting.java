package org.mingchu.config.board;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One line of config.txt that is not ours and says something. Immutable.
 *
 * @param line from 1
 * @param filter as {@code pi4}, under which it holds; {@code all} for everywhere
 * @param place where it stands, seen from the block
 */
record Setting(int line, String filter, String key, String value, Place place) {
    private static final Set<String> OFF = Set.of("off", "no", "n", "false", "f", "0");

    /** The firmware's older names. */
    private static final Map<String, String> ALIASES =
            Map.of("device_tree_param", "dtparam", "device_tree_overlay", "dtoverlay");

    /** Later lines win over earlier ones. */
    enum Place {
        BEFORE,
        AFTER
    }

    /** All of a file but the block. */
    static List<Setting> of(ConfigText text) {
        var settings = new ArrayList<Setting>();
        var filter = "all";
        for (int i = 0; i < text.lines().size(); i++) {
            if (text.isOurs(i)) {
                filter = "all";
                continue;
            }
            var line = text.lines().get(i).strip();
            if (line.startsWith("[") && line.endsWith("]")) {
                filter = line.substring(1, line.length() - 1);
                continue;
            }
            var equals = line.indexOf('=');
            if (line.startsWith("include ")) {
                settings.add(
                        new Setting(i + 1, filter, "include", line.substring(8), text.place(i)));
            } else if (!line.startsWith("#") && equals > 0 && !filter.equals("none")) {
                var key = line.substring(0, equals);
                settings.add(
                        new Setting(
                                i + 1,
                                filter,
                                ALIASES.getOrDefault(key, key),
                                line.substring(equals + 1),
                                text.place(i)));
            }
        }
        return settings;
    }

    /** What an overlay is called. */
    String overlay() {
        return words().getFirst();
    }

    /** The parameters of an overlay or of the board, as {@code gpiopin → 4}. */
    Map<String, String> parameters() {
        var words = key.equals("dtoverlay") ? words().subList(1, words().size()) : words();
        var parameters = new LinkedHashMap<String, String>();
        for (var word : words) {
            var equals = word.indexOf('=');
            if (equals < 0) {
                parameters.put(word, "on");
            } else {
                parameters.put(word.substring(0, equals), word.substring(equals + 1));
            }
        }
        return parameters;
    }

    private List<String> words() {
        return List.of(value.split(",", -1));
    }

    static boolean isOff(String value) {
        return OFF.contains(value);
    }
}
