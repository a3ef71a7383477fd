package org.mingchu.gateway.judge;

import org.mingchu.config.Attention;
import org.mingchu.config.Plan;
import org.mingchu.config.Priority;
import org.mingchu.sensors.Moment;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * One step of an alarm's life, complete enough to be understood alone years later. Immutable.
 *
 * @param unit the unit's id, absent for cameras and the gateway
 * @param rulePack id of the pack, with its version beside it
 * @param override whether the site made the rule stricter
 * @param basis what the rule rests on
 * @param valueMilli the value that decided, where there is one, in thousandths
 * @param limitMilli the limit, where there is one, in thousandths
 * @param unitOfMeasure SenML unit of value and limit
 * @param since when the condition began
 * @param evidence entries of this epoch that show it
 * @param parent the alarm that came first of the same cause; this one does not sound beside it
 *     unless it is more urgent
 * @param leftMs foretold: so many milliseconds until the limit is passed, if it goes on like this
 */
public record AlarmEvent(
        AlarmId id,
        String subject,
        Optional<String> unit,
        String rule,
        String rulePack,
        String rulePackVersion,
        boolean override,
        Optional<String> basis,
        Priority priority,
        Attention attention,
        AlarmChange change,
        AlarmState state,
        OptionalLong valueMilli,
        OptionalLong limitMilli,
        Optional<String> unitOfMeasure,
        Moment since,
        SeqRange evidence,
        Optional<Person> person,
        Optional<String> note,
        Optional<AlarmId> parent,
        OptionalLong leftMs) {
    /** Whether somebody only tries the alarm: no trouble, and none of its kind is counted. */
    public boolean drill() {
        return rule.equals(Plan.DRILL);
    }
}
