package org.mingchu.gateway.tell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mingchu.config.Secrets;
import org.mingchu.gateway.cert.Enrolment;
import org.mingchu.gateway.cert.Openssl;
import org.mingchu.gateway.cert.Slot;
import org.mingchu.gateway.judge.AlarmChange;
import org.mingchu.gateway.judge.AlarmState;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.Lane;
import org.mingchu.gateway.judge.LinkState;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Moment;
import org.mingchu.simulator.wire.FreePort;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** The courier against a real mosquitto: in the open, and with certificates on both sides. */
class MosquittoTest {
    private static final Path PROGRAM = Path.of("/usr/sbin/mosquitto");
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final long START_NS = System.nanoTime();

    @TempDir Path folder;
    private final MemoryOutbox outbox = new MemoryOutbox();
    private final HouseNotes notes = new HouseNotes(outbox);
    private final List<Process> processes = new ArrayList<>();
    private Optional<CourierThread> courier = Optional.empty();

    @BeforeEach
    void begin() {
        if (Files.isExecutable(PROGRAM)) {
            return;
        }
        var remedy = "mosquitto is not installed: apt-get install mosquitto";
        if (Boolean.getBoolean("mingchu.peers.required")) {
            fail(remedy);
        }
        abort(remedy);
    }

    @AfterEach
    void end() throws InterruptedException {
        courier.ifPresent(CourierThread::close);
        for (var process : processes) {
            process.destroy();
            process.waitFor(5, TimeUnit.SECONDS);
        }
    }

    @Test
    void the_record_of_an_outage_reaches_mosquitto_when_it_comes_back() throws IOException {
        var port = FreePort.find();
        rounds(600);
        outbox.append(raised(), now());
        work(URI.create("mqtt://127.0.0.1:" + port), none());
        Patience.await(SOON, () -> notes.links().contains(LinkState.DOWN));

        mosquitto(port, "allow_anonymous true");

        Patience.await(SOON, () -> floor(Lane.READING) == 600 && floor(Lane.ALARM) == 601);
    }

    @Test
    void an_alarm_that_the_access_list_forbids_is_kept_and_shown() throws IOException {
        var port = FreePort.find();
        // Mosquitto answers 0x87 for what the list does not name.
        var list =
                Files.writeString(
                        folder.resolve("acl"),
                        """
                        topic readwrite kfs/v1/gz-liwan/gz-liwan-0042/gw-1/reading
                        topic read kfs/v1/gz-liwan/gz-liwan-0042/gw-1/#
                        """);
        mosquitto(port, "allow_anonymous true", "acl_file " + list);
        rounds(10);
        outbox.append(raised(), now());
        work(URI.create("mqtt://127.0.0.1:" + port), none());

        Patience.await(SOON, () -> notes.links().contains(LinkState.REFUSED));
        Patience.await(SOON, () -> floor(Lane.READING) == 10);
        assertThat(floor(Lane.ALARM)).isZero();
        assertThat(notes.reasons()).last().asString().contains("not authorised (0x87)");
    }

    @Test
    void with_certificates_on_both_sides_elliptic_and_rsa_keys_work() throws IOException {
        var authority = Authority.create(folder, "ca");
        var server = authority.issue("server", "EC", "127.0.0.1");
        var port = FreePort.find();
        mosquittoTls(port, authority, server);
        for (var kind : List.of("EC", "RSA")) {
            var ours = authority.issue("gw-1-" + kind, kind, "gw-1");
            outbox.append(raised(), now());
            var last = outbox.lastSeq();
            work(URI.create("mqtts://127.0.0.1:" + port), secret(authority, ours));
            Patience.await(SOON, () -> floor(Lane.ALARM) == last);
            courier.ifPresent(CourierThread::close);
        }
    }

