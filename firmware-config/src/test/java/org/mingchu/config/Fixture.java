package org.mingchu.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** The files that the tests of the plan share. */
final class Fixture {
    /** What is installed with the program; the tests check the very files that ship. */
    static final Path INSTALLED = Path.of("../gateway/src/main/etc").toAbsolutePath().normalize();

    static final Path RULES = INSTALLED.resolve("rules");
    static final Path RESOURCES = Path.of("src/test/resources").toAbsolutePath();
    static final Path EXAMPLES = RESOURCES.resolve("examples");

    private Fixture() {}

    static <T> Checked.Good<T> good(Checked<T> checked) {
        assertThat(texts(checked)).noneMatch(line -> isError(line, checked));
        assertThat(checked).isInstanceOf(Checked.Good.class);
        return (Checked.Good<T>) checked;
    }

    static List<Problem> problems(Checked<?> checked) {
        return switch (checked) {
            case Checked.Good<?>(_, var remarks) -> remarks;
            case Checked.Bad<?>(var problems) -> problems;
        };
    }

    static List<Problem> errors(Checked<?> checked) {
        return problems(checked).stream()
                .filter(p -> p.severity() == Problem.Severity.ERROR)
                .toList();
    }

    static List<String> texts(Checked<?> checked) {
        return problems(checked).stream().map(Problem::text).toList();
    }

    /** A copy that only its owner may read, as an installed file of secrets is. */
    static Path guarded(Path secrets, Path folder) throws IOException {
        return secret(Files.readString(secrets), "rw-------", folder);
    }

    static Path secret(String text, String mode, Path folder) throws IOException {
        var file = Files.writeString(folder.resolve("secrets.toml"), text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    private static boolean isError(String line, Checked<?> checked) {
        return errors(checked).stream().map(Problem::text).anyMatch(line::equals);
    }
}
