package org.mingchu.config;

/**
 * Somebody who is called when an alarm finds nobody in the kitchen. Immutable.
 *
 * @param person a person id; the name and the number live in the people store
 */
public record Contact(String person, Channel channel, Duty duty) {
    /** How they are reached. */
    public enum Channel {
        SMS,
        WECOM,
        DINGTALK
    }

    /** When they are reached. */
    public enum Duty {
        ALWAYS,
        OPEN,
        CLOSED
    }
}