    /**
     * The way of {@code mingchu cert}: openssl signs the request, mosquitto lets nobody else in.
     */
    @Test
    void the_courier_gets_in_by_a_certificate_that_was_asked_for_and_installed() throws Exception {
        var authority = Authority.create(folder, "ca");
        var port = FreePort.find();
        mosquittoTls(port, authority, authority.issue("server", "EC", "127.0.0.1"));
        var state = Files.createDirectories(folder.resolve("state"));
        var slot = Slot.of("market", Secrets.Secret.NONE, state);
        var enrolment = new Enrolment(slot, "gw-1", "gz-liwan-0042");
        enrolment.request(false, new SecureRandom());
        var signed =
                new Openssl(folder, authority.certificate(), authority.key())
                        .signed("answer", slot.request(), Openssl.CLIENT, "-days", "30");
        enrolment.install(
                Enrolment.read(signed),
                authority.certificate(),
                new Moment("boot", 0, System.currentTimeMillis(), ClockState.SYNCED, 10),
                "answer");
        outbox.append(raised(), now());

        work(
                URI.create("mqtts://127.0.0.1:" + port),
                secret(authority, new Authority.Pair(slot.certificate(), slot.key())));

        Patience.await(SOON, () -> floor(Lane.ALARM) == outbox.lastSeq());
        assertThat(folder.resolve("mosquitto.log")).content().contains("u'gw-1'");
    }

    @Test
    void what_is_wrong_with_certificates_is_said_in_one_line() throws IOException {
        var authority = Authority.create(folder, "ca");
        var stranger = Authority.create(folder, "stranger");
        var server = authority.issue("server", "EC", "127.0.0.1");
        var ours = authority.issue("gw-1", "EC", "gw-1");
        var theirs = stranger.issue("other", "EC", "gw-1");
        var port = FreePort.find();
        mosquittoTls(port, authority, server);
        var right = URI.create("mqtts://127.0.0.1:" + port);

        assertThat(refusal(right, secret(stranger, ours)))
                .contains("not signed by")
                .contains("stranger.crt")
                .contains("ca in the secrets file");
        assertThat(refusal(right, secret(authority, theirs)))
                .contains("does not accept our certificate")
                .contains("other.crt");
        assertThat(refusal(URI.create("mqtts://localhost:" + port), secret(authority, ours)))
                .contains("another host name");
        assertThat(
                        refusal(
                                right,
                                secret(
                                        authority,
                                        new Authority.Pair(ours.certificate(), theirs.key()))))
                .contains("other.key")
                .contains("does not belong to");
    }

    private String refusal(URI url, Secrets.Secret secret) {
        var before = notes.reasons().size();
        work(url, secret);
        Patience.await(SOON, () -> notes.reasons().size() > before);
        courier.ifPresent(CourierThread::close);
        return notes.reasons().getLast();
    }

    private void work(URI url, Secrets.Secret secret) {
        var fresh =
                new Courier(
                        Kitchen.platform(false),
                        Kitchen.plan(),
                        Kitchen.ABOUT,
                        outbox,
                        Kitchen::nothing,
                        notes,
                        PahoWire.to(url, secret),
                        new Random(1));
        courier = Optional.of(CourierThread.start(() -> fresh, MosquittoTest::now));
    }

    private void mosquittoTls(int port, Authority authority, Authority.Pair server)
            throws IOException {
        mosquitto(
                port,
                "cafile " + authority.certificate(),
                "certfile " + server.certificate(),
                "keyfile " + server.key(),
                "require_certificate true",
                "use_identity_as_username true",
                "allow_anonymous false");
    }

    private void mosquitto(int port, String... lines) throws IOException {
        var config = folder.resolve("mosquitto-" + port + ".conf");
        Files.writeString(
                config,
                // Started by root it would change its user, who may not read this folder.
                "user %s\nlistener %d 127.0.0.1\n".formatted(System.getProperty("user.name"), port)
                        + String.join("\n", lines)
                        + "\n");
        processes.add(
                new ProcessBuilder(PROGRAM.toString(), "-c", config.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("mosquitto.log").toFile())
                        .start());
        Patience.await(SOON, () -> listens(port));
    }

    private static boolean listens(int port) {
        try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    private static Secrets.Secret none() {
        return new Secrets.Secret(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static Secrets.Secret secret(Authority authority, Authority.Pair ours) {
        return new Secrets.Secret(
                Optional.empty(),
                Optional.empty(),
                Optional.of(ours.certificate()),
                Optional.of(ours.key()),
                Optional.of(authority.certificate()));
    }

    private long floor(Lane lane) {
        return outbox.progress(lane).floor();
    }

    private void rounds(int count) {
        for (int i = 0; i < count; i++) {
            outbox.append(new Fact.Round(List.of()), now());
        }
    }

    private static Fact raised() {
        return new Fact.Alarm(Kitchen.freezer(AlarmChange.RAISED, AlarmState.UNACK_ACTIVE, 500));
    }

    private static Moment now() {
        return Kitchen.at((System.nanoTime() - START_NS) / 1_000_000);
    }
}
