package org.mingchu.gateway.keep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mingchu.gateway.judge.Role;
import org.mingchu.gateway.keep.People.Member;
import org.mingchu.gateway.keep.store.JournalException;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Moment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

class PeopleTest {
    private static final Member WANG = new Member("p-03", Role.STAFF, "王小明");
    private static final Member LI = new Member("p-01", Role.SAFETY_OFFICER, "李娜");

    private static final Moment NOW =
            new Moment("boot-1", 1, 1_795_000_000_000L, ClockState.SYNCED, 1);

    @TempDir Path folder;

    @Test
    void who_was_added_is_found_by_every_process() {
        try (var agent = People.open(folder);
                var command = People.open(folder)) {
            command.add(WANG);
            command.add(LI);
            assertThat(agent.list()).containsExactly(LI, WANG);
            assertThat(agent.find("p-03")).contains(WANG);
            assertThat(agent.find("p-04")).isEmpty();
        }
        try (var again = People.open(folder)) {
            assertThat(again.list()).containsExactly(LI, WANG);
        }
    }

    @Test
    void the_same_id_is_replaced() {
        try (var people = People.open(folder)) {
            people.add(WANG);
            people.add(new Member("p-03", Role.MANAGER, "王大明"));
            assertThat(people.list()).containsExactly(new Member("p-03", Role.MANAGER, "王大明"));
        }
    }

    @Test
    void every_role_is_kept() {
        try (var people = People.open(folder)) {
            for (var role : Role.values()) {
                people.add(new Member(role.word(), role, "x"));
            }
            for (var role : Role.values()) {
                assertThat(people.find(role.word())).map(Member::role).contains(role);
            }
        }
    }

    @Test
    void an_erased_name_stands_in_no_file_of_the_folder() throws IOException {
        try (var people = People.open(folder)) {
            people.add(WANG);
            for (var i = 0; i < 20; i++) {
                people.add(new Member("q-" + i, Role.VOLUNTEER, "王小明".repeat(30)));
            }
            assertThat(nameStands()).isTrue();
            people.list().forEach(member -> people.erase(member.id()));
            assertThat(people.erase("p-03")).isFalse();
            assertThat(people.list()).isEmpty();
            assertThat(nameStands()).isFalse();
        }
        assertThat(nameStands()).isFalse();
    }

    @Test
    void a_pin_is_its_persons_until_another_one_is_given_or_the_person_is_erased() {
        var chance = new SecureRandom();
        try (var people = People.open(folder)) {
            people.add(WANG);
            people.add(LI);
            assertThat(people.pinOf("p-03").test("000000")).isFalse();
            assertThat(people.givePin("p-03", "493817", chance)).isTrue();
            assertThat(people.givePin("p-01", "493817", chance)).isTrue();
            assertThat(people.givePin("p-99", "493817", chance)).isFalse();
            assertThat(people.pinOf("p-03").test("493817")).isTrue();
            assertThat(people.pinOf("p-03").test("493818")).isFalse();
            people.add(new Member("p-03", Role.MANAGER, "王小明"));
            assertThat(people.pinOf("p-03").test("493817")).isTrue();
            people.givePin("p-03", "726150", chance);
            assertThat(people.pinOf("p-03").test("493817")).isFalse();
            people.erase("p-03");
            people.add(WANG);
            assertThat(people.pinOf("p-03").test("726150")).isFalse();
            assertThat(people.pinOf("p-01").test("493817")).isTrue();
        }
    }

