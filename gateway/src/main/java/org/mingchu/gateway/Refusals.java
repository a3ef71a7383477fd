package org.mingchu.gateway;

import org.mingchu.config.CameraLevel;
import org.mingchu.config.Plan;
import org.mingchu.config.SensorPlan;
import org.mingchu.config.Unit;
import org.mingchu.config.Video;
import org.mingchu.gateway.desk.Acts;
import org.mingchu.gateway.desk.Answer.Reason;
import org.mingchu.gateway.judge.Food;
import org.mingchu.gateway.tend.Told;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a technician reads whose act the desk refuses: the word, and the remedy. Immutable. */
record Refusals(Plan plan) {
    /**
     * Says it.
     *
     * @param words as the command said them
     * @param longest how long it may be at most, where that is a time of the rules
     */
    Told told(Reason reason, Map<String, String> words, Optional<Duration> longest) {
        var alarm = "ALARM '" + words.get("alarm") + "'";
        var unit = "UNIT '" + words.get("unit") + "'";
        var sensor = "SENSOR '" + words.get("sensor") + "'";
        var batch = "BATCH '" + words.get("batch") + "'";
        var camera = "CAMERA '" + words.get("camera") + "'";
        var by = "--by '" + words.get("by") + "'";
        return Told.refused(
                switch (reason) {
                    case NO_SUCH_ALARM ->
                            alarm
                                    + ": it does not hold at present, or is out of sight already;"
                                    + " `mingchu alarms list` says how each stands";
                    case ALREADY_TAKEN ->
                            alarm + ": somebody has taken it; `mingchu alarms list` says who";
                    case NOT_SHELVED ->
                            alarm + ": it is not shelved; `mingchu alarms list` says how it stands";
                    case NOT_YET ->
                            alarm
                                    + ": not yet; acknowledge it and wait until its cause has gone,"
                                    + " then reset it";
                    case NO_SUCH_PERSON ->
                            by + ": there is no such person; `mingchu person list` names everybody";
                    case READS_ONLY -> by + ": an inspector reads only; somebody else must do it";
                    case NOT_YOUR_ROLE ->
                            by
                                    + ": their role may not; it takes a safety officer, a manager or"
                                    + " a technician (staff may clean, load, say in-use and check)";
                    case NO_SUCH_UNIT -> unit + ": there is no such unit; the site has " + units();
                    case NO_SUCH_SENSOR ->
                            sensor + ": there is no such sensor; the site has " + sensors();
                    case NO_SUCH_CAMERA ->
                            camera
                                    + ": no picture of such a camera is looked at; pictures are"
                                    + " looked at of: "
                                    + cameras();
                    case SAMPLES_INSIDE ->
                            unit
                                    + ": retained samples are inside; move them, and name the unit"
                                    + " with --moved-to";
                    case MOVED_NOWHERE ->
                            "--moved-to '%s': name another unit of the site: %s"
                                    .formatted(words.get("moved-to"), units());
                    case NOTHING_TO_END ->
                            unit + ": it is not being cleaned, loaded or stopped; nothing to end";
                    case NOT_IN_DOUBT ->
                            unit + ": no outage has put it in doubt; its food needs no check";
                    case ALREADY_OUT ->
                            sensor
                                    + ": it is out of service already; put it back with `mingchu"
                                    + " sensors in` first";
                    case NOT_OUT -> sensor + ": it is in service; there is nothing to put back";
                    case BATCH_NAMELESS ->
                            batch + ": name it with 1 to 40 characters of a-z, 0-9 and '-'";
                    case BATCH_UNDER_WAY ->
                            batch + ": it is under way already; end it first, or name another";
                    case NOT_IN_THE_PAST ->
                            since(words) + ": that is still to come; name when it began";
                    case TOO_LONG_AGO ->
                            since(words)
                                    + ": that is more than %s ago; name a later time"
                                            .formatted(
                                                    KitchenTime.length(
                                                            Acts.SINCE_LONGEST.toMillis()));
                    case CLOCK_NOT_SET ->
                            since(words)
                                    + ": nobody has set the clock; say how long ago it began, such"
                                    + " as 1h30m";
                    case NO_SUCH_BATCH ->
                            batch
                                    + ": no such batch is under way; it has ended, or it began"
                                    + " under another name";
                    case NO_PROBE_THERE ->
                            "--in '%s': no rule follows food there; name a temperature probe or a"
                                            .formatted(words.get("in"))
                                    + " unit that has one: "
                                    + units();
                    case TOO_MANY_BATCHES ->
                            batch
                                    + ": %d are under way, and no more can be; end one first"
                                            .formatted(Food.BATCHES_MAX);
                    case REASON_MISSING, NOTE_TOO_LONG, NOT_READABLE -> reason(reason, words);
                    case TOO_LONG, NOT_IN_THE_FUTURE -> time(reason, words, longest);
                    case NOT_TAKEN -> alarm + ": nobody has taken it; acknowledge it first";
                    case STILL_ACTIVE -> alarm + ": it is still open; close it when it is over";
                    case NOTHING_DONE -> alarm + ": nobody has said what was done about it";
                    case AMOUNT_MISSING,
                            VALUE_IMPOSSIBLE,
                            OWN_WORK,
                            ALREADY_ANSWERED,
                            BUZZER_BUSY,
                            TEST_BUSY,
                            NOT_SOUNDED ->
                            by + ": " + reason.word() + "; it is said at the kitchen's page";
                    case DRILL_BUSY ->
                            "a drill is under way; take it on the kitchen's page, or wait until it"
                                    + " has ended by itself";
                    case ALARM_CALLS ->
                            "an alarm calls for somebody; see to it first (`mingchu alarms list`),"
                                    + " then drill";
                    case NO_DRILL_RULE ->
                            "the rule pack has no rule 'drill'; take the one of cn-catering 1.11.0"
                                    + " or later, and restart";
                    case NEEDS_PIN -> by + ": it takes a PIN; do it at the kitchen's page";
                    case NOT_KEPT ->
                            "the record did not take it in time; look with `mingchu journal status`,"
                                    + " then say it again";
                });
    }

