package org.mingchu.gateway.tell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mingchu.config.Attention;
import org.mingchu.config.CameraVerdict;
import org.mingchu.config.Priority;
import org.mingchu.config.Quantity;
import org.mingchu.gateway.judge.AccessEvent;
import org.mingchu.gateway.judge.AlarmChange;
import org.mingchu.gateway.judge.AlarmEvent;
import org.mingchu.gateway.judge.AlarmId;
import org.mingchu.gateway.judge.AlarmState;
import org.mingchu.gateway.judge.EndCause;
import org.mingchu.gateway.judge.Entry;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.GapCause;
import org.mingchu.gateway.judge.Lane;
import org.mingchu.gateway.judge.Person;
import org.mingchu.gateway.judge.Role;
import org.mingchu.gateway.judge.SeqRange;
import org.mingchu.gateway.judge.State;
import org.mingchu.gateway.judge.Strength;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Fault;
import org.mingchu.sensors.Flag;
import org.mingchu.sensors.Moment;
import org.mingchu.sensors.Reading;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;

class NativeEncoderTest {
    private final NativeEncoder encoder =
            new NativeEncoder(Kitchen.plan(), Kitchen.EPOCH, Kitchen.ABOUT);

    @Test
    void the_contracts_alarm_event_is_reproduced_field_by_field() {
        var event =
                new AlarmEvent(
                        new AlarmId(UUID.fromString("5b7f4c1e-2f0a-8c3e-9d55-3f1f0c6f2a10")),
                        "freezer-1-air",
                        Optional.of("freezer-1"),
                        "freezer-high",
                        "cn-catering",
                        "1.0.0",
                        false,
                        Optional.of("冷冻温度应 ≤ -12 ℃"),
                        Priority.P2,
                        Attention.SITE,
                        AlarmChange.RAISED,
                        AlarmState.UNACK_ACTIVE,
                        OptionalLong.of(-9_400),
                        OptionalLong.of(-12_000),
                        Optional.of("Cel"),
                        Kitchen.at(-30 * 60_000),
                        new SeqRange(17_980, 18_233),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        OptionalLong.empty());

        var message = encoder.entry(numbered(18_234, 18_102, 0, event(event)), Kitchen.at(61));

        assertThat(message.topic())
                .isEqualTo(Kitchen.ROOT + "alarm/5b7f4c1e-2f0a-8c3e-9d55-3f1f0c6f2a10/event");
        assertThat(message.retained()).isFalse();
        assertThat(message.expiry()).isEmpty();
        same(message, "alarm-event");
    }

    @Test
    void the_contracts_readings_are_reproduced_field_by_field() {
        var first =
                new Fact.Round(
                        List.of(
                                celsius("cold-1-air", 4_060),
                                celsius("freezer-1-air", -9_600),
                                new Reading.Measured(
                                        "cold-1-door", Quantity.DOOR, 0, 0, 0, Set.of()),
                                new Reading.Silent("samples-1-air", Fault.CRC, "CRC NO")));
        var second =
                new Fact.Round(
                        List.of(
                                celsius("cold-1-air", 4_060),
                                celsius("freezer-1-air", -9_500),
                                new Reading.Measured(
                                        "samples-1-air",
                                        Quantity.TEMPERATURE,
                                        3_880,
                                        3_880,
                                        800_000_000,
                                        Set.of(Flag.CALIBRATION_EXPIRED))));

        var batch =
                encoder.readings(
                        List.of(
                                numbered(18_230, 18_228, -40_000, first),
                                numbered(18_231, 18_230, -30_000, second)),
                        Long.MAX_VALUE);

        assertThat(batch.entries()).hasSize(2);
        same(batch.message(), "readings");
    }

    @Test
    void decimals_are_exact_and_have_a_place() {
        assertThat(Json.decimal(-9_400)).isEqualTo("-9.4");
        assertThat(Json.decimal(-12_000)).isEqualTo("-12.0");
        assertThat(Json.decimal(4_060)).isEqualTo("4.06");
        assertThat(Json.decimal(4_062)).isEqualTo("4.062");
        assertThat(Json.decimal(-62)).isEqualTo("-0.062");
        assertThat(Json.decimal(-500)).isEqualTo("-0.5");
        assertThat(Json.decimal(0)).isEqualTo("0.0");
        assertThat(Json.decimal(100_010)).isEqualTo("100.01");
    }

