package org.mingchu.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Which ways out of the kitchen a site file can name, and what secrets they ask for. */
class NetworkReaderTest {
    private static final Path EVERY_LINK = Fixture.RESOURCES.resolve("board/every-link.toml");

    @TempDir Path temp;

    @Test
    void every_way_out_becomes_a_value_the_cable_first() {
        var network = Fixture.good(read(EVERY_LINK)).value().site().network();

        assertThat(network.links())
                .containsExactly(
                        new Network.Ethernet(
                                Optional.of(
                                        new Network.Fixed(
                                                "192.168.1.20",
                                                24,
                                                "192.168.1.1",
                                                List.of("192.168.1.1", "223.5.5.5")))),
                        new Network.Wifi("饭堂 2楼", "CN", "kitchen-wifi"),
                        new Network.Modem("cmnet", Optional.of("sim"), OptionalInt.of(2_048)));
    }

    @Test
    void a_site_that_names_none_leaves_them_to_the_system() {
        var site = Fixture.INSTALLED.resolve("samples/mini.toml");

        assertThat(Fixture.good(read(site)).value().site().network()).isEqualTo(Network.UNTOLD);
    }

    @Test
    void a_cable_without_an_address_asks_the_network() throws IOException {
        var network = Fixture.good(read(with("ethernet", ""))).value().site().network();

        assertThat(network.links()).containsExactly(new Network.Ethernet(Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "192.168.1.20",
                "192.168.1.0/24",
                "192.168.1.255/24",
                "192.168.1.020/24",
                "192.168.1.256/24",
                "192.168.1.20/31",
                "10.0.0.1/7",
                "fd00::20/64"
            })
    void what_is_no_address_of_a_host_is_refused(String address) throws IOException {
        var text =
                "address = \"%s\"\ngateway = \"192.168.1.1\"\ndns = [\"192.168.1.1\"]"
                        .formatted(address);

        assertThat(Fixture.errors(read(with("ethernet", text))))
                .singleElement()
                .satisfies(p -> {
                    assertThat(p.key()).isEqualTo("network.ethernet.address");
                    assertThat(p.line()).isPositive();
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.168.1.20", "192.168.1.0", "192.168.1.255", "192.168.0.1"})
    void a_gateway_is_another_host_of_the_same_network(String gateway) throws IOException {
        var text =
                "address = \"192.168.1.20/24\"\ngateway = \"%s\"\ndns = [\"192.168.1.1\"]"
                        .formatted(gateway);

        assertThat(Fixture.errors(read(with("ethernet", text))))
                .singleElement()
                .extracting(Problem::key)
                .isEqualTo("network.ethernet.gateway");
    }

    @ParameterizedTest
    @CsvSource({"cn, CN", "UK, GB", "CHN, CN", "XX,", "Germany,"})
    void a_country_that_is_none_is_refused_with_what_was_meant(String country, String meant)
            throws IOException {
        var text = "ssid = \"a\"\ncountry = \"%s\"\ncredentials = \"w\"".formatted(country);

        assertThat(Fixture.errors(read(with("wifi", text))))
                .singleElement()
                .extracting(Problem::hint)
                .isEqualTo(Optional.ofNullable(meant).map(code -> '"' + code + '"'));
    }

    @Test
    void each_way_is_held_to_the_kind_of_its_secret() throws IOException {
        var secrets =
                secrets(
                        """
                        [kitchen-wifi]
                        user = "u"
                        password = "not a passphrase"
                        [sim]
                        passphrase = "not a password"
                        """);

        assertThat(Credentials.check(EVERY_LINK, secrets))
                .extracting(Problem::key, Problem::expected)
                .satisfiesExactly(
                        p ->
                                assertThat(p.toString())
                                        .contains("network.wifi.credentials", "passphrase"),
                        p ->
                                assertThat(p.toString())
                                        .contains("network.modem.credentials", "user"));
    }

    @Test
    void the_secrets_that_they_ask_for_are_found() throws IOException {
        var secrets =
                secrets(
                        """
                        [kitchen-wifi]
                        passphrase = "correct horse"
                        [sim]
                        user = "card"
                        password = "battery staple"
                        """);

        assertThat(Credentials.check(EVERY_LINK, secrets)).isEmpty();
        assertThat(secrets.named("kitchen-wifi").orElseThrow().passphrase())
                .contains("correct horse");
    }

    @ParameterizedTest
    @ValueSource(strings = {"seven77", "八个汉字的口令不行", "tab\\there88"})
    void a_passphrase_that_no_radio_takes_is_refused_unseen(String passphrase) throws IOException {
        var text = "[w]\npassphrase = \"" + passphrase + "\"\n";
        var read = SecretsReader.read(Fixture.secret(text, "rw-------", temp));

        assertThat(Fixture.errors(read)).isNotEmpty();
        assertThat(read.toString()).contains("8 to 63").doesNotContain(passphrase);
    }

    private Secrets secrets(String text) throws IOException {
        return Fixture.good(SecretsReader.read(Fixture.secret(text, "rw-------", temp))).value();
    }

    private Path with(String link, String keys) throws IOException {
        var site = Files.readString(EVERY_LINK);
        return Files.writeString(
                temp.resolve("site.toml"),
                site.substring(0, site.indexOf("[network")) + "[network." + link + "]\n" + keys);
    }

    private static Checked<Plan> read(Path site) {
        return PlanReader.read(site, Fixture.RULES);
    }
}
