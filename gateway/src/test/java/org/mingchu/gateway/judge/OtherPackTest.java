package org.mingchu.gateway.judge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Another country's pack, as data: the same engine, its own numbers everywhere. */
class OtherPackTest {
    private final Larder larder = Larder.american();

    @Test
    void a_fridge_has_5_degrees_and_4_hours() {
        larder.now("air", 5.1).says("air", 5.1, 239);
        assertThat(larder.told("chilled-high")).hasSize(1);
        assertThat(larder.told("chilled-hour")).isEmpty();

        assertThat(larder.says("air", 5.1, 1).told("chilled-hour"))
                .containsExactly("240:00 chilled-hour raised unack-active");
        assertThat(larder.kitchen().last().limitMilli()).hasValue(5_000);
        assertThat(larder.kitchen().last().rulePack()).isEqualTo("fda-food-code");
    }

    @Test
    void hot_food_has_57_degrees_and_4_hours() {
        larder.now("hot", 58).says("hot", 58, 300);
        assertThat(larder.told("hot-holding-time")).isEmpty();

        larder.says("hot", 56.9, 241);

        assertThat(larder.told("hot-holding-time"))
                .containsExactly("541:00 hot-holding-time raised unack-active");
    }

    @Test
    void a_batch_has_3_and_4_hours_between_5_and_57_degrees() {
        larder.begins("soup", "pot").now("pot", 58).says("pot", 58, 60);

        larder.says("pot", 50, 241);

        assertThat(larder.told("danger-soon", "danger-over"))
                .containsExactly(
                        "241:00 danger-soon raised unack-active",
                        "301:00 danger-over raised unack-active");
    }

    @Test
    void cooling_has_2_and_6_hours() {
        larder.begins("soup", "pot")
                .now("pot", 57)
                .goes("pot", 57, 21, 120)
                .goes("pot", 21, 5.1, 240);

        assertThat(larder.told("cooling-failed"))
                .containsExactly("360:00 cooling-failed raised unack-active");
    }

    @Test
    void cooling_is_foretold_at_half_the_time() {
        larder.begins("soup", "pot").now("pot", 57).goes("pot", 57, 25, 120);

        assertThat(larder.told("cooling-late"))
                .first()
                .isEqualTo("60:00 cooling-late raised unack-active");
    }

    @Test
    void dishes_have_71_degrees_and_20_seconds() {
        larder.now("wash", 25).every("5s", "wash", 72, 5).every("5s", "wash", 40, 1);
        assertThat(larder.facts(Fact.Cycled.class).getLast().cycle().passed()).isTrue();

        larder.every("5s", "wash", 72, 4).every("5s", "wash", 40, 1);
        assertThat(larder.facts(Fact.Cycled.class).getLast().cycle().passed()).isFalse();
    }

    @Test
    void a_leap_has_20_kelvin_in_2_minutes() {
        assertThat(larder.says("air", 4, 5).says("air", 20, 5).told("chilled-leap")).isEmpty();
        assertThat(larder.says("air", 10, 1).says("air", 0, 1).told("chilled-leap")).hasSize(1);
    }
}