    @Test
    void cameras_doors_faults_flags_and_ages_have_their_words() {
        var round =
                new Fact.Round(
                        List.of(
                                new Reading.Seen("cam-hot", CameraVerdict.NO_ANSWER, 1_500_000),
                                new Reading.Seen("cam-cold", CameraVerdict.HEALTHY, 999_999),
                                new Reading.Measured(
                                        "cold-1-door",
                                        Quantity.DOOR,
                                        1_000,
                                        1_000,
                                        0,
                                        Set.of(Flag.SIMULATED, Flag.LATE))));

        var message = encoder.readings(List.of(numbered(2, 0, 0, round)), Long.MAX_VALUE).message();

        var entry = MemoryPlatform.json(message).get("entries").get(0);
        assertThat(entry.get("values"))
                .hasToString(
                        "{\"cam-hot\":\"no-answer\",\"cam-cold\":\"healthy\",\"cold-1-door\":\"open\"}");
        assertThat(entry.get("flags")).hasToString("{\"cold-1-door\":[\"late\",\"simulated\"]}");
        assertThat(entry.get("agesMs")).hasToString("{\"cam-hot\":1}");
        assertThat(entry.has("faults")).isFalse();
        valid(message);
    }

    /**
     * Also what a battery or a detector says: a reader that holds us to the schema loses nothing.
     */
    @ParameterizedTest
    @EnumSource(Quantity.class)
    void whatever_is_measured_its_readings_alarms_and_description_are_as_the_schemas_say(
            Quantity quantity) {
        var encoder =
                new NativeEncoder(Kitchen.planOfEveryQuantity(), Kitchen.EPOCH, Kitchen.ABOUT);
        var on = new Reading.Measured(quantity.word(), quantity, 1_000, 1_000, 0, Set.of());
        var off = new Reading.Measured(quantity.word(), quantity, 0, 0, 0, Set.of());
        var alarm =
                new AlarmEvent(
                        AlarmId.of(Kitchen.EPOCH, quantity.word(), "rule", 7),
                        quantity.word(),
                        Optional.of("freezer-1"),
                        "rule",
                        "cn-catering",
                        "1.0.0",
                        false,
                        Optional.empty(),
                        Priority.P2,
                        Attention.SITE,
                        AlarmChange.RAISED,
                        AlarmState.UNACK_ACTIVE,
                        OptionalLong.of(1_000),
                        quantity.contact() ? OptionalLong.empty() : OptionalLong.of(15_000),
                        Optional.of(quantity.senmlUnit()),
                        Kitchen.at(0),
                        new SeqRange(7, 9),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        OptionalLong.empty());

        var round = new Fact.Round(List.of(on));
        var readings =
                encoder.readings(List.of(numbered(2, 0, 0, round)), Long.MAX_VALUE).message();
        var event = encoder.entry(numbered(9, 3, 0, event(alarm)), Kitchen.at(0));
        List.of(
                        readings,
                        encoder.readings(
                                        List.of(numbered(3, 2, 0, new Fact.Round(List.of(off)))),
                                        Long.MAX_VALUE)
                                .message(),
                        event,
                        encoder.standing(
                                new State.Key(quantity.word(), "rule"), alarm, 9, Kitchen.at(0)),
                        encoder.meta(Kitchen.at(0)))
                .forEach(NativeEncoderTest::valid);
        var told =
                MemoryPlatform.json(readings)
                        .get("entries")
                        .get(0)
                        .get("values")
                        .get(quantity.word());
        assertThat(MemoryPlatform.json(event).get("alarm").get("value")).isEqualTo(told);
    }

