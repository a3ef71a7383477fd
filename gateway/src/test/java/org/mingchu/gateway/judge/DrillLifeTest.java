package org.mingchu.gateway.judge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.mingchu.config.Attention;
import org.mingchu.config.Checked;
import org.mingchu.config.Plan;
import org.mingchu.config.PlanReader;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The life of a drill's alarm: as any other's, but that it ends by itself and nobody has to see.
 */
class DrillLifeTest {
    private static final Person TECHNICIAN = new Person("p-05", Role.TECHNICIAN, Strength.PIN);

    private final Kitchen kitchen = Kitchen.of(plan());

    private static Plan plan() {
        return switch (PlanReader.read(
                Path.of("src", "test", "resources", "film", "site.toml"),
                Path.of("src", "main", "etc", "rules"))) {
            case Checked.Good<Plan>(var plan, _) -> plan;
            case Checked.Bad<Plan>(var problems) -> throw new AssertionError(problems);
        };
    }

    /** No probe of this kitchen says anything: those alarms are none of ours. */
    private List<AlarmEvent> drills() {
        return kitchen.events().stream().filter(AlarmEvent::drill).toList();
    }

    private AlarmEvent last() {
        return drills().getLast();
    }

    private boolean isOpen() {
        return kitchen.state().openAlarms().stream().anyMatch(AlarmEvent::drill);
    }

    @Test
    void it_is_raised_at_once_and_over_ten_minutes_later() {
        kitchen.says(new Fact.Drilled(TECHNICIAN));
        assertThat(last().state()).isEqualTo(AlarmState.UNACK_ACTIVE);
        assertThat(last().subject()).isEqualTo("gateway");
        kitchen.passes("9m59s");
        assertThat(last().change()).isEqualTo(AlarmChange.RAISED);
        assertThat(last().attention()).isEqualTo(Attention.SITE);
        kitchen.passes("1s");
        assertThat(last().change()).isEqualTo(AlarmChange.CLEARED);
        assertThat(isOpen()).isFalse();
    }

    @Test
    void whoever_takes_it_ends_it() {
        kitchen.says(new Fact.Drilled(TECHNICIAN));
        kitchen.says(new Fact.Acknowledged(last().id(), Kitchen.STAFF, Optional.empty()));
        assertThat(drills())
                .extracting(AlarmEvent::change)
                .containsExactly(
                        AlarmChange.RAISED,
                        AlarmChange.ACKNOWLEDGED,
                        AlarmChange.RETURNED,
                        AlarmChange.CLEARED);
        assertThat(kitchen.state().duties().cases()).isEmpty();
    }

    @Test
    void a_restart_does_not_make_it_last_for_ever() {
        kitchen.says(new Fact.Drilled(TECHNICIAN));
        kitchen.passes("4m");
        kitchen.restarts("30s");
        kitchen.passes("10m");
        assertThat(isOpen()).isFalse();
    }

    @Test
    void each_is_an_alarm_of_its_own() {
        kitchen.says(new Fact.Drilled(TECHNICIAN));
        var first = last().id();
        kitchen.passes("11m");
        kitchen.says(new Fact.Drilled(TECHNICIAN));
        assertThat(last().change()).isEqualTo(AlarmChange.RAISED);
        assertThat(last().id()).isNotEqualTo(first);
    }

    @Test
    void what_it_was_is_no_question_to_a_drill_that_is_over() {
        kitchen.says(new Fact.Drilled(TECHNICIAN));
        kitchen.passes("11m");
        var before = drills().size();
        kitchen.says(
                new Fact.Drilled(
                        Optional.of(new Fact.Ran(Optional.empty(), kitchen.now(), List.of())),
                        TECHNICIAN));
        assertThat(drills()).hasSize(before);
    }
}