    private static String since(Map<String, String> words) {
        return "--since '%s'".formatted(words.get("since"));
    }

    private static String reason(Reason reason, Map<String, String> words) {
        var most = Acts.REASON_LENGTH_MAX;
        return switch (reason) {
            case REASON_MISSING ->
                    "--reason: it is missing or empty; say why in 1 to %d characters"
                            .formatted(most);
            case NOTE_TOO_LONG ->
                    "--reason: it has %d characters; at most %d are kept"
                            .formatted(words.getOrDefault("reason", "").length(), most);
            default -> "--reason: it holds a line break or half a character; write one plain line";
        };
    }

    private static String time(
            Reason reason, Map<String, String> words, Optional<Duration> longest) {
        var key = words.containsKey("for") ? "for" : words.containsKey("due") ? "due" : "until";
        var said = "--%s '%s': ".formatted(key, words.get(key));
        if (reason == Reason.NOT_IN_THE_FUTURE) {
            return said + "that is over; name a later time";
        }
        return said
                + longest.map(most ->
                                "the rules allow 1 min to %s; name such a time"
                                        .formatted(KitchenTime.length(most.toMillis())))
                        .orElseGet(() ->
                                "it lies more than %d days ahead; name an earlier day"
                                        .formatted(Acts.UNTIL_LONGEST.toDays()));
    }

    private String units() {
        return plan.site().units().stream().map(Unit::id).collect(Collectors.joining(", "));
    }

    private String cameras() {
        return plan.site().video().eyes().stream()
                .filter(eye -> eye.level() == CameraLevel.PICTURE)
                .map(Video.Eye::owner)
                .collect(Collectors.joining(", "));
    }

    private String sensors() {
        return plan.site().units().stream()
                .flatMap(unit -> unit.sensors().stream())
                .map(SensorPlan::id)
                .collect(Collectors.joining(", "));
    }
}