    @Test
    void every_record_status_state_meta_and_heartbeat_is_as_the_schemas_say() {
        var unknown = new Moment(Kitchen.BOOT, 0, 0, ClockState.UNSYNCED, Moment.ERROR_UNKNOWN_MS);
        var door =
                new AlarmEvent(
                        AlarmId.of(Kitchen.EPOCH, "cold-1-door", "door-open", 7),
                        "cold-1-door",
                        Optional.of("cold-1"),
                        "door-open",
                        "cn-catering",
                        "1.0.0",
                        true,
                        Optional.empty(),
                        Priority.P3,
                        Attention.NONE,
                        AlarmChange.ACKNOWLEDGED,
                        AlarmState.ACK_ACTIVE,
                        OptionalLong.of(1_000),
                        OptionalLong.empty(),
                        Optional.of("/"),
                        unknown,
                        new SeqRange(7, 9),
                        Optional.of(new Person("p-03", Role.STAFF, Strength.TAP)),
                        Optional.of("门关不上"),
                        Optional.empty(),
                        OptionalLong.empty());
        var key = new State.Key("cold-1-door", "door-open");
        var epoch = new Fact.EpochBegan(Optional.of("00112233445566ff"), "copied");
        var config = new Fact.PlanChanged(Kitchen.SHA, "cn-catering", "1.0.0", Kitchen.SHA);
        var clock = new Fact.ClockSet(ClockState.SYNCED, -7_200_000, Moment.ERROR_UNKNOWN_MS);

        var messages =
                List.of(
                        encoder.online(unknown, 0),
                        encoder.offline(unknown, 9, Optional.of("x".repeat(300))),
                        encoder.offline(unknown, 9, Optional.empty()),
                        encoder.meta(Kitchen.at(0)),
                        encoder.entry(numbered(1, 0, 0, epoch), unknown),
                        encoder.entry(numbered(2, 1, 0, config), unknown),
                        encoder.entry(numbered(3, 2, 0, clock), unknown),
                        encoder.entry(numbered(9, 3, 0, event(door)), unknown),
                        encoder.standing(key, door, 9, unknown),
                        encoder.heartbeat(unknown, 9, new NativeEncoder.Backlog(1, 2, 3), 1));

        messages.forEach(NativeEncoderTest::valid);
        assertThat(messages.get(7).text())
                .contains("\"value\":\"open\"")
                .contains("\"person\":{\"id\":\"p-03\",\"role\":\"staff\",\"strength\":\"tap\"}")
                .contains("1970-01-01T08:00:00.000+08:00")
                .contains("\"clock\":{\"state\":\"synced\",\"errorMs\":12}");
        assertThat(messages.get(6).topic()).isEqualTo(Kitchen.ROOT + "record/clock");
    }

    @Test
    void every_record_of_loss_evidence_and_people_is_as_the_schemas_say() {
        var old = "00112233445566ff";
        var person = new Person("p-01", Role.MANAGER, Strength.PIN);
        var range = new SeqRange(4, 8);
        var none = Optional.<Moment>empty();
        var alarm = Kitchen.freezer(AlarmChange.RAISED, AlarmState.UNACK_ACTIVE, 7);
        var facts =
                List.<Fact>of(
                        new Fact.Gap(
                                Kitchen.EPOCH,
                                Optional.of(Lane.READING),
                                range,
                                5,
                                GapCause.DROPPED,
                                Optional.of(Kitchen.at(-9_000)),
                                Optional.of(Kitchen.at(-1_000))),
                        new Fact.Gap(old, Optional.empty(), range, 1, GapCause.MISSING, none, none),
                        new Fact.Gap(
                                old,
                                Optional.of(Lane.NONE),
                                range,
                                2,
                                GapCause.THINNED,
                                none,
                                none),
                        new Fact.CarriedAlarm(old, 17, alarm),
                        new Fact.CarriedCheckpoint(old, 18, Notes.checkpoint(old, 17)),
                        new Fact.CarriedCheckpoint(old, 0, Notes.checkpoint(old, 17)),
                        new Fact.Checkpointed(Notes.checkpoint(Kitchen.EPOCH, 8)),
                        new Fact.HoldPlaced("h-1", 1_000, 2_000, "食物中毒调查", person),
                        new Fact.HoldReleased("h-1", "closed", person),
                        new Fact.Corrected(old, 3, "the door was held open", person),
                        new Fact.Access(AccessEvent.LOCKED_OUT, Optional.of("p-03")),
                        new Fact.Access(AccessEvent.LOCKED_OUT, Optional.empty()));

        var messages = new ArrayList<Wire.Message>();
        for (var fact : facts) {
            messages.add(encoder.entry(numbered(9, 3, 0, fact), Kitchen.at(61)));
        }

        messages.forEach(NativeEncoderTest::valid);
        assertThat(messages)
                .extracting(Wire.Message::topic)
                .extracting(topic -> topic.substring(Kitchen.ROOT.length()))
                .containsExactly(
                        "record/gap",
                        "record/gap",
                        "record/gap",
                        "record/carried",
                        "record/carried",
                        "record/carried",
                        "record/checkpoint",
                        "record/hold",
                        "record/hold",
                        "record/correction",
                        "record/access",
                        "record/access");
        assertThat(body(messages.get(0)))
                .hasToString(
                        "{\"lane\":\"reading\",\"from\":4,\"to\":8,\"count\":5,"
                                + "\"cause\":\"dropped\","
                                + "\"firstAt\":\"2026-11-22T11:42:01.000+08:00\","
                                + "\"lastAt\":\"2026-11-22T11:42:09.000+08:00\"}");
        assertThat(body(messages.get(1)))
                .hasToString(
                        "{\"epoch\":\"00112233445566ff\",\"from\":4,\"to\":8,\"count\":1,"
                                + "\"cause\":\"missing\"}");
        assertThat(body(messages.get(5)).get("from"))
                .hasToString("{\"epoch\":\"00112233445566ff\"}");
        assertThat(body(messages.get(6)).get("size").asLong()).isEqualTo(8);
        assertThat(body(messages.get(7)).get("to").asString())
                .isEqualTo("1970-01-01T08:00:02.000+08:00");
    }

