package org.mingchu.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.mingchu.config.Condition;
import org.mingchu.config.Priority;
import org.mingchu.gateway.judge.AlarmChange;
import org.mingchu.gateway.judge.AlarmEvent;
import org.mingchu.gateway.judge.Entry;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.Fact.Result;
import org.mingchu.gateway.judge.Glance;
import org.mingchu.gateway.judge.Lane;
import org.mingchu.gateway.judge.Person;
import org.mingchu.gateway.judge.Role;
import org.mingchu.gateway.judge.Strength;
import org.mingchu.gateway.keep.Window;
import org.mingchu.gateway.show.By;
import org.mingchu.gateway.show.paper.Block;
import org.mingchu.gateway.tell.Schemas;
import org.mingchu.gateway.tend.ExitCode;

import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A drill in the production house under virtual time, to the platform and back. */
final class DrillTest {
    private static final Person COOK = new Person("p-03", Role.STAFF, Strength.TAP);
    private static final Map<String, String> BY = Map.of("by", "p-05");
    private static final Map<String, String> NEWS = Map.of("known", "0", "language", "en");

    /** More than is looked back over for what is not noted. */
    private static final int MANY = 2_200;

    private final Film film = new Film(new Film.Script(7, Duration.ofHours(1), false, List.of()));

