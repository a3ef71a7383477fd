package org.mingchu.simulator.wire;

/** Topic filters of MQTT 5 section 4.7. Stateless. */
final class BrokerFilter {
    private BrokerFilter() {}

    /** Whether {@code filter} may be subscribed to. */
    static boolean isValid(String filter) {
        if (filter.isEmpty() || filter.indexOf('\0') >= 0) {
            return false;
        }
        var levels = filter.split("/", -1);
        for (int i = 0; i < levels.length; i++) {
            var level = levels[i];
            if (level.length() > 1 && (level.contains("#") || level.contains("+"))) {
                return false;
            }
            if (level.equals("#") && i < levels.length - 1) {
                return false;
            }
        }
        return true;
    }

    /** Whether {@code topic} may be published to. */
    static boolean isTopic(String topic) {
        return isValid(topic) && topic.indexOf('#') < 0 && topic.indexOf('+') < 0;
    }

    /** Whether a message on {@code topic} goes to {@code filter}. */
    static boolean matches(String filter, String topic) {
        // 4.7.2: wildcards do not reach topics of the broker's own
        if (topic.startsWith("$") && !filter.startsWith("$")) {
            return false;
        }
        var wanted = filter.split("/", -1);
        var levels = topic.split("/", -1);
        for (int i = 0; i < wanted.length; i++) {
            if (wanted[i].equals("#")) {
                return true;
            }
            if (i >= levels.length) {
                return false;
            }
            if (!wanted[i].equals("+") && !wanted[i].equals(levels[i])) {
                return false;
            }
            // "a/#" also matches "a"
            if (i == levels.length - 1 && wanted.length == levels.length + 1) {
                return wanted[i + 1].equals("#");
            }
        }
        return wanted.length == levels.length;
    }
}
