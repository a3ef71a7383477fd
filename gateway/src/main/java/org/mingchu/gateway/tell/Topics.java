package org.mingchu.gateway.tell;

import org.mingchu.config.Identity;
import org.mingchu.gateway.judge.AlarmId;
import org.mingchu.gateway.judge.State;

/** The topics of the contract under one gateway's root. Immutable. */
record Topics(String root) {
    static Topics of(Identity identity) {
        return new Topics(
                "kfs/v1/%s/%s/%s/".formatted(identity.area(), identity.site(), identity.gateway()));
    }

    String status() {
        return root + "status";
    }

    String meta() {
        return root + "meta";
    }

    String reading() {
        return root + "reading";
    }

    String heartbeat() {
        return root + "heartbeat";
    }

    String event(AlarmId alarm) {
        return root + "alarm/" + alarm + "/event";
    }

    String state(State.Key key) {
        return root + "alarm/" + key.subject() + "/" + key.rule() + "/state";
    }

    String record(String kind) {
        return root + "record/" + kind;
    }

    String ack() {
        return root + "ack";
    }

    String receipt() {
        return root + "receipt";
    }
}
