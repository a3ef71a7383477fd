package org.mingchu.gateway.judge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mingchu.config.Plan;
import org.mingchu.config.Priority;
import org.mingchu.sensors.ClockState;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Alarms about the record itself. */
final class StorageTest {
    private static final State.Key LOST = new State.Key(Plan.GATEWAY, "storage");

    private static Kitchen kitchen() {
        return Kitchen.of(
                Plans.plan(
                        List.of(Plans.STORAGE_LOST, Plans.STORAGE_LOW),
                        List.of(Plans.fridgeUnit()),
                        0));
    }

    private static Fact says(StorageState state) {
        return new Fact.Storage(state, "No space left on device");
    }

    @ParameterizedTest
    @EnumSource(
            value = StorageState.class,
            names = {"MEMORY", "DAMAGED"})
    void a_record_at_risk_is_an_alarm_at_once_until_it_is_sound(StorageState risk) {
        var kitchen = kitchen().says(says(StorageState.SOUND)).passes("5m").says(says(risk));
        assertThat(kitchen.told()).containsExactly("05:00 storage raised unack-active");
        assertThat(kitchen.sounding()).contains(Priority.P2);
        assertThat(kitchen.last().subject()).isEqualTo("gateway");
        assertThat(kitchen.last().unit()).isEmpty();
        assertThat(kitchen.last().valueMilli()).isEmpty();

        kitchen.passes("1h").says(says(StorageState.SOUND)).passes("1h");

        assertThat(kitchen.told().getLast()).isEqualTo("65:00 storage returned unack-returned");
        assertThat(kitchen.acknowledge().told().getLast())
                .isEqualTo("125:00 storage cleared normal");
    }

    @Test
    void damage_that_was_salvaged_at_once_stands_until_a_person_has_seen_it() {
        var kitchen = kitchen().says(says(StorageState.DAMAGED)).says(says(StorageState.SOUND));
        assertThat(kitchen.passes("24h").told())
                .containsExactly(
                        "00:00 storage raised unack-active",
                        "00:00 storage returned unack-returned");
        assertThat(kitchen.state().watching()).containsKey(LOST);

        kitchen.acknowledge();

        assertThat(kitchen.told().getLast()).endsWith("cleared normal");
        assertThat(kitchen.state().watching()).isEmpty();
    }

    @Test
    void a_record_that_is_on_disk_again_is_safe_even_with_little_room() {
        var kitchen = kitchen().says(says(StorageState.MEMORY)).says(says(StorageState.LOW));
        assertThat(kitchen.told().getLast()).isEqualTo("00:00 storage returned unack-returned");
    }

    @Test
    void little_room_counts_after_its_delay_and_is_good_after_its_delay() {
        var kitchen = kitchen().says(says(StorageState.LOW)).passes("9m");
        assertThat(kitchen.says(says(StorageState.SOUND)).passes("1h").told()).isEmpty();

        kitchen.says(says(StorageState.LOW)).passes("1h").says(says(StorageState.SOUND));
        assertThat(kitchen.passes("1h").told())
                .containsExactly(
                        "79:00 storage-low raised unack-active",
                        "139:00 storage-low returned unack-returned");
    }

    @Test
    void a_failed_disk_says_nothing_about_its_room() {
        var kitchen = kitchen().says(says(StorageState.LOW)).passes("10m");
        kitchen.says(says(StorageState.MEMORY)).passes("1h");
        assertThat(kitchen.told())
                .containsExactly(
                        "10:00 storage-low raised unack-active",
                        "10:00 storage raised unack-active");
    }

    @Test
    void a_restart_changes_neither_the_alarm_nor_a_running_delay() {
        var kitchen = kitchen().says(says(StorageState.MEMORY)).acknowledge();
        kitchen.powerFails("1h", ClockState.UNSYNCED);
        assertThat(kitchen.state().watching()).containsKey(LOST);
        assertThat(kitchen.told().getLast())
                .as("still so after a power cut: it calls again")
                .isEqualTo("60:00 storage re-alarmed unack-active");
        kitchen.acknowledge();
        kitchen.says(says(StorageState.SOUND));
        assertThat(kitchen.told().getLast()).isEqualTo("60:00 storage cleared normal");

        kitchen.says(says(StorageState.LOW)).passes("6m").says(new Fact.Silenced(1));
        kitchen.restarts("1m");
        assertThat(kitchen.passes("1h").told().getLast())
                .as("the six minutes that were watched count")
                .isEqualTo("71:00 storage-low raised unack-active");
    }

    @Test
    void a_kitchen_without_the_rules_hears_nothing_of_it() {
        var kitchen = Kitchen.of(Plans.fridge(Plans.CHILLED_HIGH));
        assertThat(kitchen.says(says(StorageState.MEMORY)).passes("1h").told()).isEmpty();
    }

    // ---- a new epoch says the open alarms again ---------------------------------------------

    @Test
    void alarms_that_are_carried_over_are_open_in_a_state_built_from_the_new_epoch_alone() {
        var old = open();
        var before = old.state().watching();
        var rebuilt = old.judge().begin("00000000000000e2");
        var seq = 0;
        for (var fact : carried(before)) {
            rebuilt =
                    old.judge()
                            .recall(rebuilt, new Entry("00000000000000e2", ++seq, old.now(), fact));
        }

        assertThat(rebuilt.watching().keySet()).isEqualTo(before.keySet());
        rebuilt.watching()
                .forEach((key, watching) -> {
                    var was =
                            Optional.ofNullable(before.get(key))
                                    .orElseThrow()
                                    .open()
                                    .orElseThrow()
                                    .last();
                    assertThat(watching.open().orElseThrow().last())
                            .isEqualTo(Events.rekeyed(was, 1));
                });
    }

    @Test
    void a_state_that_lived_through_the_change_is_not_moved_by_it() {
        var kitchen = open();
        var facts = carried(kitchen.state().watching());
        kitchen.epochEnds("00000000000000e2");
        var lived = kitchen.state().watching();

        facts.stream().skip(1).forEach(kitchen::says);

        assertThat(kitchen.state().watching()).isEqualTo(lived);
        assertThat(kitchen.told()).hasSize(3);
        kitchen.says(says(StorageState.SOUND));
        assertThat(kitchen.told().getLast()).endsWith("storage returned unack-returned");
    }

    /** A warm fridge, seen by somebody, and a record in memory, seen by nobody. */
    private static Kitchen open() {
        var kitchen =
                Kitchen.of(
                        Plans.plan(
                                List.of(Plans.CHILLED_HIGH, Plans.STORAGE_LOST),
                                List.of(Plans.fridgeUnit()),
                                0));
        return kitchen.air(12.0, 20).acknowledge().says(says(StorageState.MEMORY));
    }

    private static List<Fact> carried(Map<State.Key, State.Watching> open) {
        var facts = new ArrayList<Fact>();
        facts.add(new Fact.EpochBegan(Optional.of(Kitchen.EPOCH), "damaged"));
        open.values().stream()
                .flatMap(watching -> watching.open().stream())
                .forEach(alarm -> facts.add(new Fact.CarriedAlarm(Kitchen.EPOCH, 7, alarm.last())));
        return facts;
    }
}
