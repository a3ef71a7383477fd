package org.mingchu.simulator.platform;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;

import java.time.OffsetDateTime;

/** One gateway, several epochs: what was kept again counts once. */
class EpochsTest {
    private static final String NEXT = "0123456789abcdef";
    private static final String EVENT = "alarm/" + Messages.ALARM_ID + "/event";

    private final Supervisor supervisor = new Supervisor(Contract.read(ContractTest.FOLDER));

    @Test
    void a_reading_that_was_kept_again_is_found_by_its_moment_and_counted_once() {
        receive("reading", Messages.readings(1, 2));
        receive(
                "reading",
                next(Messages.batch(again(2, 0, 2) + "," + again(3, 2, 3) + "," + again(4, 3, 4))));

        assertThat(supervisor.violations()).isEmpty();
        assertThat(supervisor.count(Lane.READING)).isEqualTo(5);
        assertThat(supervisor.distinct(Lane.READING)).isEqualTo(4);
        assertThat(supervisor.hasReading("cold-1-air", Messages.BOOT, 3_000)).isTrue();
        assertThat(supervisor.hasReading("cold-1-air", Messages.BOOT, 5_000)).isFalse();
        // it has a fault, and no value
        assertThat(supervisor.hasReading("samples-1-air", Messages.BOOT, 3_000)).isFalse();
        assertThat(supervisor.chainUnbroken()).isTrue();
    }

    @Test
    void an_alarm_s_life_goes_on_in_the_next_epoch() {
        receive(EVENT, Messages.alarm(2, 0, "raised", "unack-active"));
        receive(EVENT, Messages.alarm(4, 2, "acknowledged", "ack-active"));
        // its acknowledgement by the platform was lost, so it was kept again
        receive(EVENT, again(next(Messages.alarm(2, 0, "acknowledged", "ack-active")), 4));
        receive(EVENT, next(Messages.alarm(3, 2, "cleared", "normal")));

        assertThat(supervisor.violations()).isEmpty();
        var alarm = supervisor.alarms().getFirst();
        assertThat(alarm.epoch()).isEqualTo(NEXT);
        assertThat(alarm.steps())
                .extracting(SeenAlarm.Step::event)
                .containsExactly("raised", "acknowledged", "cleared");
        assertThat(supervisor.view()).contains("epoch " + NEXT).containsOnlyOnce("raised");
    }

    @Test
    void a_carried_alarm_needs_no_raise() {
        receive(
                "record/carried",
                next(Messages.named("record/carried")).replace("\"prev\": 1", "\"prev\": 0"));
        receive(EVENT, next(Messages.alarm(5, 2, "cleared", "normal")));

        assertThat(supervisor.violations()).isEmpty();
    }

    @Test
    void a_clock_record_corrects_what_was_kept_before_it_under_whatever_epoch() {
        receive("reading", Messages.readings(1));
        receive("record/clock", again(next(Messages.clockSet(2, 0, 1_000)), 5));
        receive("reading", next(Messages.batch(again(3, 0, 4) + "," + again(4, 3, 6))));

        var entries = supervisor.entries(Lane.READING);
        assertThat(entries)
                .extracting(entry -> supervisor.trueTimeMs(entry).orElseThrow() - said(entry))
                .containsExactly(1_000L, 1_000L, 0L);
    }

    @Test
    void a_gap_of_what_is_never_published_bridges_nothing() {
        receive(
                "record/gap",
                Messages.gap(9, 0, 1, 2).replace("\"lane\": \"reading\"", "\"lane\": \"none\""));
        receive("reading", Messages.readings(3));

        assertThat(supervisor.violations()).isEmpty();
        assertThat(supervisor.missing(Lane.READING)).hasSize(1);
    }

    private static long said(SeenEntry entry) {
        return OffsetDateTime.parse(entry.at()).toInstant().toEpochMilli();
    }

    private static String next(String json) {
        return json.replaceFirst(
                "\"epoch\": \"" + Messages.EPOCH + "\"", "\"epoch\": \"" + NEXT + "\"");
    }

    /** A round of the old epoch, kept again. */
    private static String again(long seq, long prev, long firstSeq) {
        var round =
                Messages.round(firstSeq, 0)
                        .replaceFirst(
                                "\"seq\": %d, \"prev\": 0".formatted(firstSeq),
                                "\"seq\": %d, \"prev\": %d".formatted(seq, prev));
        return again(round, firstSeq);
    }

    private static String again(String json, long firstSeq) {
        return json.replaceFirst(
                "\"clock\": \\{",
                "\"origin\": {\"epoch\": \"%s\", \"seq\": %d}, \"clock\": {"
                        .formatted(Messages.EPOCH, firstSeq));
    }

    private void receive(String path, String json) {
        supervisor.receive(Messages.ROOT + path, json.getBytes(UTF_8), false, 0);
    }
}
