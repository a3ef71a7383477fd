package org.mingchu.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mingchu.config.Checked;
import org.mingchu.config.Plan;
import org.mingchu.config.PlanReader;
import org.mingchu.gateway.judge.Role;
import org.mingchu.gateway.keep.People;
import org.mingchu.gateway.tend.BundleAsk;
import org.mingchu.gateway.tend.DoctorAsk;
import org.mingchu.gateway.tend.ExitCode;
import org.mingchu.gateway.tend.Told;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipFile;

/** Secrets are planted wherever a gateway may have some; none is found in the bundle. */
class SupportBundleTest {
    private static final String USER = "Gw-Benutzer-77";
    private static final String PASSWORD = "Geheim!1 mit Leerzeichen";
    private static final String SHORT = "x9Q";
    private static final String TOKEN = "b4a1c0ffee5ca1ab1e0ddba11f00dcafe0123456789abcdef";
    private static final String PSK = "00112233445566778899aabbccddeeff";
    private static final String DEVICE = "MC4CAQAwBQYDK2VwBCIEIJ0eGheimSchluessel0123456789abc";
    private static final String CAMERA = "admin:Kamera99";
    private static final String NAME = "王秀英";
    private static final String WEBHOOK = "693a91f6-7aaa-4bc4-97a0-0ec2sifa5aaa";
    private static final String ID_NUMBER = "44010519800101123X";
    private static final String PHONE = "13812345678";
    private static final String FOREIGN = "nur-im-Log-8842";
    private static final String FOREIGN_KEY = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwFremd";

    private static final List<String> PLANTED =
            List.of(
                    USER,
                    PASSWORD,
                    SHORT,
                    TOKEN,
                    PSK,
                    DEVICE,
                    CAMERA,
                    NAME,
                    WEBHOOK,
                    ID_NUMBER,
                    PHONE,
                    FOREIGN,
                    FOREIGN_KEY,
                    "493817");

    @TempDir private Path folder;
    private Path state;
    private Path log;

    @BeforeEach
    void plant() throws IOException {
        state = Files.createDirectories(folder.resolve("state"));
        var root = folder.resolve("root");
        write(
                root.resolve("proc/sys/kernel/random/boot_id"),
                "2f0c7b9e-52f2-4f0a-9a0e-6a8b2f7f1c11");
        write(root.resolve("proc/uptime"), "864000.00 1.00");
        write(root.resolve("etc/os-release"), "PRETTY_NAME=Debian 13");
        write(
                folder.resolve("site.toml"),
                Files.readString(Path.of("src/main/etc/samples/mini.toml"))
                        + """
                        # webhook https://qyapi.example/cgi-bin/webhook/send?key=%s
                        # cook %s, %s, id %s
                        [[camera]]
                        id = "cam-hot"
                        name = "热加工间"
                        rtsp = "rtsp://%s@192.168.1.60:554/stream2"
                        """
                                .formatted(WEBHOOK, NAME, PHONE, ID_NUMBER, CAMERA));
        write(
                folder.resolve("secrets.toml"),
                "[market-regulation]\nuser = \"%s\"\npassword = \"%s\"\n[cam-hot]\npassword = '%s'\n"
                        .formatted(USER, PASSWORD, SHORT));
        write(state.resolve("console.token"), TOKEN + "\n");
        write(state.resolve("probes"), "mingchu-probes 1\nprobe-1 psk " + PSK + "\n");
        write(
                state.resolve("device.key"),
                "-----BEGIN PRIVATE KEY-----\n" + DEVICE + "\n-----END PRIVATE KEY-----\n");
        write(state.resolve("quarantine/2026-11-01/journal.db"), "torn " + PASSWORD);
        try (var people = People.open(state)) {
            people.add(new People.Member("p-01", Role.MANAGER, NAME));
            people.givePin("p-01", "493817", new SecureRandom());
        }
        log = folder.resolve("mingchu.log");
        write(
                log,
                """
                event=watching site=gz-liwan-0042 units=1
                event=link cause="bad user %s, password was %s"
                event=probe identity=probe-1 key %s
                event=console Authorization: Bearer %s
                event=other password=%s pin: 493817
                event=said by=%s call=%s id=%s
                -----BEGIN RSA PRIVATE KEY-----
                %s
                -----END RSA PRIVATE KEY-----
                event=camera url=rtsp://%s@192.168.1.60/ answered=401 with %s
                event=ended
                """
                        .formatted(
                                USER,
                                PASSWORD,
                                PSK,
                                TOKEN,
                                FOREIGN,
                                NAME,
                                PHONE,
                                ID_NUMBER,
                                FOREIGN_KEY,
                                CAMERA,
                                SHORT));
    }

