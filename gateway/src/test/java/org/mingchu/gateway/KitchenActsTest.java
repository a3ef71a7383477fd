package org.mingchu.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mingchu.gateway.desk.Floor;
import org.mingchu.gateway.tend.ExitCode;
import org.mingchu.gateway.tend.Told;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** What a technician reads who says through the console what is done in the kitchen. */
class KitchenActsTest {
    @TempDir private Path folder;
    private Floor floor;
    private AlarmDesk alarms;
    private UnitDesk units;

    @BeforeEach
    void open() {
        floor = new Floor(folder);
        var acts = floor.acts();
        alarms = new AlarmDesk(floor::state, floor.plan(), floor::now, floor.desk(), acts);
        units = new UnitDesk(floor.plan(), acts);
    }

    @Test
    void an_alarm_is_listed_shelved_taken_up_taken_and_let_go() {
        assertThat(alarms.list(Map.of()).lines()).containsExactly("no alarm is open");
        var id = smoke();
        assertThat(alarms.list(Map.of()).lines().getFirst())
                .matches(
                        id.substring(0, 8)
                                + "  P1  unack-active    cold-1-smoke/smoke: .*since .*");
        assertThat(alarms.shelve(said("alarm", id.substring(0, 6), "for", "10m")).lines())
                .containsExactly(id.substring(0, 8) + " cold-1-smoke/smoke: now shelved");
        assertThat(alarms.list(Map.of()).lines().getFirst()).contains("  shelved  ", ", until ");
        assertThat(alarms.unshelve(said("alarm", id)).ok()).isTrue();
        var again = smoke();
        assertThat(alarms.acknowledge(said("alarm", "cold-1-smoke/smoke")).lines())
                .containsExactly(again.substring(0, 8) + " cold-1-smoke/smoke: now ack-active");
        floor.smoke(false);
        assertThat(alarms.reset(said("alarm", again)).lines().getFirst()).endsWith(": over");
    }

