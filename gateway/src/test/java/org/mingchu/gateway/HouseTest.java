package org.mingchu.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;

import org.junit.jupiter.api.Test;
import org.mingchu.gateway.desk.PlantedReadsTheJournal;
import org.mingchu.gateway.judge.Judge;
import org.mingchu.gateway.judge.PlantedCallsPlatforms;
import org.mingchu.gateway.judge.PlantedOpensADatabase;
import org.mingchu.gateway.judge.PlantedReadsTheClock;
import org.mingchu.gateway.show.PlantedMakesAServer;
import org.mingchu.gateway.show.PlantedNamesPi4j;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** The walls stand, and each of them falls over a planted import. */
final class HouseTest {
    private static final JavaClasses HOUSE =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("org.mingchu");

    @Test
    void each_library_is_known_to_its_room_alone() {
        Walls.libraries().forEach(rule -> rule.allowEmptyShould(true).check(HOUSE));
        Walls.pi4j().check(HOUSE);
    }

    @Test
    void rooms_do_not_see_each_other() {
        Walls.rooms().forEach(rule -> rule.check(HOUSE));
        Walls.cycles().check(HOUSE);
    }

    @Test
    void the_judge_sees_values_only() {
        Walls.judge().check(HOUSE);
    }

    @Test
    void what_can_be_seen_of_the_judge_is_two_doors_and_values_on_one_screen() throws IOException {
        var screen =
                Files.readString(
                        Path.of("src/main/java/org/mingchu/gateway/judge/package-info.java"));
        var named =
                Pattern.compile("\\{@link\\s+(?:\\*\\s+)?(\\w+)}")
                        .matcher(screen)
                        .results()
                        .map(link -> link.group(1))
                        .toList();
        var seen =
                HOUSE.stream()
                        .filter(one -> one.getPackageName().equals(Judge.class.getPackageName()))
                        .filter(one -> one.isTopLevelClass())
                        .filter(one -> one.getModifiers().contains(JavaModifier.PUBLIC))
                        .toList();

        assertThat(screen.lines()).hasSizeLessThan(40);
        assertThat(seen)
                .extracting(JavaClass::getSimpleName)
                .containsExactlyInAnyOrderElementsOf(named);
        assertThat(seen)
                .filteredOn(one -> !one.isRecord() && !one.isEnum() && !one.isInterface())
                .extracting(JavaClass::getSimpleName)
                .containsExactlyInAnyOrder("Judge", "Glance");
    }

    @Test
    void the_verifier_needs_nothing_but_a_jre() {
        Walls.proof().check(HOUSE);
    }

    @Test
    void modules_depend_in_one_direction() {
        Walls.modules().forEach(rule -> rule.check(HOUSE));
    }

    /** The JDK's server reads its limits once, before the first one is made. */
    @Test
    void every_server_of_http_is_made_where_its_limits_are() {
        Walls.servers().check(HOUSE);
        assertThat(fails(List.of(Walls.servers()), PlantedMakesAServer.class)).isTrue();
    }

    @Test
    void time_and_chance_come_in_by_the_door() {
        Walls.timeAndChance().check(HOUSE);
    }

    @Test
    void a_clock_in_the_judge_is_refused() {
        assertThat(fails(List.of(Walls.timeAndChance()), PlantedReadsTheClock.class)).isTrue();
    }

    @Test
    void a_database_in_the_judge_is_refused() {
        assertThat(fails(List.of(Walls.judge()), PlantedOpensADatabase.class)).isTrue();
        assertThat(fails(Walls.libraries(), PlantedOpensADatabase.class)).isTrue();
    }

    @Test
    void the_courier_in_the_judge_is_refused() {
        assertThat(fails(List.of(Walls.judge()), PlantedCallsPlatforms.class)).isTrue();
    }

    @Test
    void the_journal_at_the_desk_is_refused() {
        assertThat(fails(Walls.rooms(), PlantedReadsTheJournal.class)).isTrue();
    }

    @Test
    void pi4j_outside_its_room_is_refused() {
        assertThat(fails(Walls.libraries(), PlantedNamesPi4j.class)).isTrue();
    }

    private static boolean fails(List<ArchRule> rules, Class<?> planted) {
        var classes = new ClassFileImporter().importClasses(planted);
        return rules.stream()
                .anyMatch(rule -> rule.allowEmptyShould(true).evaluate(classes).hasViolation());
    }
}
