package org.mingchu.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

class SecretsReaderTest {
    private static final Path TESTCASE =
            Fixture.RESOURCES.resolve("testcases/secrets/secrets.toml");

    @TempDir Path temp;

    @Test
    void every_key_of_the_contract_s_secrets_becomes_a_value() throws IOException {
        var file = Fixture.guarded(Fixture.EXAMPLES.resolve("secrets.toml"), temp);
        var secrets = Fixture.good(SecretsReader.read(file)).value();

        assertThat(secrets.byName())
                .containsOnlyKeys("cam-hot", "local-broker", "market-regulation");
        assertThat(secrets.byName().get("cam-hot"))
                .isEqualTo(
                        new Secrets.Secret(
                                Optional.of("viewer"),
                                Optional.of("…"),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty()));
        assertThat(secrets.byName())
                .hasEntrySatisfying(
                        "market-regulation",
                        secret ->
                                assertThat(secret.ca())
                                        .contains(
                                                Path.of("/etc/mingchu/ca/market-regulation.pem")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rw-r-----",
                "rw-r--r--",
                "rw----r--",
                "rw--w----",
                "rwx------",
                "rwxrwxrwx"
            })
    void a_file_that_others_may_open_is_refused_with_the_remedy(String mode) throws IOException {
        var file = Fixture.secret("[a]\nuser = \"u\"\npassword = \"correct horse\"\n", mode, temp);

        assertThat(Fixture.texts(SecretsReader.read(file)))
                .singleElement()
                .asString()
                .contains(mode, "chmod 600 " + file);
    }

    @Test
    void no_value_gets_into_a_message_or_a_text() throws IOException {
        var checked = SecretsReader.read(Fixture.guarded(TESTCASE, temp));

        assertThat(Fixture.texts(checked)).hasSizeGreaterThan(8).noneMatch(t -> t.contains("leak"));
        assertThat(checked.toString()).doesNotContain("leak");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[a]\npassword = leak-1\n",
                "[a]\npassword = \"leak-1\n",
                "[a]\npassword = \"leak\\-1\"\n",
                "[a]\nuser = \"x\"\nleak = 1\nleak = 2\n",
                "[a]\npassword \"leak-1\"\n",
                "leak-1\n",
                "[a]\npassword = 'leak-1' leak\n"
            })
    void a_line_that_cannot_be_read_is_named_by_its_place_alone(String text) throws IOException {
        var checked = SecretsReader.read(Fixture.secret(text, "rw-------", temp));

        assertThat(Fixture.errors(checked)).isNotEmpty().allMatch(p -> p.line() > 0);
        assertThat(checked.toString()).doesNotContain("leak");
    }

    @Test
    void secrets_name_only_their_entries_when_printed() throws IOException {
        var file =
                Fixture.secret(
                        "[a]\nuser = \"leak-u\"\npassword = \"leak-long\"\n", "rw-------", temp);
        var checked = Fixture.good(SecretsReader.read(file));

        assertThat(checked.value().byName())
                .hasEntrySatisfying("a", a -> assertThat(a.password()).contains("leak-long"));
        assertThat(checked.toString()).contains("[a]").doesNotContain("leak");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "12345678",
                "admin123",
                "Admin123",
                "admin",
                "password",
                "PASSWORD",
                "1234567",
                "the-user"
            })
    void a_password_that_anybody_guesses_is_a_warning(String password) throws IOException {
        var checked = SecretsReader.read(entry(password));

        assertThat(Fixture.good(checked).remarks())
                .singleElement()
                .satisfies(p -> {
                    assertThat(p.severity()).isEqualTo(Problem.Severity.WARNING);
                    assertThat(p.key()).isEqualTo("cam-hot.password");
                    assertThat(p.text()).doesNotContain(password + "\"");
                });
    }

    @Test
    void a_password_of_eight_characters_that_nobody_knows_is_no_warning() throws IOException {
        assertThat(Fixture.good(SecretsReader.read(entry("Kx7-mQ2z"))).remarks()).isEmpty();
    }

    @Test
    void a_name_in_the_site_file_without_a_secret_is_an_error_at_its_place() {
        var problems = Credentials.check(Fixture.EXAMPLES.resolve("site.toml"), Secrets.NONE);

        assertThat(problems)
                .extracting(p -> p.severity() + " " + p.line() + ":" + p.column() + " " + p.key())
                .containsExactly(
                        "ERROR 95:15 broker.credentials",
                        "ERROR 104:15 camera[1].credentials",
                        "ERROR 120:16 platform[1].credentials");
    }

    @Test
    void the_contract_s_site_and_secrets_belong_together() throws IOException {
        var file = Fixture.guarded(Fixture.EXAMPLES.resolve("secrets.toml"), temp);
        var secrets = Fixture.good(SecretsReader.read(file)).value();

        assertThat(Credentials.check(Fixture.EXAMPLES.resolve("site.toml"), secrets)).isEmpty();
    }

    @Test
    void a_camera_cannot_use_a_certificate_and_a_slip_in_a_name_is_guessed() throws IOException {
        var text =
                """
                [cam-hot]
                certificate = "/c"
                key = "/k"
                [local-brocker]
                user = "u"
                password = "correct horse"
                [market-regulation]
                user = "u"
                password = "correct horse"
                """;
        var secrets = Fixture.good(SecretsReader.read(Fixture.secret(text, "rw-------", temp)));

        assertThat(Credentials.check(Fixture.EXAMPLES.resolve("site.toml"), secrets.value()))
                .extracting(p -> p.severity() + " " + p.key() + " " + p.hint().orElse(""))
                .containsExactly(
                        "NOTE credentials ",
                        "ERROR broker.credentials \"local-brocker\"",
                        "ERROR camera[1].credentials ");
    }

    @Test
    void a_file_that_is_not_there_is_one_problem() {
        assertThat(Fixture.errors(SecretsReader.read(temp.resolve("none.toml")))).hasSize(1);
        assertThat(Files.exists(temp.resolve("none.toml"))).isFalse();
    }

    private Path entry(String password) throws IOException {
        var text = "[cam-hot]\nuser = \"the-user\"\npassword = \"" + password + "\"\n";
        return Fixture.secret(text, "rw-------", temp);
    }
}
