package org.mingchu.gateway.keep;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.mingchu.gateway.judge.Entry;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.Person;
import org.mingchu.gateway.judge.Role;
import org.mingchu.gateway.judge.Strength;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Moment;

/** When a hold stands and when it has ended. */
final class HoldsTest {
    private static final Moment NOW = new Moment("boot-1", 1, 1, ClockState.SYNCED, 1);

    private final Holds holds = new Holds();

    @Test
    void two_persons_of_one_role_or_one_person_in_two_roles_do_not_end_it() {
        holds.take(placed("h-1", 10));
        holds.take(released("h-1", "p-1", Role.MANAGER));
        holds.take(released("h-1", "p-2", Role.MANAGER));
        assertThat(holds.standing("h-1")).isPresent();
        holds.take(placed("h-2", 10));
        holds.take(released("h-2", "p-1", Role.MANAGER));
        holds.take(released("h-2", "p-1", Role.SAFETY_OFFICER));
        assertThat(holds.standing("h-2")).isPresent();
        holds.take(released("h-2", "p-2", Role.MANAGER));
        assertThat(holds.standing("h-2")).isEmpty();
    }

    @Test
    void what_has_ended_stays_ended() {
        holds.take(placed("h-1", 10));
        holds.take(released("h-1", "p-1", Role.MANAGER));
        holds.take(released("h-1", "p-2", Role.STAFF));
        assertThat(holds.standing()).isEmpty();
        holds.take(released("h-1", "p-2", Role.MANAGER));
        assertThat(holds.standing()).isEmpty();
    }

    @Test
    void a_second_hold_of_a_released_id_is_in_force_and_is_respected() {
        holds.take(placed("h-1", 10));
        holds.take(released("h-1", "p-1", Role.MANAGER));
        holds.take(released("h-1", "p-2", Role.STAFF));
        holds.take(placed("h-1", 500));
        assertThat(holds.standing("h-1")).map(Holds.Standing::placed).contains(placed("h-1", 500));
        assertThat(holds.meets(new Holds.Range(500, 500))).isTrue();
        assertThat(holds.meets(new Holds.Range(10, 10))).isFalse();
    }

    @Test
    void two_holds_of_one_id_are_both_held() {
        holds.take(placed("h-1", 10));
        holds.take(placed("h-1", 500));
        assertThat(holds.standing()).hasSize(2);
        assertThat(holds.meets(new Holds.Range(500, 500))).isTrue();
    }

    @Test
    void what_is_kept_again_in_another_epoch_changes_nothing() {
        holds.take(placed("h-1", 10));
        holds.take(rekeyed(placed("h-1", 10)));
        holds.take(released("h-1", "p-1", Role.MANAGER));
        holds.take(rekeyed(released("h-1", "p-1", Role.MANAGER)));
        assertThat(holds.standing()).hasSize(1);
        holds.take(rekeyed(released("h-1", "p-2", Role.STAFF)));
        assertThat(holds.standing()).isEmpty();
    }

    @Test
    void the_last_release_is_known_before_it_is_made() {
        holds.take(placed("h-1", 10));
        holds.take(released("h-1", "p-1", Role.MANAGER));
        var standing = holds.standing("h-1").orElseThrow();
        assertThat(standing.endsWith(person("p-2", Role.MANAGER))).isFalse();
        assertThat(standing.endsWith(person("p-1", Role.STAFF))).isFalse();
        assertThat(standing.endsWith(person("p-2", Role.STAFF))).isTrue();
    }

    private static Fact rekeyed(Fact fact) {
        return new Fact.Rekeyed(new Entry("9f2c61d07b3a4e55", 7, NOW, fact));
    }

    private static Fact.HoldPlaced placed(String id, long atMs) {
        return new Fact.HoldPlaced(id, atMs, atMs + 1, "ill", person("p-9", Role.STAFF));
    }

    private static Fact.HoldReleased released(String id, String person, Role role) {
        return new Fact.HoldReleased(id, "over", person(person, role));
    }

    private static Person person(String id, Role role) {
        return new Person(id, role, Strength.TAP);
    }
}