    @Test
    void neither_a_pin_nor_a_badges_number_stands_in_any_file() throws IOException {
        var chance = new SecureRandom();
        try (var people = People.open(folder)) {
            people.add(WANG);
            people.givePin("p-03", "493817", chance);
            var badge = people.giveBadge("p-03", chance).orElseThrow();
            assertThat(people.byBadge(badge)).contains(WANG);
            var bytes = new String(Files.readAllBytes(folder.resolve("people.db")), ISO_8859_1);
            assertThat(bytes).contains("p-03").doesNotContain("493817", badge);
            people.erase("p-03");
            assertThat(people.byBadge(badge)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "123456", "654321", "890123", "321098", "111111", "121212", "112211", "123123",
                "52052", "5205201", "52o520", "", "１２３４５６"
            })
    void a_pin_that_everybody_would_try_first_is_refused(String pin) {
        assertThat(People.weakness(pin)).isPresent();
        try (var people = People.open(folder)) {
            people.add(WANG);
            assertThatThrownBy(() -> people.givePin("p-03", pin, new SecureRandom()))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void a_file_of_an_earlier_version_keeps_its_people_and_takes_pins() throws SQLException {
        People.open(folder).close();
        var url = "jdbc:sqlite:" + folder.resolve("people.db");
        try (var before = DriverManager.getConnection(url);
                var statement = before.createStatement()) {
            statement.execute("DROP TABLE proof");
            statement.execute("INSERT INTO person VALUES ('p-03', 'staff', '王小明')");
        }
        try (var people = People.open(folder)) {
            assertThat(people.list()).containsExactly(WANG);
            assertThat(people.givePin("p-03", "493817", new SecureRandom())).isTrue();
            assertThat(people.pinOf("p-03").test("493817")).isTrue();
        }
    }

    @Test
    void the_file_is_for_its_owner_alone() throws IOException {
        People.open(folder).close();
        assertThat(Files.getPosixFilePermissions(folder.resolve("people.db")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void nobody_has_an_empty_name_or_an_endless_one() {
        for (var name : new String[] {"", " ", "x".repeat(People.MAX_CHARS + 1)}) {
            assertThatThrownBy(() -> new Member("p", Role.STAFF, name))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> new Member(name, Role.STAFF, "n"))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void a_file_that_is_no_database_is_named() throws IOException {
        Files.writeString(folder.resolve("people.db"), "no database".repeat(200));
        assertThatThrownBy(() -> People.open(folder))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("people.db");
    }

    @Test
    void a_damaged_file_is_put_aside_whole_and_staff_can_be_entered_again() throws IOException {
        for (var damage : Damage.values()) {
            try (var people = People.open(folder)) {
                people.add(WANG);
            }
            var file = folder.resolve("people.db");
            var damaged = damage.of(Files.readAllBytes(file));
            Files.write(file, damaged);
            assertThatThrownBy(() -> People.open(folder))
                    .isInstanceOfSatisfying(
                            JournalException.class,
                            e -> assertThat(e.kind()).isEqualTo(JournalException.Kind.DAMAGED));
            var opened = People.openOrRenew(folder, NOW);
            try (var people = opened.people()) {
                assertThat(opened.damage()).isPresent();
                assertThat(people.list()).isEmpty();
                people.add(LI);
            }
            assertThat(quarantined()).anyMatch(bytes -> Arrays.equals(bytes, damaged));
            assertThat(People.openOrRenew(folder, NOW).damage()).isEmpty();
        }
    }

    @Test
    void an_erased_name_stands_in_no_quarantined_copy_either() throws IOException {
        try (var people = People.open(folder)) {
            people.add(WANG);
            people.add(LI);
        }
        var file = folder.resolve("people.db");
        Files.write(file, Damage.FIRST_PAGE.of(Files.readAllBytes(file)));
        try (var people = People.openOrRenew(folder, NOW).people()) {
            people.add(LI);
            assertThat(nameStands()).isTrue();
            assertThat(people.eraseEverywhere("p-03")).isTrue();
            assertThat(nameStands()).isFalse();
            assertThat(people.list()).containsExactly(LI);
            assertThat(people.eraseEverywhere("p-03")).isFalse();
        }
    }

    /** What a card does to a file. */
    private enum Damage {
        FIRST_PAGE {
            @Override
            byte[] of(byte[] file) {
                Arrays.fill(file, 0, 100, (byte) 0);
                return file;
            }
        },
        TABLE {
            @Override
            byte[] of(byte[] file) {
                Arrays.fill(file, 4096, 4200, (byte) 0xff);
                return file;
            }
        },
        SCHEMA {
            @Override
            byte[] of(byte[] file) {
                var at = new String(file, ISO_8859_1).indexOf("role TEXT");
                file[at] = 'x';
                return file;
            }
        };

        abstract byte[] of(byte[] file);
    }

    private List<byte[]> quarantined() throws IOException {
        try (var files = Files.walk(folder.resolve("quarantine"))) {
            var all = new ArrayList<byte[]>();
            for (var file : files.filter(f -> f.endsWith("people.db")).toList()) {
                all.add(Files.readAllBytes(file));
            }
            return all;
        }
    }

    private boolean nameStands() throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                // One byte per character, so that a search in text is a search in bytes.
                var text = new String(Files.readAllBytes(file), ISO_8859_1);
                var name = new String("王小明".getBytes(UTF_8), ISO_8859_1);
                if (text.contains(name)) {
                    return true;
                }
            }
        }
        return false;
    }
}
