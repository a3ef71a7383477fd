package org.mingchu.gateway.show;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mingchu.config.Plan;
import org.mingchu.config.Wall;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Moment;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** When staff are told that a paper runs out. */
class PapersTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final LocalDate END = LocalDate.of(2027, 3, 1);

    private final Kitchen kitchen = new Kitchen();

    @ParameterizedTest
    @CsvSource({
        "31,",
        "30,month",
        "8,month",
        "7,week",
        "1,week",
        "0,end",
        "-1,end",
        "-400,end",
    })
    void one_paper_is_told_once_at_the_stage_it_has_reached(int daysLeft, String stage) {
        var told = papers(at(END.minusDays(daysLeft), ClockState.SYNCED), licence(END));
        if (stage == null) {
            assertThat(told).isEmpty();
        } else {
            assertThat(told).hasSize(1);
            assertThat(told.getFirst())
                    .containsEntry("id", "licence")
                    .containsEntry("stage", stage)
                    .containsEntry("daysLeft", (long) daysLeft);
        }
    }

    @Test
    void the_day_is_that_of_the_kitchen() {
        var beforeMidnight = END.atTime(LocalTime.of(23, 59)).atZone(ZONE).toInstant();
        var now = new Moment("b", 1, beforeMidnight.toEpochMilli(), ClockState.SYNCED, 10);
        assertThat(papers(now, licence(END)).getFirst()).containsEntry("daysLeft", 0L);
        var after = new Moment("b", 1, now.wallMs() + 60_000, ClockState.SYNCED, 10);
        assertThat(papers(after, licence(END)).getFirst()).containsEntry("daysLeft", -1L);
    }

    @Test
    void a_clock_that_nobody_has_set_tells_of_no_paper() {
        assertThat(papers(at(END, ClockState.UNSYNCED), licence(END))).isEmpty();
    }

    @Test
    void a_holder_is_named_only_with_consent() {
        var wall =
                new Wall(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(
                                health("陈", Wall.Consent.NOT_GIVEN),
                                health("李", Wall.Consent.GIVEN)));
        var told = papers(at(END, ClockState.SYNCED), wall);
        assertThat(told).hasSize(2);
        assertThat(told.getFirst()).containsEntry("detail", "切配").doesNotContainKey("name");
        assertThat(told.getLast()).containsEntry("name", "李");
    }

    private static Wall.HealthCertificate health(String surname, Wall.Consent consent) {
        return new Wall.HealthCertificate(surname, "切配", END, consent);
    }

    static Wall licence(LocalDate end) {
        return new Wall(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(new Wall.Certificate("licence", "食品经营许可证", Optional.empty(), end)),
                List.of());
    }

    private static Moment at(LocalDate day, ClockState clock) {
        var noon = day.atTime(LocalTime.NOON).atZone(ZONE).toInstant();
        return new Moment("b", 1, noon.toEpochMilli(), clock, 10);
    }

    private List<Map<String, Object>> papers(Moment now, Wall wall) {
        var plan = new Plan(WallKitchen.with(kitchen.plan.site(), wall), kitchen.plan.pack(), "00");
        var picture = new Picture(plan, Kitchen.advice(), new Fact.Started("0.1.0", true));
        var text =
                new String(
                        picture.of(kitchen.verbs((_, _) -> Optional.empty(), Optional::empty), now),
                        UTF_8);
        return JsonTree.list(JsonTree.object(text), "papers");
    }
}
