package org.mingchu.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the secrets file. Not a character of a value gets into a problem: neither a password, nor a
 * line that could not be read, nor a key that is no key. Any thread.
 */
public final class SecretsReader {
    private static final Set<PosixFilePermission> MODE =
            PosixFilePermissions.fromString("rw-------");

    /** Shortest password that is not warned about, in characters. */
    private static final int PASSWORD_MIN = 8;

    /** What cameras and brokers leave the factory with, and what people type first. */
    private static final Set<String> WELL_KNOWN =
            Set.of(
                    "12345678",
                    "123456789",
                    "1234567890",
                    "11111111",
                    "00000000",
                    "88888888",
                    "66666666",
                    "admin123",
                    "admin1234",
                    "admin12345",
                    "admin123456",
                    "administrator",
                    "a1234567",
                    "abc12345",
                    "abcd1234",
                    "hik12345",
                    "hikvision",
                    "dahua123",
                    "password",
                    "password1",
                    "password123",
                    "passw0rd",
                    "p@ssw0rd",
                    "qwertyui",
                    "changeme",
                    "raspberry",
                    "mosquitto",
                    "mingchu123");

    private static final Form<String> USER =
            Form.words("", "a user name in quotes", t -> Optional.of(t).filter(u -> !u.isBlank()));
    private static final Form<String> PASSWORD =
            Form.words("", "a password in quotes", t -> Optional.of(t).filter(p -> !p.isEmpty()));

    /** IEEE 802.11-2020 annex J.4.1; 64 hexadecimal digits are the key itself. */
    private static final Form<String> PASSPHRASE =
            Form.words(
                    "",
                    "the passphrase of a Wi-Fi in quotes: 8 to 63 characters of ASCII, or 64"
                            + " hexadecimal digits",
                    t ->
                            Optional.of(t)
                                    .filter(p -> p.matches("[\\x20-\\x7e]{8,63}|[0-9A-Fa-f]{64}")));

    private static final Form<Path> FILE =
            Form.words(
                    Path.of("/"),
                    "the full path of a file, in quotes",
                    t -> Optional.of(t).filter(f -> f.matches("/[^\\p{Cntrl}]+")).map(Path::of));

    private SecretsReader() {}

    /** The credentials; refused unless nobody but the owner may read the file. */
    public static Checked<Secrets> read(Path file) {
        var problems = new Problems(file.toString(), Problems.Discretion.SECRET);
        if (Files.exists(file)) {
            checkMode(file, problems);
        }
        var secrets =
                problems.hasErrors()
                        ? Optional.<Secrets>empty()
                        : TomlFile.open(file, problems).map(toml -> secrets(toml.root()));
        return secrets.filter(_ -> !problems.hasErrors())
                .<Checked<Secrets>>map(s -> new Checked.Good<>(s, problems.inOrder()))
                .orElseGet(() -> new Checked.Bad<>(problems.inOrder()));
    }

    private static void checkMode(Path file, Problems problems) {
        var spot = Spot.wholeFile("mode");
        try {
            var mode = Files.getPosixFilePermissions(file);
            if (!mode.equals(MODE)) {
                problems.error(
                        spot.showing(PosixFilePermissions.toString(mode)),
                        "mode 0600, read and written by its owner only: chmod 600 " + file);
            }
        } catch (UnsupportedOperationException _) {
            problems.error(
                    spot.showing("a file system without permissions"),
                    "a file system with permissions, such as ext4");
        } catch (IOException e) {
            problems.error(
                    spot.showing("no answer (" + e.getClass().getSimpleName() + ")"),
                    "a file whose permissions this user may read");
        }
    }

    private static Secrets secrets(Table root) {
        var secrets = new LinkedHashMap<String, Secrets.Secret>();
        for (var name : root.names()) {
            root.mayTable(name).ifPresent(table -> secrets.put(name, secret(name, table)));
        }
        root.end();
        return new Secrets(secrets);
    }

    private static Secrets.Secret secret(String name, Table table) {
        var user = table.may("user", USER);
        var password = table.may("password", PASSWORD);
        var certificate = table.may("certificate", FILE);
        var key = table.may("key", FILE);
        var ca = table.may("ca", FILE);
        var passphrase = table.may("passphrase", PASSPHRASE);
        checkPairs(table);
        password.filter(p -> isWeak(p, user))
                .ifPresent(_ ->
                        table.problems()
                                .warning(
                                        table.spot("password")
                                                .showing("a password anybody guesses"),
                                        "a password for "
                                                + name
                                                + " of its own, at least "
                                                + PASSWORD_MIN
                                                + " characters, not the factory's"));
        table.end();
        return new Secrets.Secret(user, password, certificate, key, ca, passphrase);
    }

    private static void checkPairs(Table table) {
        var service = table.has("user") || table.has("certificate") || table.has("ca");
        if (table.has("user") != table.has("password")
                || table.has("certificate") != table.has("key")
                || service == table.has("passphrase")) {
            table.problems()
                    .missing(
                            table.header().showing("an incomplete entry"),
                            "user and password, certificate and key, or both pairs; ca beside"
                                    + " them where needed; of a Wi-Fi passphrase alone");
        }
    }

    private static boolean isWeak(String password, Optional<String> user) {
        return password.codePointCount(0, password.length()) < PASSWORD_MIN
                || WELL_KNOWN.contains(password.toLowerCase(Locale.ROOT))
                || user.filter(password::equalsIgnoreCase).isPresent();
    }
}
