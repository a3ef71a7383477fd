package org.mingchu.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mingchu.config.Checked;
import org.mingchu.config.Plan;
import org.mingchu.config.PlanReader;
import org.mingchu.gateway.cert.Openssl;
import org.mingchu.gateway.show.LimitedServers;
import org.mingchu.gateway.tell.Schemas;
import org.mingchu.gateway.tend.CertAsk;
import org.mingchu.gateway.tend.CertAsk.Act;
import org.mingchu.gateway.tend.CommandFailed;
import org.mingchu.gateway.tend.Told;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Moment;

import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.TrustManagerFactory;

/** From no key at all to a certificate in use, with openssl as whoever signs. */
class CertCommandsTest {
    private static final Path ETC = Path.of("src/main/etc");
    private static final char[] PASSWORD = "p".toCharArray();

    @TempDir private Path folder;

    private Openssl root;
    private Path state;
    private Path site;
    private Path tls;

    /** Some time after whatever is signed here has been signed. */
    private Moment now = at(Duration.ofHours(1), ClockState.SYNCED);

    @BeforeEach
    void a_gateway_without_a_key() throws IOException {
        root = Openssl.root(folder, "root");
        state = Files.createDirectories(folder.resolve("state"));
        tls = state.resolve("tls");
        Files.createDirectory(
                tls,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        site = folder.resolve("site.toml");
        Files.writeString(
                site,
                Files.readString(ETC.resolve("samples/mini.toml"))
                        + """

                        [[platform]]
                        id = "market"
                        url = "mqtts://127.0.0.1:8883"
                        """);
    }

    @Test
    void openssl_reads_the_request_and_the_key_stays_here() throws IOException {
        Files.delete(tls);
        var request = told(new Act.Request(false));
        var file = Files.write(folder.resolve("gw.csr"), request.lines());

        assertThat(root.run("req", "-in", file.toString(), "-verify", "-noout", "-text"))
                .contains("verify OK", "CN = gw-1", "OU = xlgl-duolun-0107", "P-256");
        assertThat(String.join("\n", request.lines())).doesNotContain("PRIVATE");
        assertThat(mode(tls)).isEqualTo("rwx------");
        assertThat(mode(tls.resolve("market.key.new"))).isEqualTo("rw-------");
        assertThat(root.run("pkey", "-in", tls.resolve("market.key.new").toString(), "-noout"))
                .isEmpty();
        try (var files = Files.list(tls)) {
            assertThat(files.map(f -> f.getFileName().toString()))
                    .containsExactlyInAnyOrder("market.key.new", "market.crt.csr");
        }

        assertThat(told(new Act.Request(false))).isEqualTo(request);
    }

    @Test
    void who_wants_another_key_gets_one() throws IOException {
        Proof.notInShort();
        request();
        var before = Files.readString(csr());

        told(new Act.Request(true));

        assertThat(csr()).content().isNotEqualTo(before);
    }

    @Test
    void what_an_authority_between_has_signed_is_put_into_use_and_the_old_one_kept()
            throws IOException {
        var between = root.between("between");
        install(signed(root, "first"));
        var firstKey = Files.readString(tls.resolve("market.key"));
        var leaf = signed(between, "second");
        var chain = folder.resolve("second.p7b");
        root.run(
                "crl2pkcs7",
                "-nocrl",
                "-certfile",
                between.certificate().toString(),
                "-certfile",
                leaf.toString(),
                "-out",
                chain.toString());

        assertThat(install(chain).lines())
                .first()
                .asString()
                .contains("in use: " + tls.resolve("market.crt"));

        var inUse = tls.resolve("market.crt").toString();
        assertThat(
                        root.run(
                                "verify",
                                "-purpose",
                                "sslclient",
                                "-CAfile",
                                root.certificate().toString(),
                                "-untrusted",
                                inUse,
                                inUse))
                .contains("OK");
        assertThat(Files.readString(tls.resolve("market.crt"))).startsWith("-----BEGIN CERT");
        assertThat(root.run("x509", "-in", inUse, "-noout", "-subject")).contains("CN = gw-1");
        assertThat(root.run("x509", "-in", inUse, "-noout", "-pubkey"))
                .isEqualTo(
                        root.run("pkey", "-in", tls.resolve("market.key").toString(), "-pubout"));
        assertThat(mode(tls.resolve("market.key"))).isEqualTo("rw-------");
        assertThat(tls.resolve("market.key.old")).hasContent(firstKey);
        assertThat(mode(tls.resolve("market.key.old"))).isEqualTo("rw-------");
        assertThat(tls.resolve("market.crt.old")).exists();
        assertThat(tls.resolve("market.key.new")).doesNotExist();
        assertThat(tls.resolve("market.crt.csr")).doesNotExist();
    }

    /** A power cut between the two names: the key is the new one, the certificate the old one. */
    @Test
    void a_pair_that_was_torn_apart_is_mended_by_installing_again() throws IOException {
        install(signed(root, "first"));
        var answer = signed(root, "second");
        Files.move(
                tls.resolve("market.key.new"),
                tls.resolve("market.key"),
                StandardCopyOption.REPLACE_EXISTING);

        install(answer);

        assertThat(
                        root.run(
                                "x509",
                                "-in",
                                tls.resolve("market.crt").toString(),
                                "-pubkey",
                                "-noout"))
                .isEqualTo(
                        root.run("pkey", "-in", tls.resolve("market.key").toString(), "-pubout"));
    }

    @Test
    void whose_secrets_do_not_point_to_it_is_told_what_to_write() throws IOException {
        assertThat(String.join("\n", install(signed(root, "gw")).lines()))
                .contains(
                        "[market]",
                        "certificate = \"" + tls.resolve("market.crt") + "\"",
                        "key         = \"" + tls.resolve("market.key") + "\"");
    }

    @Test
    void what_is_not_this_gateway_s_in_every_respect_is_refused_and_nothing_changes()
            throws IOException {
        install(signed(root, "good"));
        var before = Files.readString(tls.resolve("market.crt"));
        request();
        var stranger = Openssl.root(folder, "stranger");
        var other = root.request("other", "gw-1");
        var between = root.between("between");

        refused(root.signed("a", other, Openssl.CLIENT), "not for the key of this gateway");
        var renamed = folder.resolve("renamed.csr");
        root.run(
                "req",
                "-new",
                "-key",
                tls.resolve("market.key.new").toString(),
                "-subj",
                "/CN=gw-2",
                "-out",
                renamed.toString());
        refused(
                root.signed("b", renamed, Openssl.CLIENT),
                "made out to CN=gw-2, and this gateway is gw-1");
        refused(root.signed("c", csr(), "extendedKeyUsage=serverAuth\n"), "clientAuth");
        refused(root.signed("d", csr(), "keyUsage=keyAgreement\n"), "digitalSignature");
        refused(stranger.signed("e", csr(), Openssl.CLIENT), "is not signed by");
        refused(between.signed("f", csr(), Openssl.CLIENT), "what is between them in the answer");
        refused(csr(), "no certificate");
        refused(folder.resolve("none"), "cannot be read");
        var good = root.signed("g", csr(), Openssl.CLIENT, "-days", "30");
        now = at(Duration.ofDays(31), ClockState.SYNCED);
        refused(good, "has run out on");
        now = at(Duration.ofDays(-1), ClockState.SYNCED);
        refused(good, "look at this machine's clock");
        assertThat(tls.resolve("market.crt")).hasContent(before);

        now = at(Duration.ofDays(-10_000), ClockState.UNSYNCED);
        assertThat(install(good).ok()).as("a clock that nobody has set knows no date").isTrue();
    }

    @Test
    void until_when_all_of_them_hold_is_shown_to_people_and_machines() throws IOException {
        assertThat(told(new Act.Show()).lines()).singleElement().asString().contains("no cert");
        install(signed(root, "gw"));

        assertThat(told(new Act.Show()).lines())
                .singleElement()
                .asString()
                .startsWith("ok       market own: ")
                .contains("CN=gw-1");
        var line = ask(new Act.Show(), true).lines().getFirst();
        assertThat(Schemas.problems("cert", line)).isEmpty();
        assertThat(Schemas.problems("cert", line.replace("\"own\"", "\"key\""))).isNotEmpty();
        var json = new JsonMapper().readTree(line);
        assertThat(json.get("schema").asString()).isEqualTo(CertCommands.SCHEMA);
        assertThat(json.get("certificates").get(0).get("issuer").asString()).isEqualTo("CN=root");

        now = at(Duration.ofDays(25), ClockState.SYNCED);
        assertThat(told(new Act.Show()).lines().getFirst()).startsWith("warn ");
        now = at(Duration.ofDays(31), ClockState.SYNCED);
        assertThat(told(new Act.Show()).ok()).isFalse();
        assertThat(Schemas.problems("cert", ask(new Act.Show(), true).lines().getFirst()))
                .isEmpty();
        assertThat(told(new Act.Show()).lines().getFirst()).startsWith("fail ").contains("expired");
    }

    @Test
    void a_server_signs_the_first_one_for_a_login_and_the_next_for_the_one_in_use()
            throws Exception {
        Proof.notInShort();
        var asked = new ArrayList<String>();
        var server = est(asked);
        try {
            var url = URI.create("https://127.0.0.1:" + server.getAddress().getPort());
            request();
            var first = told(new Act.Renew(url, Optional.of(root.certificate()), Optional.of("s")));
            assertThat(first.ok()).as(first.toString()).isTrue();
            var key = Files.readString(tls.resolve("market.key"));

            request();
            var next = told(new Act.Renew(url, Optional.of(root.certificate()), Optional.empty()));
            assertThat(next.ok()).as(next.toString()).isTrue();
            assertThat(tls.resolve("market.key")).content().isNotEqualTo(key);
            assertThat(asked)
                    .containsExactly(
                            "/.well-known/est/simpleenroll by s:typed",
                            "/.well-known/est/cacerts by nobody",
                            "/.well-known/est/simplereenroll by CN=gw-1,OU=xlgl-duolun-0107",
                            "/.well-known/est/cacerts by CN=gw-1,OU=xlgl-duolun-0107");

            request();
            var label = URI.create(url + "/.well-known/est/later");
            assertThat(
                            told(new Act.Renew(
                                            label,
                                            Optional.of(root.certificate()),
                                            Optional.empty()))
                                    .lines())
                    .singleElement()
                    .asString()
                    .contains("is not signed yet", "ask again in 600 s");
            var stranger = Openssl.root(folder, "stranger").certificate();
            assertThat(told(new Act.Renew(url, Optional.of(stranger), Optional.empty())).lines())
                    .singleElement()
                    .asString()
                    .contains("no answer", "--ca");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void what_cannot_be_understood_is_said_with_what_is_expected() {
        assertThatThrownBy(() -> told(new Act.Install(folder.resolve("x"), Optional.empty())))
                .isInstanceOf(CommandFailed.class)
                .hasMessageContaining("--ca");
        assertThatThrownBy(() ->
                        told(
                                new Act.Renew(
                                        URI.create("http://pki.example"),
                                        Optional.of(root.certificate()),
                                        Optional.empty())))
                .isInstanceOf(CommandFailed.class)
                .hasMessageContaining("https://");
        assertThatThrownBy(() -> ask(new Act.Request(false), Optional.of("markt"), false))
                .isInstanceOf(CommandFailed.class)
                .hasMessageContaining("the site has market");
    }

    /** As RFC 7030 has it; who signs is openssl. */
    private HttpsServer est(List<String> asked) throws Exception {
        var server = LimitedServers.https();
        var context = SSLContext.getInstance("TLS");
        context.init(keys().getKeyManagers(), trust().getTrustManagers(), null);
        server.setHttpsConfigurator(
                new HttpsConfigurator(context) {
                    @Override
                    public void configure(HttpsParameters parameters) {
                        var wanted = context.getDefaultSSLParameters();
                        wanted.setWantClientAuth(true);
                        parameters.setSSLParameters(wanted);
                    }
                });
        server.createContext(
                "/",
                exchange -> {
                    var path = exchange.getRequestURI().getPath();
                    asked.add(path + " by " + who(exchange));
                    if (path.contains("/later/")) {
                        exchange.getResponseHeaders().add("Retry-After", "600");
                        exchange.sendResponseHeaders(202, -1);
                    } else {
                        answer(
                                exchange,
                                path.endsWith("/cacerts") ? root.certificate() : signed(exchange));
                    }
                    exchange.close();
                });
        server.start();
        return server;
    }

    private static String who(HttpExchange exchange) {
        var login = exchange.getRequestHeaders().getFirst("Authorization");
        if (login != null) {
            return new String(Base64.getDecoder().decode(login.replace("Basic ", "")), UTF_8);
        }
        try {
            return ((HttpsExchange) exchange).getSSLSession().getPeerPrincipal().getName();
        } catch (SSLPeerUnverifiedException _) {
            return "nobody";
        }
    }

    private Path signed(HttpExchange exchange) throws IOException {
        var der = Base64.getMimeDecoder().decode(exchange.getRequestBody().readAllBytes());
        var request = Files.write(folder.resolve("est.der"), der);
        return root.signed("est", request, Openssl.CLIENT, "-inform", "DER", "-days", "30");
    }

    private void answer(HttpExchange exchange, Path certificate) throws IOException {
        var chain = folder.resolve("est.p7");
        root.run(
                "crl2pkcs7",
                "-nocrl",
                "-certfile",
                certificate.toString(),
                "-outform",
                "DER",
                "-out",
                chain.toString());
        var body = Base64.getMimeEncoder().encode(Files.readAllBytes(chain));
        exchange.getResponseHeaders()
                .add("Content-Type", "application/pkcs7-mime; smime-type=certs-only");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
    }

    private KeyManagerFactory keys() throws Exception {
        var certificate = root.server("server");
        var store = folder.resolve("server.p12");
        root.run(
                "pkcs12",
                "-export",
                "-in",
                certificate.toString(),
                "-inkey",
                folder.resolve("server.key").toString(),
                "-passout",
                "pass:p",
                "-out",
                store.toString());
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(KeyStore.getInstance(store.toFile(), PASSWORD), PASSWORD);
        return keys;
    }

    private TrustManagerFactory trust() throws Exception {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (var in = Files.newInputStream(root.certificate())) {
            store.setCertificateEntry(
                    "root", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        return trust;
    }

    private Path csr() {
        return tls.resolve("market.crt.csr");
    }

    /** As the command leaves it; openssl takes a tenth of the time for it. */
    private void request() {
        root.run(
                "req",
                "-new",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-nodes",
                "-keyout",
                tls.resolve("market.key.new").toString(),
                "-out",
                csr().toString(),
                "-subj",
                "/OU=xlgl-duolun-0107/CN=gw-1");
    }

    /** A new key's. */
    private Path signed(Openssl authority, String name) {
        request();
        return authority.signed(name, csr(), Openssl.CLIENT, "-days", "30");
    }

    private Told install(Path file) {
        var told = told(new Act.Install(file, Optional.of(root.certificate())));
        assertThat(told.ok()).as(told.toString()).isTrue();
        return told;
    }

    private void refused(Path file, String why) {
        var told = told(new Act.Install(file, Optional.of(root.certificate())));
        assertThat(told.ok()).isFalse();
        assertThat(told.lines()).singleElement().asString().startsWith(file + ": ").contains(why);
    }

    private Told told(Act act) {
        return ask(act, false);
    }

    private Told ask(Act act, boolean json) {
        return ask(act, Optional.empty(), json);
    }

    private Told ask(Act act, Optional<String> platform, boolean json) {
        return new CertCommands(new NoSecrets(), now, new SecureRandom(), _ -> "typed")
                .told(new CertAsk(act, site, Optional.empty(), state, platform, json));
    }

    /** A site file without secrets. */
    private static final class NoSecrets implements DoctorCommands.SiteFiles {
        @Override
        public Checked<Plan> check(Path site, Optional<Path> secrets) {
            return PlanReader.read(site, ETC.resolve("rules"));
        }

        @Override
        public Optional<Path> secretsOf(Path site, Optional<Path> named) {
            return Optional.empty();
        }
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    private static Moment at(Duration later, ClockState clock) {
        return new Moment("boot", 0, Instant.now().plus(later).toEpochMilli(), clock, 10);
    }
}
