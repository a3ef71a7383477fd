package org.mingchu.config;

import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Holds the names of credentials in a site file against the secrets. Any thread. */
public final class Credentials {
    private final Secrets secrets;
    private final Problems problems;
    private final Set<String> used = new HashSet<>();

    private Credentials(Secrets secrets, Problems problems) {
        this.secrets = secrets;
        this.problems = problems;
    }

    /**
     * An error for every name that the secrets lack or that cannot serve its purpose, a note for
     * every secret that nothing uses. What else is wrong with the site file, {@link PlanReader}
     * says.
     *
     * @return in the order of the site file
     */
    public static List<Problem> check(Path siteFile, Secrets secrets) {
        var saidElsewhere = new Problems(siteFile.toString(), Problems.Discretion.OPEN);
        var check =
                new Credentials(
                        secrets, new Problems(siteFile.toString(), Problems.Discretion.OPEN));
        TomlFile.open(siteFile, saidElsewhere).ifPresent(file -> check.site(file.root()));
        return check.problems.inOrder();
    }

    private void site(Table root) {
        root.tables("nvr", Integer.MAX_VALUE).forEach(this::camera);
        for (var camera : root.tables("camera", Integer.MAX_VALUE)) {
            camera(camera);
            camera.mayTable("gb28181").ifPresent(this::camera);
        }
        Stream.of(root.mayTable("broker"), root.mayTable("coap"))
                .flatMap(Optional::stream)
                .forEach(this::service);
        root.tables("platform", Integer.MAX_VALUE).forEach(this::service);
        root.mayTable("network").ifPresent(this::network);
        secrets.byName().keySet().stream()
                .filter(name -> !used.contains(name))
                .sorted()
                .forEach(this::unused);
    }

    private void camera(Table camera) {
        var lacksUser = entry(camera).filter(secret -> secret.user().isEmpty());
        if (lacksUser.isPresent()) {
            problems.error(
                    camera.spot("credentials"),
                    "an entry with user and password in the secrets file: a camera takes no"
                            + " certificate");
        }
    }

    private void service(Table table) {
        if (entry(table).flatMap(Secrets.Secret::passphrase).isPresent()) {
            problems.error(
                    table.spot("credentials"),
                    "an entry with user and password, or certificate and key, in the secrets file:"
                            + " a passphrase is for a Wi-Fi");
        }
    }

    private void network(Table network) {
        var radio = network.mayTable("wifi");
        if (radio.flatMap(this::entry).filter(s -> s.passphrase().isEmpty()).isPresent()) {
            problems.error(
                    radio.orElseThrow().spot("credentials"),
                    "an entry with passphrase in the secrets file: a Wi-Fi takes nothing else");
        }
        var modem = network.mayTable("modem");
        if (modem.flatMap(this::entry).filter(s -> s.user().isEmpty()).isPresent()) {
            problems.error(
                    modem.orElseThrow().spot("credentials"),
                    "an entry with user and password in the secrets file: a mobile network takes"
                            + " nothing else");
        }
    }

    private Optional<Secrets.Secret> entry(Table table) {
        var name = table.may("credentials", Form.ID);
        name.ifPresent(used::add);
        var secret = name.map(secrets.byName()::get);
        if (name.isPresent() && secret.isEmpty()) {
            missing(table, name.get(), secrets.byName().keySet());
        }
        return secret;
    }

    private void missing(Table table, String name, Collection<String> names) {
        problems.error(
                table.spot("credentials"),
                "an entry [" + name + "] in the secrets file",
                Guess.closest(name, names).map(Problems::quoted));
    }

    private void unused(String name) {
        problems.note(
                Spot.wholeFile("credentials").showing("[" + name + "] of the secrets file"),
                "is not named by this site");
    }
}