    @Test
    void how_a_life_ended_is_told_and_that_one_is_about_to() {
        var restarted =
                encoder.entry(
                        numbered(
                                9,
                                3,
                                0,
                                new Fact.Restarted(EndCause.MEMORY, "systemd saw exited 3")),
                        Kitchen.at(61));
        var stopping =
                encoder.entry(
                        numbered(
                                9,
                                3,
                                0,
                                new Fact.Stopping(
                                        Fact.Stop.BEGUN, EndCause.BATTERY, "battery at 14 %")),
                        Kitchen.at(61));

        valid(restarted);
        valid(stopping);
        assertThat(restarted.topic()).endsWith("record/run");
        assertThat(body(restarted))
                .hasToString(
                        "{\"event\":\"restarted\",\"cause\":\"memory\","
                                + "\"detail\":\"systemd saw exited 3\"}");
        assertThat(body(stopping).get("event").asString()).isEqualTo("stopping");
    }

    @Test
    void a_picture_of_a_place_is_told_by_its_hash() {
        var person = new Person("p-05", Role.TECHNICIAN, Strength.PIN);
        var told =
                encoder.entry(
                        numbered(
                                9,
                                3,
                                0,
                                new Fact.PlacePictured(
                                        "cold-1-air", "0123456789abcdef".repeat(4), 4_711, person)),
                        Kitchen.at(61));

        valid(told);
        assertThat(told.topic()).endsWith("record/check");
        assertThat(body(told))
                .hasToString(
                        "{\"what\":\"place\",\"sensor\":\"cold-1-air\",\"sha256\":\""
                                + "0123456789abcdef".repeat(4)
                                + "\",\"bytes\":4711,\"person\":{\"id\":\"p-05\","
                                + "\"role\":\"technician\",\"strength\":\"pin\"}}");
    }

    @Test
    void a_self_test_is_told_as_a_test_and_the_buzzers_as_its_own() {
        var person = new Person("p-05", Role.TECHNICIAN, Strength.PIN);
        var steps =
                List.of(
                        new Fact.Step("test.buzzer", "", Fact.Result.SKIPPED, "not-fitted"),
                        new Fact.Step("sensor", "freezer-1-air", Fact.Result.FAIL, "crc"));
        var whole =
                encoder.entry(
                        numbered(9, 3, 0, new Fact.SelfTested(steps, person)), Kitchen.at(61));
        var buzzer =
                encoder.entry(
                        numbered(9, 3, 0, new Fact.BuzzerTested(true, Optional.of(person))),
                        Kitchen.at(61));

        valid(whole);
        valid(buzzer);
        assertThat(whole.topic()).endsWith("record/selftest");
        assertThat(body(whole))
                .hasToString(
                        "{\"what\":\"all\",\"passed\":false,\"steps\":["
                                + "{\"check\":\"test.buzzer\",\"result\":\"skipped\","
                                + "\"why\":\"not-fitted\"},"
                                + "{\"check\":\"sensor\",\"of\":\"freezer-1-air\","
                                + "\"result\":\"fail\",\"why\":\"crc\"}],"
                                + "\"person\":{\"id\":\"p-05\",\"role\":\"technician\","
                                + "\"strength\":\"pin\"}}");
        assertThat(body(buzzer).get("what").asString()).isEqualTo("buzzer");
    }

