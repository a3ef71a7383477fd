package org.mingchu.simulator.platform;

import org.junit.jupiter.params.provider.Arguments;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Messages as a gateway would send them, written by hand from the contract's page. */
final class Messages {
    static final String EPOCH = "9f2c61d07b3a4e55";
    static final String BOOT = "2f0c7b9e-52f2-4f0a-9a0e-6a8b2f7f1c11";
    static final String ROOT = "kfs/v1/gz-liwan/gz-liwan-0042/gw-1/";
    static final String ALARM_ID = "5b7f4c1e-2f0a-8c3e-9d55-3f1f0c6f2a10";

    private static final String GATEWAY =
            """
            "gateway": {"area": "gz-liwan", "site": "gz-liwan-0042", "id": "gw-1"}\
            """;
    private static final String HASH = "ab".repeat(32);
    private static final String NOTE =
            "gw-1.gz-liwan-0042\\n17\\n" + "A".repeat(43) + "=\\n\\n— gw-1 c2lnbmF0dXJl\\n";

    private Messages() {}

    static String named(String name) {
        return java.util.Objects.requireNonNull(ALL.get(name), name);
    }

    static Stream<Arguments> oneOfEach() {
        return ALL.entrySet().stream()
                .map(e -> Arguments.of(e.getKey().replaceAll("/.*", ""), e.getValue()));
    }

    private static final Map<String, String> ALL =
            new TreeMap<>(
                    Map.ofEntries(
                            Map.entry("status", status("online")),
                            Map.entry("meta", meta()),
                            Map.entry("heartbeat", heartbeat(17)),
                            Map.entry("readings", readings(3, 4, 5)),
                            Map.entry("alarm-event", alarm(2, 0, "raised", "unack-active")),
                            Map.entry("alarm-state", alarmState(2, "raised", "unack-active")),
                            Map.entry("ack", "{\"epoch\":\"" + EPOCH + "\",\"ranges\":[]}"),
                            Map.entry("receipt", receipt()),
                            Map.entry("cmd", command()),
                            Map.entry("cmd-reply", commandReply()),
                            Map.entry("record/epoch", epochBorn()),
                            Map.entry(
                                    "record/config",
                                    record(
                                            2,
                                            1,
                                            "config",
                                            """
                                            {"siteSha256": "%s", "rulePack": "cn-catering",
                                             "rulePackVersion": "1.0.0", "rulePackSha256": "%s"}\
                                            """
                                                    .formatted(HASH, HASH))),
                            Map.entry("record/clock", clockSet(3, 2, 86_400_000)),
                            Map.entry("record/gap", gap(9, 3, 4, 8)),
                            Map.entry(
                                    "record/carried",
                                    record(
                                            2,
                                            1,
                                            "carried",
                                            """
                                            {"what": "alarm", "from": {"epoch": "%s", "seq": 7},
                                             "alarm": %s}\
                                            """
                                                    .formatted(
                                                            "0123456789abcdef",
                                                            alarmObject(
                                                                    "raised", "unack-active")))),
                            Map.entry(
                                    "record/checkpoint",
                                    record(
                                            4,
                                            3,
                                            "checkpoint",
                                            """
                                            {"origin": "gw-1.gz-liwan-0042", "size": 17,
                                             "root": "%s=", "note": "%s"}\
                                            """
                                                    .formatted("A".repeat(43), NOTE))),
                            Map.entry(
                                    "record/hold",
                                    record(
                                            6,
                                            5,
                                            "hold",
                                            """
                                            {"hold": "h-1", "event": "placed", "from": "%s",
                                             "to": "%s", "reason": "食物中毒调查", "person":
                                             {"id": "p-01", "role": "manager",
                                              "strength": "pin"}}\
                                            """
                                                    .formatted(at(0), at(60)))),
                            Map.entry(
                                    "record/correction",
                                    record(
                                            7,
                                            6,
                                            "correction",
                                            """
                                            {"of": {"epoch": "%s", "seq": 3},
                                             "text": "the door was held open", "person":
                                             {"id": "p-01", "role": "manager",
                                              "strength": "pin"}}\
                                            """
                                                    .formatted(EPOCH))),
                            Map.entry("record/visit", record(5, 4, "visit", "{}"))));

    static String status(String state) {
        return """
        {"schema": "kfs/status/1", %s, "state": "%s", "since": "%s", "epoch": "%s",
         "version": "0.1.0", "simulated": true}\
        """
                .formatted(GATEWAY, state, at(0), EPOCH);
    }

    static String meta() {
        return """
        {"schema": "kfs/meta/1", %s, "operator": "op-7731", "epoch": "%s", "at": "%s",
         "version": "0.1.0", "simulated": true,
         "site": {"name": "逢源街长者饭堂", "kind": "dining-hall", "timeZone": "Asia/Shanghai",
                  "language": "zh-CN", "sha256": "%s"},
         "units": [{"id": "freezer-1", "name": "2号冷冻柜", "kind": "freezer", "sensors": [
           {"id": "freezer-1-air", "measures": "temperature", "unitOfMeasure": "Cel",
            "periodMs": 10000, "calibration": {"offset": -0.12, "due": "2027-06-30"}}]}],
         "cameras": [{"id": "cam-hot", "name": "热加工间"}],
         "overrides": [{"unit": "freezer-1", "rule": "freezer-high", "limit": -15.0,
                        "delayMs": 1200000, "reason": "冰淇淋存放要求", "by": "p-01"}],
         "rulePack": {"id": "cn-catering", "version": "1.0.0", "sha256": "%s"},
         "schemas": ["kfs/readings/1", "kfs/alarm-event/1"]}\
        """
                .formatted(GATEWAY, EPOCH, at(0), HASH, HASH);
    }

