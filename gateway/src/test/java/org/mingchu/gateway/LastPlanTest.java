package org.mingchu.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mingchu.config.Checked;
import org.mingchu.config.Plan;
import org.mingchu.config.PlanReader;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

final class LastPlanTest {
    private static final String SITE =
            """
            schema = 1
            [site]
            id = "gz-liwan-0042"
            area = "gz-liwan"
            gateway = "gw-1"
            name = "逢源街长者饭堂"
            kind = "dining-hall"
            time_zone = "Asia/Shanghai"
            language = "zh-CN"
            rules = "tiny"
            [sampling]
            period = "10s"
            [console]
            wall = "127.0.0.1:8081"
            [[wall.paper]]
            kind = "fees"
            title = "收费"
            file = "fees.txt"
            [[unit]]
            id = "cold-1"
            name = "1号冷库"
            kind = "chilled"
              [[unit.sensor]]
              id = "cold-1-air"
              measures = "temperature"
              source = "w1:28-0316a2795d01"
            """;

    private static final String PACK =
            """
            pack = "tiny"
            version = "1.0.0"
            legal = false
            [[rule]]
            id = "sensor-silent"
            kind = "any"
            when = { silent_periods = 3 }
            delay = { plain = "0s", off = "0s" }
            priority = "P2"
            attention = "site"
            advice = "sensor-silent"
            """;

    @TempDir private Path folder;
    private Path state;
    private Path site;
    private LastPlan last;

    @BeforeEach
    void a_site_with_a_pack_of_its_own() throws IOException {
        state = Files.createDirectory(folder.resolve("state"));
        var etc = Files.createDirectories(folder.resolve("etc/rules"));
        site = Files.writeString(folder.resolve("etc/site.toml"), SITE);
        Files.writeString(etc.resolve("tiny.toml"), PACK);
        Files.writeString(folder.resolve("etc/fees.txt"), "一餐 15 元");
        last = new LastPlan(state, site, folder.resolve("installed"));
    }

    @Test
    void nothing_is_kept_before_it_has_watched() {
        assertThat(last.kept()).isEmpty();
    }

    @Test
    void site_and_pack_are_read_again_as_they_were_although_both_are_broken() throws IOException {
        var plan = plan();
        last.keep(plan);
        Files.writeString(site, SITE + "[[unit\n");
        Files.writeString(folder.resolve("etc/rules/tiny.toml"), "pack = \n");

        var kept = last.kept().orElseThrow();

        assertThat(kept.plan()).isEqualTo(plan);
        assertThat(kept.since()).matches("20\\d\\d-\\d\\d-\\d\\d");
    }

    @Test
    void a_pack_and_a_paper_that_are_gone_are_no_reason_to_be_silent() throws IOException {
        last.keep(plan());
        Files.delete(site);
        Files.delete(folder.resolve("etc/rules/tiny.toml"));
        Files.delete(folder.resolve("etc/fees.txt"));

        assertThat(last.kept().orElseThrow().plan().site().units()).hasSize(1);
    }

    @Test
    void it_is_for_its_owner_alone() throws IOException {
        last.keep(plan());

        var kept = state.resolve(LastPlan.FOLDER);
        assertThat(Files.getPosixFilePermissions(kept))
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));
        try (var files = Files.list(kept)) {
            assertThat(files)
                    .hasSize(3)
                    .allSatisfy(file ->
                            assertThat(Files.getPosixFilePermissions(file))
                                    .isEqualTo(PosixFilePermissions.fromString("rw-------")));
        }
    }

    @Test
    void the_next_plan_takes_its_place_and_leaves_nothing_of_it() throws IOException {
        last.keep(plan());
        Files.writeString(site, SITE.replace("1号冷库", "一号冷库"));
        var next = plan();

        last.keep(next);

        assertThat(last.kept().orElseThrow().plan()).isEqualTo(next);
        try (var names = Files.list(state)) {
            assertThat(names).containsExactly(state.resolve(LastPlan.FOLDER));
        }
    }

    @Test
    void files_that_have_changed_since_they_were_read_are_not_kept_for_them() throws IOException {
        var plan = plan();
        Files.writeString(site, SITE + "# a remark\n");
        last.keep(plan);
        assertThat(last.kept()).isEmpty();

        Files.writeString(site, SITE);
        Files.writeString(folder.resolve("etc/rules/tiny.toml"), PACK + "# a remark\n");
        last.keep(plan);
        assertThat(last.kept()).isEmpty();
    }

    @Test
    void a_copy_serves_no_other_site_file() throws IOException {
        last.keep(plan());
        var other = new LastPlan(state, folder.resolve("etc/sit.toml"), folder);

        assertThat(other.kept()).isEmpty();
    }

    @Test
    void a_power_cut_between_two_renames_leaves_the_copy_before() throws IOException {
        var plan = plan();
        last.keep(plan);
        Files.move(state.resolve(LastPlan.FOLDER), state.resolve(LastPlan.FOLDER + ".old"));
        Files.createDirectory(state.resolve(LastPlan.FOLDER + ".new"));
        assertThat(last.kept()).map(LastPlan.Kept::plan).contains(plan);

        last.keep(plan);

        assertThat(last.kept()).map(LastPlan.Kept::plan).contains(plan);
        assertThat(state.resolve(LastPlan.FOLDER + ".new")).doesNotExist();
    }

    @Test
    void a_copy_that_a_card_has_changed_is_not_watched_by() throws IOException {
        last.keep(plan());
        var copy = state.resolve(LastPlan.FOLDER).resolve(LastPlan.SITE);
        Files.writeString(copy, SITE.replace("cold-1-air", "cold-1-aim"));

        assertThat(last.kept()).isEmpty();
    }

    private Plan plan() {
        return switch (PlanReader.read(site, folder.resolve("installed"))) {
            case Checked.Good<Plan>(var plan, _) -> plan;
            case Checked.Bad<Plan>(var problems) -> throw new AssertionError(problems);
        };
    }
}