    @Test
    void nothing_that_is_planted_comes_out_and_what_helps_does() throws IOException {
        var bundle = folder.resolve("bundle.zip");
        var told = bundle(bundle);
        assertThat(told.lines().getFirst()).contains("places taken out");
        assertThat(told.exitCode()).isZero();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(bundle)))
                .isEqualTo("rw-------");

        var entries = unpacked(bundle);
        entries.forEach((name, bytes) ->
                PLANTED.forEach(secret -> {
                    assertThat(new String(bytes, UTF_8)).as(name).doesNotContain(secret);
                    assertThat(name).doesNotContain(secret);
                }));
        assertThat(entries.keySet())
                .contains(
                        "README.txt",
                        "doctor.json",
                        "site.toml",
                        "state.txt",
                        "log/1-mingchu.log",
                        "machine/etc/os-release");
        assertThat(text(entries, "README.txt")).contains("log/1-mingchu.log", "site.toml");
        assertThat(text(entries, "doctor.json")).contains("kfs/doctor/1", "agent.running");
        assertThat(text(entries, "log/1-mingchu.log"))
                .contains("event=watching site=gz-liwan-0042", "event=ended", "answered=401")
                .contains("cause=\"bad user ***, password was ***\"");
        assertThat(text(entries, "site.toml")).contains("192.168.1.60:554", "热加工间");
        assertThat(text(entries, "state.txt"))
                .contains("people.db", "device.key", "quarantine/2026-11-01/journal.db");
    }

    /** A folder in its place, because the test may run as root, whom no mode keeps out. */
    @ParameterizedTest
    @CsvSource({"secrets.toml", "state/console.token", "state/device.key", "state/probes"})
    void what_cannot_be_sieved_for_a_file_that_cannot_be_read_stays_out(String name)
            throws IOException {
        var unread = folder.resolve(name);
        Files.delete(unread);
        Files.createDirectory(unread);
        assertUnsieved(unread);
    }

    @Test
    void people_whose_file_is_damaged_are_not_told_in_logs() throws IOException {
        var people = state.resolve("people.db");
        Files.write(people, new byte[8192]);
        Files.write(people, "no database at all, and long enough".getBytes(UTF_8));
        assertUnsieved(people);
    }

    @Test
    void a_file_of_secrets_that_is_too_long_is_not_half_read() throws IOException {
        var secrets = folder.resolve("secrets.toml");
        Files.writeString(secrets, "#".repeat(300 * 1024) + "\n" + Files.readString(secrets));
        assertUnsieved(secrets);
    }

    private void assertUnsieved(Path unread) throws IOException {
        var bundle = folder.resolve("bundle.zip");
        var told = bundle(bundle);
        assertThat(told.exitCode()).isEqualTo(ExitCode.CHECK_FAILED);
        assertThat(told.lines().getLast()).contains(unread.toString(), "were left out");
        var entries = unpacked(bundle);
        assertThat(entries.keySet())
                .contains("doctor.json", "state.txt", "machine/etc/os-release")
                .noneMatch(name -> name.startsWith("log/") || name.equals("site.toml"));
        assertThat(text(entries, "README.txt"))
                .contains(unread.getFileName().toString(), "were left out");
        entries.forEach((name, bytes) ->
                PLANTED.forEach(secret ->
                        assertThat(new String(bytes, UTF_8)).as(name).doesNotContain(secret)));
    }

    /** Else the test above would find nothing whatever the bundle says. */
    @Test
    void all_of_it_is_planted() throws IOException {
        var all = new StringBuilder();
        try (var files = Files.walk(folder)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                all.append(new String(Files.readAllBytes(file), ISO_8859_1));
            }
        }
        for (var secret : PLANTED) {
            assertThat(all).contains(new String(secret.getBytes(UTF_8), ISO_8859_1));
        }
    }

    @Test
    void a_file_that_is_there_is_left_as_it_is() throws IOException {
        var bundle = Files.writeString(folder.resolve("bundle.zip"), "mine");
        assertThat(bundle(bundle).exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(bundle).hasContent("mine");
    }

    @ParameterizedTest
    @CsvSource({
        "password=abc,password=***",
        "{\"token\":\"abc\"},{\"token\":***}",
        "mqtts://u:p@host:8883,mqtts://***@host:8883",
        "keys 12 read,keys 12 read",
        "spinning 3 pinned,spinning 3 pinned",
        "order 138123456789,order 138123456789"
    })
    void what_looks_like_a_secret_is_taken_out_and_the_rest_stays(String text, String clean) {
        assertThat(new Redaction(List.of()).of(text)).isEqualTo(clean);
    }

    private Told bundle(Path file) {
        var files =
                new DoctorCommands.SiteFiles() {
                    @Override
                    public Checked<Plan> check(Path site, Optional<Path> secrets) {
                        return PlanReader.read(site, Path.of("src/main/etc/rules"));
                    }

                    @Override
                    public Optional<Path> secretsOf(Path site, Optional<Path> named) {
                        return Optional.of(folder.resolve("secrets.toml"));
                    }
                };
        var whom =
                new DoctorAsk(
                        state,
                        folder.resolve("site.toml"),
                        Optional.empty(),
                        folder.resolve("root"),
                        false,
                        true,
                        true,
                        Optional.empty());
        var doctor = new DoctorCommands(files, InstantSource.system(), "0.1.0");
        return new SupportBundle(new BundleAsk(file, whom, List.of(log)), doctor, files, "0.1.0")
                .written();
    }

    private static Map<String, byte[]> unpacked(Path file) throws IOException {
        var entries = new HashMap<String, byte[]>();
        try (var zip = new ZipFile(file.toFile())) {
            for (var entry : zip.stream().toList()) {
                try (var in = zip.getInputStream(entry)) {
                    entries.put(entry.getName(), in.readAllBytes());
                }
            }
        }
        return entries;
    }

    private static String text(Map<String, byte[]> entries, String name) {
        return new String(Optional.ofNullable(entries.get(name)).orElseThrow(), UTF_8);
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(Optional.ofNullable(file.getParent()).orElseThrow());
        Files.writeString(file, text, UTF_8);
    }
}