    static String heartbeat(long lastSeq) {
        return """
        {"schema": "kfs/heartbeat/1", %s, "epoch": "%s", "lastSeq": %d,
         "backlog": {"alarm": 0, "reading": 2, "oldestMs": 20000}, "openAlarms": 1, "at": "%s"}\
        """
                .formatted(GATEWAY, EPOCH, lastSeq, at(lastSeq));
    }

    /** A batch whose entries follow each other; the first one's prev is the number before it. */
    static String readings(long... seqs) {
        var entries =
                Arrays.stream(seqs)
                        .mapToObj(seq -> round(seq, seq - 1))
                        .collect(Collectors.joining(",\n"));
        return batch(entries);
    }

    static String batch(String entries) {
        return """
        {"schema": "kfs/readings/1", %s, "operator": "op-7731", "epoch": "%s", "lane": "reading",
         "entries": [%s]}\
        """
                .formatted(GATEWAY, EPOCH, entries);
    }

    static String round(long seq, long prev) {
        return """
        {"seq": %d, "prev": %d, "at": "%s", "boot": "%s", "upMs": %d,
         "clock": {"state": "synced", "errorMs": 12},
         "values": {"cold-1-air": 4.06, "freezer-1-air": -9.6, "cold-1-door": "closed"},
         "faults": {"samples-1-air": "crc"}}\
        """
                .formatted(seq, prev, at(seq), BOOT, seq * 1000);
    }

    static String alarm(long seq, long prev, String event, String state) {
        return alarm(ALARM_ID, seq, prev, event, state);
    }

    static String alarm(String id, long seq, long prev, String event, String state) {
        return """
        {"schema": "kfs/alarm-event/1", %s, "operator": "op-7731",
         %s, "alarm": %s, "evidence": {"epoch": "%s", "from": 1, "to": %d}}\
        """
                .formatted(
                        GATEWAY,
                        head(seq, prev),
                        alarmObject(event, state).replace(ALARM_ID, id),
                        EPOCH,
                        Math.max(1, seq - 1));
    }

    private static String head(long seq, long prev) {
        return """
        "epoch": "%s", "seq": %d, "lane": "alarm", "prev": %d, "at": "%s", "boot": "%s",
        "upMs": %d, "clock": {"state": "synced", "errorMs": 12}, "sentAt": "%s\"\
        """
                .formatted(EPOCH, seq, prev, at(seq), BOOT, seq * 1000, at(seq + 1));
    }

    private static String alarmObject(String event, String state) {
        var person =
                event.equals("acknowledged")
                        ? "{\"id\": \"p-03\", \"role\": \"staff\", \"strength\": \"tap\"}"
                        : "null";
        return """
        {"id": "%s", "subject": "freezer-1-air", "unit": "freezer-1", "unitName": "2号冷冻柜",
         "rule": "freezer-high", "rulePack": "cn-catering", "rulePackVersion": "1.0.0",
         "override": false, "basis": "冷冻温度应 ≤ -12 ℃", "priority": "P2", "attention": "site",
         "event": "%s", "state": "%s", "value": -9.4, "limit": -12.0, "unitOfMeasure": "Cel",
         "since": "%s", "person": %s, "note": null}\
        """
                .formatted(ALARM_ID, event, state, at(0), person);
    }

    static String alarmState(long seq, String event, String state) {
        return """
        {"schema": "kfs/alarm-state/1", %s, "epoch": "%s", "seq": %d, "at": "%s", "alarm": %s}\
        """
                .formatted(GATEWAY, EPOCH, seq, at(seq), alarmObject(event, state));
    }

    static String record(long seq, long prev, String kind, String body) {
        return """
        {"schema": "kfs/record/1", %s, %s, "kind": "%s", "body": %s}\
        """
                .formatted(GATEWAY, head(seq, prev), kind, body);
    }

    static String epochBorn() {
        return record(1, 0, "epoch", "{\"cause\": \"first-start\"}");
    }

    static String clockSet(long seq, long prev, long offsetMs) {
        return record(
                seq,
                prev,
                "clock",
                "{\"boot\": \"%s\", \"offsetMs\": %d, \"errorMs\": 20, \"state\": \"synced\"}"
                        .formatted(BOOT, offsetMs));
    }

    static String gap(long seq, long prev, long from, long to) {
        return record(
                seq,
                prev,
                "gap",
                "{\"lane\": \"reading\", \"from\": %d, \"to\": %d, \"count\": %d,"
                                .formatted(from, to, to - from + 1)
                        + " \"cause\": \"dropped\"}");
    }

    private static String receipt() {
        // as one JSON string, for that is how the schema sees the text
        return "\"" + NOTE + "— platform Y29zaWduYXR1cmU=\\n\"";
    }

    private static String command() {
        return """
        {"schema": "kfs/cmd/1", %s, "id": "c-1", "issuedAt": "%s", "expiresAt": "%s",
         "command": "selftest", "signature": "%s=="}\
        """
                .formatted(GATEWAY, at(0), at(60), "A".repeat(86));
    }

    private static String commandReply() {
        return """
        {"schema": "kfs/cmd-reply/1", %s, "id": "c-1", "at": "%s", "outcome": "done"}\
        """
                .formatted(GATEWAY, at(1));
    }

    /** The wall clock {@code second} seconds after the beginning. */
    static String at(long second) {
        return "2026-11-22T%02d:%02d:%02d.000+08:00"
                .formatted(second / 3600 % 24, second / 60 % 60, second % 60);
    }

    static long[] upTo(long from, long to) {
        return LongStream.rangeClosed(from, to).toArray();
    }
}
