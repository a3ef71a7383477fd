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

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

class PeopleTest {
    private static final Member WANG = new Member("p-03", Role.STAFF, "王小明");
    private static final Member LI = new Member("p-01", Role.SAFETY_OFFICER, "李娜");

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
