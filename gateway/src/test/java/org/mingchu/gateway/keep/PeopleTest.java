package org.mingchu.gateway.keep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mingchu.gateway.judge.Role;
import org.mingchu.gateway.keep.People.Member;
import org.mingchu.gateway.keep.store.JournalException;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Moment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
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