    @Test
    void what_was_kept_again_is_told_as_what_it_was_with_the_name_it_had() {
        var old = "00112233445566ff";
        var older = "00112233445566ee";
        var raised = Kitchen.freezer(AlarmChange.RAISED, AlarmState.UNACK_ACTIVE, 7);
        var alarm = new Fact.Rekeyed(new Entry(old, 40, Kitchen.at(-5_000), event(raised)));
        var twice =
                new Fact.Rekeyed(
                        new Entry(
                                old,
                                3,
                                Kitchen.at(-1_000),
                                new Fact.Rekeyed(
                                        new Entry(
                                                older,
                                                77,
                                                Kitchen.at(-10_000),
                                                new Fact.Round(
                                                        List.of(celsius("cold-1-air", 4_060)))))));
        var clock =
                new Fact.Rekeyed(
                        new Entry(
                                old,
                                41,
                                Kitchen.at(-4_000),
                                new Fact.ClockSet(ClockState.SYNCED, 5, 20)));

        var told = encoder.entry(numbered(2, 1, 0, alarm), Kitchen.at(61));
        var set = encoder.entry(numbered(3, 2, 0, clock), Kitchen.at(61));
        var batch =
                encoder.readings(
                        List.of(
                                numbered(4, 0, 0, twice),
                                numbered(
                                        5,
                                        4,
                                        0,
                                        new Fact.Round(List.of(celsius("cold-1-air", 4_100))))),
                        Long.MAX_VALUE);

        valid(told);
        valid(set);
        valid(batch.message());
        var event = MemoryPlatform.json(told);
        assertThat(told.topic()).endsWith("/event");
        assertThat(event.get("seq").asLong()).isEqualTo(2);
        assertThat(event.get("at").asString()).isEqualTo("2026-11-22T11:42:05.000+08:00");
        assertThat(event.get("origin")).hasToString("{\"epoch\":\"" + old + "\",\"seq\":40}");
        assertThat(event.get("evidence").get("epoch").asString()).isEqualTo(old);
        assertThat(MemoryPlatform.json(set).get("kind").asString()).isEqualTo("clock");
        var rounds = MemoryPlatform.json(batch.message()).get("entries");
        assertThat(rounds.get(0).get("origin"))
                .hasToString("{\"epoch\":\"" + older + "\",\"seq\":77}");
        assertThat(rounds.get(0).get("at").asString()).isEqualTo("2026-11-22T11:42:00.000+08:00");
        assertThat(rounds.get(0).get("flags")).hasToString("{\"cold-1-air\":[\"late\"]}");
        assertThat(rounds.get(1).has("origin")).isFalse();
        assertThat(rounds.get(1).has("flags")).isFalse();
    }

    @Test
    void the_key_that_signs_is_told_in_both_spellings() {
        var key = "gz-liwan/gz-liwan-0042/gw-1+a1b2c3d4+Af//" + "/".repeat(40);
        var about = new About("0.1.0", false, Optional.of(key));
        var message = new NativeEncoder(Kitchen.plan(), Kitchen.EPOCH, about).meta(Kitchen.at(0));

        valid(message);
        var meta = MemoryPlatform.json(message);
        assertThat(meta.get("verifierKey").asString()).isEqualTo(key);
        assertThat(meta.get("publicKey").asString())
                .isEqualTo("ed25519:MCowBQYDK2VwAyEA" + "/".repeat(42) + "8=");
    }