    @Test
    void machines_are_told_the_whole_id_and_state() {
        var id = smoke();
        assertThat(alarms.list(Map.of("json", "true")).lines().getFirst())
                .startsWith("{\"schema\":\"kfs/open-alarms/1\",\"alarms\":[{\"id\":\"" + id + "\"")
                .contains("\"state\":\"unack-active\"", "\"unit\":\"cold-1\"", "\"since\":\"20");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "abc | ALARM 'abc': give at least 6 characters",
                "000000 | ALARM '000000': no such alarm is open; `mingchu alarms list`",
                "cold-1-air/none | ALARM 'cold-1-air/none': no such alarm is open",
            })
    void an_alarm_that_cannot_be_told_is_named_with_what_to_do(String name, String sentence) {
        smoke();
        var told = alarms.acknowledge(said("alarm", name));
        assertThat(told.exitCode()).isEqualTo(ExitCode.CHECK_FAILED);
        assertThat(told.lines().getFirst()).startsWith(sentence);
    }

    @Test
    void longer_than_the_rule_allows_is_refused_with_what_it_allows() {
        smoke();
        assertThat(refused(alarms.shelve(said("alarm", "cold-1-smoke/smoke", "for", "2h"))))
                .isEqualTo("--for '2h': the rules allow 1 min to 10 min; name such a time");
        assertThat(alarms.shelve(said("alarm", "cold-1-smoke/smoke", "for", "soon")))
                .isEqualTo(
                        Told.unusable(
                                "--for 'soon' is no length of time; expected 45m, 2h or 1h30m"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "act=cleaning for=5h | --for '5h': the rules allow 1 min to 4 h; name",
                "act=loading for=46m | --for '46m': the rules allow 1 min to 45 min",
                "act=stopped until=2025-01-01 | --until '2025-01-01': that is over; name a later",
                "act=stopped until=2099-01-01 | --until '2099-01-01': it lies more than 400 days",
                "act=cleaning for=1h unit=samples-1 | UNIT 'samples-1': retained samples are inside",
                "act=cleaning for=1h unit=cold-9 | UNIT 'cold-9': there is no such unit; the site has"
                        + " cold-1, cold-2",
                "act=cleaning for=1h moved-to=yard | --moved-to 'yard': name another unit of the",
                "act=cleaning for=1h by=p-04 | --by 'p-04': their role may not; it takes a safety",
                "act=cleaning for=1h by=p-99 | --by 'p-99': there is no such person; `mingchu person",
                "act=in-use | UNIT 'cold-1': it is not being cleaned, loaded or stopped",
                "act=check | UNIT 'cold-1': no outage has put it in doubt",
            })
    void a_refusal_names_the_value_and_the_remedy(String words, String sentence) {
        var said = said("unit", "cold-1");
        for (var word : words.split(" ", -1)) {
            var equals = word.indexOf('=');
            said.put(word.substring(0, equals), word.substring(equals + 1));
        }
        assertThat(refused(units.unit(said))).startsWith(sentence);
        assertThat(floor.state().acts()).isEmpty();
    }

    @Test
    void a_batch_is_followed_until_somebody_ends_it() {
        var begins = said("act", "begin", "batch", "soup-1", "in", "cold-1");
        assertThat(units.batch(begins).lines()).containsExactly("soup-1: followed in cold-1");
        assertThat(floor.state().food().batches()).containsKey("soup-1");
        assertThat(refused(units.batch(begins)))
                .isEqualTo(
                        "BATCH 'soup-1': it is under way already; end it first, or name another");
        assertThat(units.batch(said("act", "end", "batch", "soup-1")).lines())
                .containsExactly("soup-1: ended");
        assertThat(floor.state().food().batches()).isEmpty();
        assertThat(refused(units.batch(said("act", "end", "batch", "soup-1"))))
                .startsWith("BATCH 'soup-1': no such batch is under way");
        assertThat(refused(units.batch(said("act", "begin", "batch", "soup-2", "in", "yard"))))
                .startsWith("--in 'yard': no rule follows food there");
        assertThat(refused(units.batch(said("act", "begin", "batch", "汤", "in", "cold-1"))))
                .startsWith("BATCH '汤': name it with 1 to 40 characters");
    }

    @Test
    void a_batch_that_has_come_a_long_way_is_followed_from_when_it_began() {
        var begins = said("act", "begin", "batch", "soup-1", "in", "cold-1", "since", "1h30m");
        assertThat(units.batch(begins).lines())
                .containsExactly("soup-1: followed in cold-1, begun 1 h 30 min ago");
        assertThat(begunMsAgo("soup-1")).isEqualTo(90 * 60_000);

        var time = Kitchen.of(floor.plan()).time();
        var at = time.minutes(floor.now().wallMs() - 45 * 60_000);
        begins.put("batch", "soup-2");
        begins.put("since", at.replace(' ', 'T'));
        assertThat(units.batch(begins).lines())
                .containsExactly("soup-2: followed in cold-1, begun at " + at);
        assertThat(begunMsAgo("soup-2")).isBetween(45 * 60_000L, 46 * 60_000L);

        begins.put("batch", "soup-3");
        begins.put("since", "tea time");
        assertThat(units.batch(begins))
                .isEqualTo(
                        Told.unusable(
                                "--since 'tea time' is no time and no length of time; expected"
                                        + " 2026-11-01T06:30, 45m, 2h or 1h30m"));
        begins.put("since", "2099-01-01");
        assertThat(refused(units.batch(begins)))
                .isEqualTo("--since '2099-01-01': that is still to come; name when it began");
        begins.put("since", "24h1m");
        assertThat(refused(units.batch(begins)))
                .isEqualTo("--since '24h1m': that is more than 1 d ago; name a later time");
        floor.clockUnknown();
        begins.put("since", at.replace(' ', 'T'));
        assertThat(refused(units.batch(begins))).contains("nobody has set the clock; say how long");
        begins.put("since", "1h");
        assertThat(units.batch(begins).lines())
                .containsExactly("soup-3: followed in cold-1, begun 1 h ago");
        assertThat(begunMsAgo("soup-3")).isEqualTo(60 * 60_000);
    }

    private long begunMsAgo(String batch) {
        var begun = Objects.requireNonNull(floor.state().food().batches().get(batch)).begun();
        return (floor.now().upNs() - begun.upNs()) / 1_000_000;
    }

    @Test
    void a_unit_is_stopped_until_a_day_begins_and_a_sensor_is_due_by_the_end_of_one() {
        var day = Kitchen.of(floor.plan()).time().day(floor.now().wallMs()).plusDays(3).toString();
        assertThat(units.unit(said("act", "stopped", "unit", "cold-1", "until", day)).lines())
                .containsExactly("cold-1: stopped until " + day + " 00:00");
        assertThat(units.unit(said("act", "in-use", "unit", "cold-1")).lines())
                .containsExactly("cold-1: in use again");
        assertThat(units.sensor(said("act", "out", "sensor", "cold-1-air", "due", day)).lines())
                .containsExactly("cold-1-air: out of service, due back " + day + " 23:59");
        assertThat(refused(units.sensor(said("act", "in", "sensor", "cold-2-air"))))
                .isEqualTo("SENSOR 'cold-2-air': it is in service; there is nothing to put back");
        assertThat(units.sensor(said("act", "in", "sensor", "cold-1-air")).lines())
                .containsExactly("cold-1-air: back in service");
        assertThat(
                        units.sensor(said("act", "out", "sensor", "cold-1-air", "due", "soon"))
                                .exitCode())
                .isEqualTo(ExitCode.USAGE);
    }

    @Test
    void food_is_looked_at_after_an_outage() {
        floor.powerFails();
        var unfit = said("act", "check", "unit", "cold-1", "unfit", "true");
        assertThat(units.unit(unfit).lines())
                .containsExactly("cold-1: checked, not fit; it stays in doubt");
        assertThat(units.unit(said("act", "check", "unit", "cold-1")).lines())
                .containsExactly("cold-1: checked, fit");
    }

    private String smoke() {
        floor.smoke(true);
        return floor.state().openAlarms().getFirst().id().toString();
    }

    private static String refused(Told told) {
        assertThat(told.exitCode()).isEqualTo(ExitCode.CHECK_FAILED);
        return told.lines().getFirst();
    }

    private static Map<String, String> said(String... pairs) {
        var words = new HashMap<>(Map.of("by", "p-01", "reason", "烤箱, 已关"));
        for (var i = 0; i < pairs.length; i += 2) {
            words.put(pairs[i], pairs[i + 1]);
        }
        return words;
    }
}
