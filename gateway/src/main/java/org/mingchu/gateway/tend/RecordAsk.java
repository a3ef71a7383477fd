package org.mingchu.gateway.tend;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What a command wants of the record. Immutable.
 *
 * @param words named as the console names them
 * @param from whose record it is
 */
public record RecordAsk(Act act, Map<String, String> words, From from) {
    public RecordAsk {
        words = Map.copyOf(words);
    }

    /**
     * Whose record.
     *
     * @param offline no agent runs: the command takes the state folder itself
     * @param site without an agent, the kitchen's zone, sensors and rules; they may be missing
     */
    public record From(Path state, boolean offline, Optional<Path> site) {}

    public Path state() {
        return from.state();
    }

    public boolean offline() {
        return from.offline();
    }

    /** What can be asked. */
    public enum Act {
        STATUS("/status"),
        STATUS_JSON("/status.json"),
        HOLDS("/holds"),
        EXPORT("/export"),
        VERIFY("/verify"),
        REPAIR("/repair"),
        PLACE_HOLD("/hold/place"),
        RELEASE_HOLD("/hold/release"),
        CORRECT("/correct"),
        LAST("/last"),
        CHART("/chart"),
        READINGS("/readings"),
        COMPLETENESS("/completeness"),
        EXCURSIONS("/excursions"),
        SAMPLE("/sample"),
        KEY("/key"),
        PROVE("/prove"),
        REPLAY("/replay"),
        LOAD("/load"),
        ALARMS("/alarms"),
        ACKNOWLEDGE("/alarm/acknowledge"),
        SHELVE("/alarm/shelve"),
        UNSHELVE("/alarm/unshelve"),
        RESET("/alarm/reset"),
        UNIT("/unit"),
        SENSOR("/sensor"),
        BATCH("/batch"),
        SENSORS("/sensors"),
        UPTIME("/camera/uptime"),
        RELEARN("/camera/relearn"),
        DOCTOR("/doctor"),
        DRILL("/drill"),
        DRILL_NEWS("/drill/news"),
        PROTOCOL("/protocol"),
        PROTOCOL_MADE("/protocol/made"),
        COMMISSION("/commission"),
        SELF_TEST("/self-test"),
        PHOTO("/photo");

        private final String path;

        Act(String path) {
            this.path = path;
        }

        /** The path of the console. */
        public String path() {
            return path;
        }

        /** Whether it is asked without any words. */
        public boolean asks() {
            return switch (this) {
                case STATUS, STATUS_JSON, HOLDS -> true;
                case EXPORT, VERIFY, REPAIR, PLACE_HOLD, RELEASE_HOLD, CORRECT -> false;
                case LAST,
                        CHART,
                        READINGS,
                        COMPLETENESS,
                        EXCURSIONS,
                        SAMPLE,
                        KEY,
                        PROVE,
                        REPLAY,
                        LOAD,
                        UPTIME ->
                        false;
                case ALARMS, ACKNOWLEDGE, SHELVE, UNSHELVE, RESET, UNIT, SENSOR, BATCH, SENSORS ->
                        false;
                case RELEARN, DOCTOR, COMMISSION, SELF_TEST, PHOTO -> false;
                case DRILL, DRILL_NEWS, PROTOCOL, PROTOCOL_MADE -> false;
            };
        }

        /** Whether only a running agent can do it: it is an act, or asks how things are now. */
        public boolean needsAgent() {
            return switch (this) {
                case PLACE_HOLD, RELEASE_HOLD, CORRECT -> true;
                case ALARMS, ACKNOWLEDGE, SHELVE, UNSHELVE, RESET, UNIT, SENSOR, BATCH, SENSORS ->
                        true;
                case RELEARN, SELF_TEST, PHOTO -> true;
                case DRILL, DRILL_NEWS, PROTOCOL, PROTOCOL_MADE -> true;
                case DOCTOR, COMMISSION -> false;
                case STATUS, STATUS_JSON, HOLDS, EXPORT, VERIFY, REPAIR -> false;
                case LAST,
                        CHART,
                        READINGS,
                        COMPLETENESS,
                        EXCURSIONS,
                        SAMPLE,
                        KEY,
                        PROVE,
                        REPLAY,
                        LOAD,
                        UPTIME ->
                        false;
            };
        }
    }
}