    @Test
    void an_entry_of_another_epoch_is_refused() {
        var foreign =
                new Numbered(
                        new Entry(
                                "00112233445566ff",
                                2,
                                Kitchen.at(0),
                                new Fact.ClockSet(ClockState.SYNCED, 5, 20)),
                        1);

        assertThatThrownBy(() -> encoder.entry(foreign, Kitchen.at(0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("00112233445566ff");
    }

    @Test
    void a_site_without_operator_names_none() {
        var nobody = new NativeEncoder(Kitchen.planWithoutOperator(), Kitchen.EPOCH, Kitchen.ABOUT);

        var message = nobody.meta(Kitchen.at(0));

        assertThat(MemoryPlatform.json(message).has("operator")).isFalse();
        valid(message);
    }

    @Test
    void a_batch_stays_under_its_bytes_but_takes_one_entry_however_large() {
        var readings = new ArrayList<Reading>();
        for (int i = 0; i < 300; i++) {
            readings.add(celsius("sensor-" + i, -9_600 + i));
        }
        var entries = new ArrayList<Numbered>();
        for (long seq = 1; seq <= 30; seq++) {
            entries.add(numbered(seq, seq - 1, 0, new Fact.Round(readings)));
        }

        var batch = encoder.readings(entries, Long.MAX_VALUE);

        assertThat(batch.entries().size()).isBetween(2, 29);
        assertThat(batch.message().text().getBytes(UTF_8).length)
                .isLessThanOrEqualTo(NativeEncoder.BATCH_BYTES_MAX);
        assertThat(encoder.readings(entries, 100).entries()).hasSize(1);
    }

    @Test
    void two_copies_of_an_entry_differ_in_sent_at_only() {
        var entry =
                numbered(
                        9,
                        3,
                        0,
                        event(Kitchen.freezer(AlarmChange.RAISED, AlarmState.UNACK_ACTIVE, 7)));

        var first = encoder.entry(entry, Kitchen.at(61)).text();
        var again = encoder.entry(entry, Kitchen.at(30_061)).text();

        assertThat(first).isNotEqualTo(again);
        assertThat(first.replaceFirst("\"sentAt\":\"[^\"]*\"", ""))
                .isEqualTo(again.replaceFirst("\"sentAt\":\"[^\"]*\"", ""));
    }

    @Test
    void an_alarm_of_an_exercise_says_so_itself() {
        var exercise =
                new NativeEncoder(
                        Kitchen.plan(), Kitchen.EPOCH, new About("0.1.0", true, Optional.empty()));
        var raised = Kitchen.freezer(AlarmChange.RAISED, AlarmState.UNACK_ACTIVE, 7);
        var event = exercise.entry(numbered(9, 3, 0, event(raised)), Kitchen.at(61));
        var state =
                exercise.standing(
                        new State.Key(raised.subject(), raised.rule()), raised, 9, Kitchen.at(0));

        for (var message : List.of(event, state)) {
            valid(message);
            assertThat(message.text()).contains("\"simulated\":true");
        }
    }

    @Test
    void what_is_not_of_a_lane_is_not_encoded_for_it() {
        var started = numbered(2, 0, 0, new Fact.Started("0.1.0", false));

        assertThatThrownBy(() -> encoder.entry(started, Kitchen.at(0)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> encoder.readings(List.of(started), 1_000))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Fact event(AlarmEvent event) {
        return new Fact.Alarm(event);
    }

    private static Numbered numbered(long seq, long prev, long afterMs, Fact fact) {
        return new Numbered(new Entry(Kitchen.EPOCH, seq, Kitchen.at(afterMs), fact), prev);
    }

    private static Reading celsius(String subject, long milli) {
        return new Reading.Measured(subject, Quantity.TEMPERATURE, milli, milli, 0, Set.of());
    }

    private static JsonNode body(Wire.Message message) {
        return MemoryPlatform.json(message).get("body");
    }

    private static void valid(Wire.Message message) {
        assertThat(Schemas.problems(message)).as(message.text()).isEmpty();
    }

    private static void same(Wire.Message message, String testcase) {
        valid(message);
        var expected = MemoryPlatform.json(Testcases.read(testcase + "/expected.json"));
        assertThat(message.text()).isEqualTo(expected.toString());
    }
}