    @Test
    void a_drill_goes_the_whole_way_and_is_over_with_one_tap() {
        film.link(true);
        film.passes(Duration.ofSeconds(5));
        var begun = film.drillDesk().begin(Map.of("by", "p-05", "language", "en"));
        assertThat(begun.ok()).isTrue();
        assertThat(begun.lines()).singleElement().asString().contains("I am on it", "10 minutes");
        film.passes(Duration.ofSeconds(1));
        assertThat(drill().priority()).isEqualTo(Priority.P1);
        assertThat(glance().sounding(film.house().state(), film.house().state().at().orElseThrow()))
                .contains(Priority.P1);
        film.pageIsTaken();
        film.passes(Duration.ofSeconds(2));
        film.says(new Fact.Acknowledged(drill().id(), COOK, Optional.empty()));
        film.passes(Duration.ofSeconds(2));

        assertThat(film.house().state().openAlarms()).isEmpty();
        var ran = reports().getFirst().ran().orElseThrow();
        assertThat(ran.passed()).isTrue();
        assertThat(ran.hops())
                .extracting(Fact.Hop::hop)
                .containsExactly(
                        "asked",
                        "judged",
                        "kept",
                        "lamp",
                        "buzzer",
                        "page",
                        "sent",
                        "broker",
                        "platform",
                        "person");
        assertThat(ran.hops().getLast().afterMs().orElseThrow()).isBetween(2_900L, 4_100L);
        assertThat(ran.hops())
                .filteredOn(hop -> hop.result() == Result.SKIPPED)
                .extracting(Fact.Hop::hop)
                .as("the film's kitchen has neither")
                .containsExactly("lamp", "buzzer");
        var news = film.drillDesk().news(NEWS);
        assertThat(news.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(news.lines())
                .anyMatch(line -> line.startsWith("ok    taken by a person: after"));
    }

    @Test
    void the_platform_hears_of_it_as_a_test_and_of_how_it_went() {
        film.link(true);
        film.passes(Duration.ofSeconds(5));
        film.drillDesk().begin(BY);
        film.passes(Duration.ofSeconds(2));
        film.says(new Fact.Acknowledged(drill().id(), COOK, Optional.empty()));
        film.passes(Duration.ofSeconds(5));
        var told = String.join("\n", film.heard());
        assertThat(told).contains("\"rule\":\"drill\"", "\"test\":true");
        assertThat(told)
                .contains(
                        "\"what\":\"drill\",\"passed\":false",
                        "\"hop\":\"page\",\"result\":\"fail\"");
        assertThat(film.supervisor().violations()).isEmpty();
    }

    @Test
    void machines_are_told_of_it_as_described_while_it_goes_on_and_after_it() {
        film.link(true);
        film.passes(Duration.ofSeconds(5));
        film.drillDesk().begin(BY);
        film.passes(Duration.ofSeconds(2));
        var halfway = told();
        assertThat(halfway).contains("\"over\":false", "\"result\":\"waiting\"");
        assertThat(Schemas.problems("drill", halfway)).isEmpty();
        film.says(new Fact.Acknowledged(drill().id(), COOK, Optional.empty()));
        film.passes(Duration.ofSeconds(5));

        var over = told();
        assertThat(over).contains("\"passed\":false", "\"result\":\"fail\"");
        assertThat(Schemas.problems("drill", over)).isEmpty();
        assertThat(Schemas.problems("drill", over.replace("\"skipped\"", "\"waiting\"")))
                .isNotEmpty();
        assertThat(Schemas.problems("drill", over.replace("\"passed\":false,", ""))).isNotEmpty();
    }

    private String told() {
        return film.drillDesk()
                .news(Map.of("known", "0", "language", "en", "json", "true"))
                .lines()
                .getFirst();
    }

    @Test
    void nobody_comes_and_it_ends_by_itself_and_says_what_did_not_happen() {
        film.link(false);
        film.drillDesk().begin(BY);
        film.passes(Duration.ofSeconds(1));
        var raisedNs = drill().since().upNs();
        film.passes(Condition.Drill.LASTS_MAX.minusSeconds(3));
        assertThat(drill().change()).as("nobody else is called").isEqualTo(AlarmChange.RAISED);
        film.passes(Duration.ofSeconds(5));
        assertThat(film.house().state().openAlarms())
                .extracting(AlarmEvent::rule)
                .doesNotContain("drill");
        var ran = reports().getFirst().ran().orElseThrow();
        assertThat(ran.passed()).isFalse();
        assertThat(ran.hops())
                .filteredOn(hop -> hop.result() == Result.FAIL)
                .extracting(hop -> hop.hop() + " " + hop.why())
                .containsExactly(
                        "page nobody",
                        "sent no-link",
                        "broker not-sent",
                        "platform not-sent",
                        "person nobody");
        assertThat(ran.asked().upNs()).isLessThanOrEqualTo(raisedNs);
        var news = film.drillDesk().news(NEWS);
        assertThat(news.exitCode()).isEqualTo(ExitCode.CHECK_FAILED);
        assertThat(news.lines())
                .anyMatch(line ->
                        line.startsWith("FAIL  sent to platform")
                                && line.contains("mingchu doctor"));
    }

    @Test
    void a_platform_that_cannot_be_reached_is_waited_for_three_minutes() {
        film.link(false);
        film.drillDesk().begin(BY);
        film.passes(Duration.ofSeconds(2));
        film.says(new Fact.Acknowledged(drill().id(), COOK, Optional.empty()));
        film.passes(DrillDesk.PLATFORMS_WITHIN.minusSeconds(5));
        assertThat(reports()).isEmpty();
        film.passes(Duration.ofSeconds(6));
        assertThat(reports()).hasSize(1);
    }

    /** The desk that saw it is gone; what it saw stands in the record. */
    @Test
    void the_protocol_has_every_hop_after_a_restart_and_many_alarms() {
        film.link(true);
        film.passes(Duration.ofSeconds(5));
        film.drillDesk().begin(BY);
        film.passes(Duration.ofSeconds(1));
        film.pageIsTaken();
        film.passes(Duration.ofSeconds(2));
        film.says(new Fact.Acknowledged(drill().id(), COOK, Optional.empty()));
        film.passes(Duration.ofSeconds(2));
        var ran = reports().getFirst().ran().orElseThrow();
        var before = hops(protocol());
        film.link(false);
        var many = Proof.pick(100, MANY, MANY);
        for (var batch = 0; batch < many; batch += 100) {
            for (var i = 0; i < 100; i++) {
                film.house().say(new Fact.BuzzerTested(true, Optional.empty()));
            }
            film.passes(Duration.ofSeconds(2));
        }
        assertThat(film.journal().countInLane(Lane.ALARM, 1)).isGreaterThan(many);

        film.restore(film.journal().image());

        assertThat(hops(protocol()))
                .hasSize(
                        (int)
                                ran.hops().stream()
                                        .filter(hop -> hop.result() != Result.SKIPPED)
                                        .count())
                .isEqualTo(before)
                .anyMatch(line -> line.contains("taken by a person") && line.contains(" ms"));
        assertThat(film.journal().noted(Fact.Drilled.class)).isPresent();
    }

    /** As the command is told it by an agent that has just been started. */
    private List<String> protocol() {
        return protocolDesk().told(Map.of("by", "p-05", "language", "en")).lines();
    }

    private ProtocolDesk protocolDesk() {
        return new ProtocolDesk(
                new ProtocolDesk.Source(
                        Film.plan(),
                        new Fact.Started("1.2.3", true),
                        Path.of("no-such-root"),
                        film.journal(),
                        film.house()::state,
                        List::of,
                        () -> film.house().state().at().orElseThrow()),
                _ -> Optional.of(Role.TECHNICIAN),
                fact -> {
                    film.house().say(fact);
                    return CompletableFuture.completedFuture(1L);
                });
    }

    @Test
    void what_a_protocol_was_made_of_is_told_as_described() {
        film.passes(Duration.ofSeconds(5));
        var desk = protocolDesk();
        var ticket = desk.told(Map.of("by", "p-05", "language", "en")).lines().getFirst();
        var made =
                desk.made(Map.of("ticket", ticket, "sha256", "0f".repeat(32), "json", "true"))
                        .lines()
                        .getFirst();

        assertThat(made).contains("\"name\":\"drill.result\"");
        assertThat(Schemas.problems("commissioning", made)).isEmpty();
        assertThat(Schemas.problems("commissioning", made.replace("\"en\"", "\"xx\"")))
                .isNotEmpty();
    }

    /** What it says of the drill, hop by hop. */
    private static List<String> hops(List<String> lines) {
        return lines.stream().filter(line -> line.startsWith("hop" + Block.DIVIDER)).toList();
    }

    @Test
    void it_is_counted_nowhere_and_nobody_is_asked_why() {
        film.drillDesk().begin(BY);
        film.passes(Duration.ofSeconds(2));
        film.says(new Fact.Acknowledged(drill().id(), COOK, Optional.empty()));
        film.passes(Duration.ofSeconds(5));
        assertThat(film.house().state().duties().cases()).isEmpty();
        var load =
                new AlarmLoad(
                        new Window(0, Long.MAX_VALUE / 2),
                        new KitchenTime(ZoneId.of("Asia/Shanghai")));
        var steps = facts(Fact.Alarm.class);
        assertThat(steps)
                .extracting(step -> step.event().change())
                .containsExactly(
                        AlarmChange.RAISED,
                        AlarmChange.ACKNOWLEDGED,
                        AlarmChange.RETURNED,
                        AlarmChange.CLEARED);
        steps.forEach(step -> load.take(1_000, step.event()));
        assertThat(load.actors()).isEmpty();
        assertThat(load.days()).isEmpty();
    }

    @Test
    void what_is_wrong_stands_before_a_drill_and_ends_nothing_of_it() {
        film.drillDesk().begin(BY);
        film.passes(Duration.ofSeconds(1));
        film.says(new Fact.BuzzerTested(false, Optional.empty()));
        var state = film.house().state();
        var now = state.at().orElseThrow();
        assertThat(glance().alarms(state))
                .extracting(AlarmEvent::rule)
                .containsExactly("buzzer", "drill");
        assertThat(glance().sounding(state, now)).as("the real one's").contains(Priority.P2);
        assertThat(drill().change()).isEqualTo(AlarmChange.RAISED);
    }

    @Test
    void who_may_not_and_when_it_would_drown_something_is_said() {
        assertThat(film.drillDesk().begin(Map.of("by", "p-03")).lines().getFirst())
                .contains("their role may not");
        assertThat(film.drillDesk().begin(Map.of("by", "p-77")).lines().getFirst())
                .contains("mingchu person list");
        assertThat(film.drillDesk().at(new By("p-05", Strength.TAP))).contains("needs-pin");
        film.drillDesk().begin(BY);
        film.passes(Duration.ofSeconds(1));
        assertThat(film.drillDesk().at(new By("p-05", Strength.PIN))).contains("drill-busy");
        film.says(new Fact.Acknowledged(drill().id(), COOK, Optional.empty()));
        film.says(new Fact.BuzzerTested(false, Optional.empty()));
        assertThat(film.drillDesk().begin(BY).lines().getFirst()).contains("see to it first");
    }

    private AlarmEvent drill() {
        return film.house().state().openAlarms().stream()
                .filter(AlarmEvent::drill)
                .findFirst()
                .orElseThrow();
    }

    private Glance glance() {
        return new Glance(Film.plan());
    }

    private List<Fact.Drilled> reports() {
        return facts(Fact.Drilled.class);
    }

    private <T extends Fact> List<T> facts(Class<T> kind) {
        return film.journal().read(Lane.ALARM, 1, 1_000).stream()
                .map(Entry::fact)
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }
}
