package org.mingchu.gateway.screen;

import org.mingchu.gateway.judge.Role;

import java.util.List;

/** Who works in the kitchen on stage, or looks into it. */
enum Who {
    MANAGER("p-01", "王秀英", Role.MANAGER, "493817"),
    OFFICER("p-02", "李志强", Role.SAFETY_OFFICER, "275904"),
    COOK("p-03", "陈阿姨", Role.STAFF, ""),
    VOLUNTEER("p-04", "何同学", Role.VOLUNTEER, ""),
    INSPECTOR("p-05", "赵检查", Role.INSPECTOR, "806142");

    final String id;
    final String label;
    final Role role;

    /** Empty for who has none. */
    final String pin;

    Who(String id, String label, Role role, String pin) {
        this.id = id;
        this.label = label;
        this.role = role;
        this.pin = pin;
    }

    /** The digits of the PIN, one for each key. */
    List<String> digits() {
        return pin.chars().mapToObj(Character::toString).toList();
    }
}
